namespace Granary.Engine.Supervision;

/// <summary>When a queue counts as growing.</summary>
public sealed record QueueOptions
{
    /// <summary>Share of its bound from which a queue is reported however it moves, 0 to 1, default 0.5.</summary>
    public double AlertShare { get; init; } = 0.5;

    /// <summary>How far back the trend looks, milliseconds; default 10,000.</summary>
    public long WindowMs { get; init; } = 10_000;

    /// <summary>A queue that would reach its bound within this time at the pace of the window is reported, milliseconds; default 60,000.</summary>
    public long HorizonMs { get; init; } = 60_000;
}
