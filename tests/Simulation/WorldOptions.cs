namespace Granary.Simulation;

/// <summary>What a simulated world is made of.</summary>
internal sealed record WorldOptions
{
    /// <summary>Decides everything that is left to chance.</summary>
    public ulong Seed { get; init; } = 1;

    public IReadOnlyList<string> Symbols { get; init; } = ["BTCUSDT"];

    /// <summary>Volume that closes a bar, base units.</summary>
    public decimal VolumeThreshold { get; init; } = 1;

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
}
