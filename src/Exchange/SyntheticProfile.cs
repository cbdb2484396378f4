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

    /// <summary>Distance between the makers' best quotes, basis points of the fair price; 0 (default) for one tick; 0 to 1000.</summary>
    public double SpreadBps { get; init; }

    /// <summary>Size of the makers' quotes against the usual. Default 1; 0.01 to 100.</summary>
    public double DepthScale { get; init; } = 1;

    /// <summary>Drift of the fair price per hour, basis points. Default 0; -10,000 to 10,000.</summary>
    public double TrendBpsPerHour { get; init; }

    /// <summary>Share of taker orders that earlier ones have caused (the branching ratio of a self-exciting process). Default 0; 0 to 0.95.</summary>
    public double Clustering { get; init; }

    /// <summary>Mean time from a taker order to one that it causes. Default 2 s; 0.01 to 3600 s.</summary>
    public double ClusterSeconds { get; init; } = 2;

    /// <summary>How strongly variance follows the squared return of the second before (GARCH's alpha); 0 (default) keeps it constant; 0 to 0.5.</summary>
    public double VolatilityReaction { get; init; }

    /// <summary>How much of a second's variance stays for the next (GARCH's beta); with the reaction below 1. Default 0.85; 0 to 0.999.</summary>
    public double VolatilityPersistence { get; init; } = 0.85;

    /// <summary>Mean number of crashes a day, at random times. Default 0; 0 to 10,000.</summary>
    public double CrashesPerDay { get; init; }

    /// <summary>Fall of a crash, basis points. Default 500; 0 to 9000.</summary>
    public double CrashBps { get; init; } = 500;

    /// <summary>Length of the fall. Default 20 s; 0.1 to 86,400 s.</summary>
    public double CrashSeconds { get; init; } = 20;

    /// <summary>Share of the fall that the price takes back in five times its length. Default 0.5; 0 to 1.</summary>
    public double CrashRecovery { get; init; } = 0.5;

    /// <summary>Size of the makers' quotes during the fall against the usual. Default 0.2; 0.01 to 1.</summary>
    public double CrashDepth { get; init; } = 0.2;

    /// <summary>Hour of the day, UTC, at which thin hours begin. Default 0; 0 to 23.</summary>
    public int ThinFromHour { get; init; }

    /// <summary>Hour of the day, UTC, at which thin hours end; equal to their beginning (default) for none; 0 to 23.</summary>
    public int ThinToHour { get; init; }

    /// <summary>Taker rate and quote sizes in thin hours against the usual. Default 0.25; 0.01 to 1.</summary>
    public double ThinShare { get; init; } = 0.25;

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
