using Granary.Engine.Orders;

namespace Granary.Backtest.Configuration;

/// <summary>How open positions are protected at the simulated venue: the live engine's section of that name.</summary>
public sealed record ProtectionTerms
{
    /// <summary>
    /// Whether each position whose entry had an ATR has a stop resting at the venue; default false: the engine's own stop, which follows the trades, stands alone.
    /// </summary>
    public bool AtVenue { get; init; }

    /// <summary>Which price sets the venue's stop off; Last, Mark, default Mark: the first trade of each second stands for it.</summary>
    public WorkingPrice WorkingPrice { get; init; } = WorkingPrice.Mark;

    /// <summary>Time until a stop that was refused is tried again, milliseconds; 100 to 60,000, default 1,000.</summary>
    public int RetryMs { get; init; } = 1_000;

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(WorkingPrice))
            throw new ArgumentException($"{nameof(WorkingPrice)} was {(int)WorkingPrice}, expected Last or Mark", nameof(WorkingPrice));
        if (RetryMs is < 100 or > 60_000) throw new ArgumentException($"{nameof(RetryMs)} was {RetryMs}, expected 100 to 60000", nameof(RetryMs));
    }
}
