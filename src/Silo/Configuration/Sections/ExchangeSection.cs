using Granary.Engine.Risk;
using Granary.Exchange;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>The built-in exchange.</summary>
public sealed record ExchangeSection
{
    /// <summary>Whether this silo runs the exchange; with false one is expected at the address when it is the venue; true, false, default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Address of its REST and stream interface, port 0 picks a free one; http address on loopback with a port, default http://127.0.0.1:8089.</summary>
    [Matches(LoopbackUrl.Pattern, LoopbackUrl.Words)]
    public string Url { get; init; } = "http://127.0.0.1:8089";

    /// <summary>Where its prices come from; Synthetic, Replay, Capture, default Synthetic.</summary>
    public MarketKind Market { get; init; } = MarketKind.Synthetic;

    /// <summary>Seed of the synthetic market; 0 to 18,446,744,073,709,551,615, default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Market seconds per second, 0 is as fast as it goes; 0 to 1,000,000, default 1.</summary>
    [Within(0, 1_000_000)]
    public double Speed { get; init; } = 1;

    /// <summary>Symbols that it lists, of those whose rules it knows; 2 to 20 upper-case letters or digits, default those of the engine.</summary>
    [Matches("[A-Z0-9]{2,20}", "2 to 20 upper-case letters or digits")]
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Recorded files of a replay or capture, one per symbol; 0 to 200 entries, default none.</summary>
    [Entries(0, 200)]
    public IReadOnlyList<TapeSection> Tapes { get; init; } = [];

    /// <summary>Fee of resting orders, fraction of notional; -0.01 to 0.01, default 0.0002.</summary>
    [Within(-0.01, 0.01)]
    public decimal MakerFee { get; init; } = FeeRates.Regular.Maker;

    /// <summary>Fee of incoming orders, fraction of notional; 0 to 0.01, default 0.0005.</summary>
    [Within(0, 0.01)]
    public decimal TakerFee { get; init; } = FeeRates.Regular.Taker;

    /// <summary>Account leverage of every symbol; 1 to 125, default 20.</summary>
    [Within(1, 125)]
    public int Leverage { get; init; } = 20;

    /// <summary>Leverage brackets, the venue's leverageBracket answer or ccxt's leverage tiers, json or json.gz; file name, default the built-in ones.</summary>
    [FilePath]
    public string BracketFile { get; init; } = "";

    /// <summary>How the symbols of the synthetic market behave, a json array of profiles; file name, default the built-in ones.</summary>
    [FilePath]
    public string ProfileFile { get; init; } = "";

    /// <summary>Wallet of each account at the very first start, USDT; 0 to 1,000,000,000, default 100,000.</summary>
    [Within(0, 1_000_000_000)]
    public decimal InitialBalance { get; init; } = 100_000;

    /// <summary>Where our orders rest in a recorded queue; Back, Front, RiskAverse, Logarithmic, Logarithmic2, Power, Power2, Power3, default Back.</summary>
    public QueueModel QueueModel { get; init; } = QueueModel.Back;

    /// <summary>Exponent of the power models of the queue; 0.1 to 100, default 3.</summary>
    [Within(0.1, 100)]
    public double QueuePower { get; init; } = 3;

    /// <summary>Median market time from a market event to the engine, ms; 0 to 60,000, default 0.</summary>
    [Within(0, 60_000)]
    public double FeedLatencyMs { get; init; }

    /// <summary>Median market time from the engine to the exchange, ms; 0 to 60,000, default 0.</summary>
    [Within(0, 60_000)]
    public double OrderLatencyMs { get; init; }

    /// <summary>Median market time from the exchange's answer to the engine, ms; 0 to 60,000, default 0.</summary>
    [Within(0, 60_000)]
    public double ResponseLatencyMs { get; init; }

    /// <summary>Standard deviation of the latencies' logarithms, drawn from the seed; 0 to 3, default 0.</summary>
    [Within(0, 3)]
    public double LatencySpread { get; init; }

    /// <summary>Recorded latencies in the place of drawn ones, lines of feed,order,response in ms; file name, default none.</summary>
    [FilePath]
    public string LatencyFile { get; init; } = "";

    /// <summary>Folder of the exchange's own durable state; folder name, default the folder exchange in that of the journal.</summary>
    [FilePath]
    public string Path { get; init; } = "";
}
