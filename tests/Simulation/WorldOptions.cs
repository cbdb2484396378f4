using Granary.Engine.Market;
using Granary.Engine.Risk;
using Granary.Exchange;
using Granary.Exchange.Contracts;
using Granary.Exchange.Protocol;
using Granary.Grains.Configuration;
using Granary.Simulation.Defects;
using Granary.Venues.Binance;

namespace Granary.Simulation;

/// <summary>What a simulated world is made of.</summary>
internal sealed record WorldOptions
{
    /// <summary>Decides everything that is left to chance.</summary>
    public ulong Seed { get; init; } = 1;

    public IReadOnlyList<string> Symbols { get; init; } = ["BTCUSDT"];

    /// <summary>Rules of symbols that the exchange's catalogue does not know.</summary>
    public IReadOnlyList<SymbolRules> Rules { get; init; } = [];

    /// <summary>Virtual time at which everything begins; null for the scheduler's own.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Changes of the venue client's options; null for none.</summary>
    public Func<BinanceUsdmOptions, BinanceUsdmOptions>? Client { get; init; }

    /// <summary>Changes of the engine's configuration; null for none.</summary>
    public Func<EngineSettings, EngineSettings>? Engine { get; init; }

    /// <summary>What the venue says of its symbols' rules, from the true ones; null for the truth.</summary>
    public Func<SymbolRules, SymbolRules>? ToldRules { get; init; }

    /// <summary>Fills that the exchange shows, the newest ones.</summary>
    public int FillsMax { get; init; } = 50_000;

    /// <summary>Limits of the exchange's requests; default none.</summary>
    public RestOptions Rest { get; init; } = new() { WeightPerMinuteMax = 0, OrdersPer10sMax = 0, OrdersPerMinuteMax = 0 };

    /// <summary>Limits of the exchange's streams; default none on what clients send.</summary>
    public StreamOptions Streams { get; init; } = new() { ClientMessagesPerSMax = 0 };

    /// <summary>Volume that closes a bar, base units.</summary>
    public decimal VolumeThreshold { get; init; } = 1;

    /// <summary>Volume that closes a bar of a symbol, where it differs.</summary>
    public IReadOnlyDictionary<string, decimal> VolumeThresholds { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The market; symbols without a profile take the exchange's.</summary>
    public IReadOnlyList<SyntheticProfile> Profiles { get; init; } = SyntheticProfile.Defaults;

    /// <summary>Market time between two changes of the published order book, milliseconds.</summary>
    public int DepthIntervalMs { get; init; } = 100;

    /// <summary>
    /// Limits of the account, in the engine's gate and in the checks of the simulation. Default without a smallest profit: the synthetic market's bars move too
    /// little to earn three round-trip fees.
    /// </summary>
    public RiskLimits Limits { get; init; } = new() { ProfitToFeesMin = 0 };

    /// <summary>Whether positions have a stop that rests at the exchange.</summary>
    public bool StopsAtVenue { get; init; } = true;

    /// <summary>How approved orders are placed; default at market.</summary>
    public PlacementSettings Placement { get; init; } = new();

    /// <summary>Time between two snapshots of a symbol's state, milliseconds.</summary>
    public int SnapshotIntervalMs { get; init; } = 5_000;

    /// <summary>Shortest time between two quotes handed to a symbol's grain, milliseconds.</summary>
    public int QuoteIntervalMs { get; init; } = 100;

    /// <summary>What the account pays its commissions in; null for the quote asset.</summary>
    public FeeAsset? FeeAsset { get; init; }

    /// <summary>Leverage of the account at the exchange.</summary>
    public int Leverage { get; init; } = 20;

    /// <summary>One-way network delay between client and exchange.</summary>
    public TimeSpan LatencyMin { get; init; } = TimeSpan.FromMilliseconds(1);

    public TimeSpan LatencyMax { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Longest one-way delay of REST requests and answers; 0: that of everything else.</summary>
    public TimeSpan RestLatencyMax { get; init; }

    /// <summary>Chance that an answer to an order request is lost.</summary>
    public double AnswerLossProbability { get; init; }

    /// <summary>Chance that a one-way call between grains is lost.</summary>
    public double OneWayDropProbability { get; init; }

    /// <summary>Delay of calls between grains.</summary>
    public TimeSpan CallDelayMax { get; init; }

    /// <summary>Folder of the journal; null for a temporary one.</summary>
    public string? Folder { get; init; }

    /// <summary>A defect planted on purpose, to see whether the checks find it.</summary>
    public Defect Defect { get; init; }
}
