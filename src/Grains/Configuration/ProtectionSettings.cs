using Granary.Engine.Orders;

namespace Granary.Grains.Configuration;

/// <summary>How open positions are protected at the venue.</summary>
public sealed record ProtectionSettings
{
    /// <summary>Whether each position has a stop resting at the venue; true, false, default true. Without, a dead engine leaves positions unprotected.</summary>
    public bool AtVenue { get; init; } = true;

    /// <summary>Which price sets the venue's stop off; Last, Mark, default Mark. The engine's own stop follows trades and so usually comes first.</summary>
    public WorkingPrice WorkingPrice { get; init; } = WorkingPrice.Mark;

    /// <summary>What becomes of a position whose stop the venue refuses because its price is reached or no more stops fit; Exit, Hold, default Exit. Held, it has the engine's own stop alone and nothing is opened.</summary>
    public StopRefusedAction OnRefused { get; init; } = StopRefusedAction.Exit;

    /// <summary>Time until a stop that was refused or could not be sent is tried again, milliseconds; 100 to 60,000, default 1,000.</summary>
    public int RetryMs { get; init; } = 1_000;

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (RetryMs is < 100 or > 60_000)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(RetryMs)} was {RetryMs}, expected 100 to 60000"), nameof(RetryMs));
    }
}
