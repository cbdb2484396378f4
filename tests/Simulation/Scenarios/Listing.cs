using Granary.Engine.Market;
using Granary.Exchange;

namespace Granary.Simulation.Scenarios;

/// <summary>Markets that the exchange's catalogue does not have: small, slow, and as many as a scenario needs.</summary>
internal static class Listing
{
    /// <summary>Names of so many markets.</summary>
    public static string[] Names(int count) => [.. Enumerable.Range(1, count).Select(i => $"C{i:000}USDT")];

    /// <summary>Rules of a market with a price around 2 USDT, whole units and a smallest notional of 5 USDT.</summary>
    public static SymbolRules Rules(string symbol) => new(
        symbol, "TRADING", TickSize: 0.0001m, StepSize: 1m, QuantityMin: 1m, QuantityMax: 10_000_000m, MarketQuantityMax: 1_000_000m, NotionalMin: 5m,
        PriceMin: 0.01m, PriceMax: 200m, MultiplierUp: 1.1m, MultiplierDown: 0.9m, OrdersMax: 200, PricePrecision: 4, QuantityPrecision: 0);

    /// <summary>How that market behaves.</summary>
    public static SyntheticProfile Profile(string symbol, double tradesPerSecond = 0.2) =>
        new(symbol, 2m, tradesPerSecond, 500m) { RequoteMs = 20_000 };

    /// <summary>A world of such markets.</summary>
    public static WorldOptions Add(WorldOptions options, IReadOnlyList<string> symbols, double tradesPerSecond = 0.2, decimal volumeThreshold = 10_000m) => options with
    {
        Symbols = symbols,
        Rules = [.. symbols.Select(Rules)],
        Profiles = [.. symbols.Select(s => Profile(s, tradesPerSecond))],
        VolumeThreshold = volumeThreshold,
        DepthIntervalMs = 5_000,
        QuoteIntervalMs = 1_000,
    };
}
