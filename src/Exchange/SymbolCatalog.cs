using Granary.Engine.Market;

namespace Granary.Exchange;

/// <summary>Rules of the symbols that the exchange lists unless it is told otherwise; values as the venue publishes them.</summary>
public static class SymbolCatalog
{
    /// <summary>BTCUSDT, ETHUSDT and SOLUSDT.</summary>
    public static IReadOnlyList<SymbolRules> Defaults { get; } =
    [
        Rules("BTCUSDT", 0.10m, 0.001m, 1_000m, 120m, 100m, 556.80m, 4_529_764m, 0.05m, 2, 3),
        Rules("ETHUSDT", 0.01m, 0.001m, 10_000m, 2_000m, 20m, 39.86m, 306_177m, 0.05m, 2, 3),
        Rules("SOLUSDT", 0.01m, 0.01m, 1_000_000m, 5_000m, 5m, 0.42m, 6_857m, 0.10m, 4, 2),
    ];

    /// <summary>Rules of the symbols of the public sample tapes.</summary>
    public static IReadOnlyList<SymbolRules> Samples { get; } =
    [
        Rules("APEUSDT", 0.0001m, 1m, 10_000_000m, 300_000m, 5m, 0.0102m, 200m, 0.10m, 4, 0),
    ];

    /// <summary>The rules of a known symbol, or null.</summary>
    public static SymbolRules? Find(string symbol)
    {
        foreach (var rules in Defaults)
            if (rules.Symbol == symbol) return rules;
        foreach (var rules in Samples)
            if (rules.Symbol == symbol) return rules;
        return null;
    }

    private static SymbolRules Rules(
        string symbol, decimal tick, decimal step, decimal quantityMax, decimal marketQuantityMax, decimal notionalMin, decimal priceMin,
        decimal priceMax, decimal band, int pricePrecision, int quantityPrecision) =>
        new(symbol, "TRADING", tick, step, step, quantityMax, marketQuantityMax, notionalMin, priceMin, priceMax, 1 + band, 1 - band, 200,
            pricePrecision, quantityPrecision);
}
