namespace Granary.Exchange;

/// <summary>How the background market of one symbol behaves. Statistics are doubles; prices are placed on the tick grid with integers.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Price">First fair price at the very first start, quote units, at least 1000 ticks of the symbol.</param>
/// <param name="TradesPerSecond">Mean taker orders per second outside bursts, 0.1 to 1000.</param>
/// <param name="TakerQuantity">Median quantity of a taker order, base units, above 0.</param>
/// <param name="VolatilityBps">Standard deviation of the fair price's own noise per square root of a second, basis points, 0 to 100.</param>
/// <param name="ImpactBps">Move of the fair price per median taker order in its direction, basis points, 0 to 10.</param>
/// <param name="BurstSeconds">Mean length of an informed burst, 1 to 86,400 s.</param>
/// <param name="QuietSeconds">Mean pause between bursts, 1 to 86,400 s.</param>
public sealed record SyntheticProfile(
    string Symbol,
    decimal Price,
    double TradesPerSecond = 7,
    decimal TakerQuantity = 0.05m,
    double VolatilityBps = 0.6,
    double ImpactBps = 0.02,
    double BurstSeconds = 75,
    double QuietSeconds = 210)
{
    /// <summary>Mean time between two looks of the makers at their quotes, 10 to 60,000 ms; a trade makes them look sooner. Default 90.</summary>
    public double RequoteMs { get; init; } = 90;

    /// <summary>Scheduled moves of the fair price; while one is under way, takers come as in a burst in its direction. Up to 1,000, default none.</summary>
    public IReadOnlyList<SyntheticMove> Moves { get; init; } = [];

    /// <summary>The profiles of the default symbols.</summary>
    public static IReadOnlyList<SyntheticProfile> Defaults { get; } =
    [
        new("BTCUSDT", 64_000m, 8, 0.040m),
        new("ETHUSDT", 3_200m, 7, 0.60m, 0.7),
        new("SOLUSDT", 160m, 6, 9m, 0.9, 0.025),
    ];

    /// <summary>The default profile of a symbol, or null.</summary>
    public static SyntheticProfile? Find(string symbol)
    {
        foreach (var profile in Defaults)
            if (profile.Symbol == symbol) return profile;
        return null;
    }
}
