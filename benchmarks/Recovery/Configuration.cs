using System.Text.Json;

namespace Granary.Recovery;

/// <summary>What both processes are configured with: an eager strategy with short-lived positions on busy markets, so that orders of every kind are always under way.</summary>
internal static class Configuration
{
    public const string Account = "main";

    public static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT"];

    private static readonly decimal[] s_thresholds = [0.25m, 2.5m, 30m];

    /// <summary>Writes the files into the folder that both processes start in.</summary>
    public static void Write(string folder, string exchangeUrl, string operatorUrl, int seed, string durability)
    {
        var profiles = new object[]
        {
            new { symbol = "BTCUSDT", price = 64_000m, tradesPerSecond = 8, takerQuantity = 0.04m, volatilityBps = 5 },
            new { symbol = "ETHUSDT", price = 3_200m, tradesPerSecond = 7, takerQuantity = 0.6m, volatilityBps = 5 },
            new { symbol = "SOLUSDT", price = 160m, tradesPerSecond = 6, takerQuantity = 9m, volatilityBps = 5 },
        };
        var settings = new
        {
            Engine = new
            {
                Id = "kill",
                Symbols = Symbols.Select((symbol, i) => new { Symbol = symbol, VolumeThreshold = s_thresholds[i], Strategies = "momentum" }).ToArray(),
            },
            Bars = new { Calibrate = false },
            Accounts = new[] { new { Name = Account, Limits = Limits() } },
            Placement = new { Entry = Limit(TimeoutMs: 1_500), Exit = Limit(TimeoutMs: 700) },
            Venue = new { Name = "built-in" },
            Exchange = new { Enabled = false, Url = exchangeUrl, Seed = seed, ProfileFile = "profiles.json", Path = "exchange" },
            Operator = new { Url = operatorUrl },
            Journal = new { Path = "journal", Durability = durability },
            Strategies = new
            {
                Momentum = new { OfiLookback = 2, OfiThreshold = 0.0001, DeltaLookback = 2, OptionalNeeded = 0 },
                Guard = new { StopPriceShare = 0.001, TrailActivationAtrMultiple = 20, HoldingBarsMax = 8, HoldingEndsTrailing = true },
            },
            Serilog = new
            {
                MinimumLevel = new { Default = "Information", Override = new { Microsoft = "Warning", System = "Warning" } },
                Using = new[] { "Serilog.Sinks.Console" },
                WriteTo = new[] { new { Name = "Console", Args = new { outputTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}" } } },
            },
        };
        File.WriteAllText(Path.Combine(folder, "profiles.json"), JsonSerializer.Serialize(profiles));
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), JsonSerializer.Serialize(settings));
    }

    /// <summary>Nothing that would end the trading: the question is what a kill does, not whether the strategy earns.</summary>
    private static Dictionary<string, object> Limits() => new()
    {
        ["PositionEquityShareMax"] = 0.3,
        ["DirectionEquityShareMax"] = 0.9,
        ["NotionalMaxPerOrder"] = 3_000,
        ["LeverageMax"] = 3,
        ["GrossNotionalEquityMax"] = 3,
        ["EntriesPerSymbolMax"] = 2,
        ["ProfitToFeesMin"] = 0,
        ["LossStreakHalfAt"] = 1_000_000,
        ["LossStreakPauseAt"] = 1_000_000,
        ["DailyLossMax"] = 1,
        ["DailyTotalLossMax"] = 1,
        ["DrawdownReduceAbove"] = 0.9,
        ["DrawdownStopAbove"] = 0.95,
        ["CancelFillRatioMax"] = 100_000,
        ["TradeIntensityShareMin"] = 0,
    };

    private static object Limit(int TimeoutMs) =>
        new { Style = "LimitFirst", DistanceTicks = 2, RepriceTicks = 4, RepriceMs = 300, BoundShare = 0.002, TimeoutMs, AtTimeout = "Cross" };
}
