using Granary.Engine.Orders;

namespace Granary.Grains.Configuration;

/// <summary>How open positions are protected at the venue.</summary>
public sealed record ProtectionSettings
{
    /// <summary>Whether each position has a stop resting at the venue; default true. Without, a dead engine leaves positions unprotected.</summary>
    public bool AtVenue { get; init; } = true;

    /// <summary>Which price sets the venue's stop off; default the mark, so that the engine's own stop, which follows trades, usually comes first.</summary>
    public WorkingPrice WorkingPrice { get; init; } = WorkingPrice.Mark;

    /// <summary>What a refused stop leads to; default the exit.</summary>
    public StopRefusedAction OnRefused { get; init; } = StopRefusedAction.Exit;

    /// <summary>Time until a stop that was refused or could not be sent is tried again, milliseconds; 100 to 60,000, default 1,000.</summary>
    public int RetryMs { get; init; } = 1_000;
}
