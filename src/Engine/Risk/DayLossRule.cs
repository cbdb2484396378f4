using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// Daily loss stop (formulas §4.4): once the realised PnL of the UTC day, net of fees and funding, is a loss of more than the limit's share of the equity at
/// 00:00 UTC (strictly), entries stop until the next 00:00 UTC, also when later exits bring the loss back. Time is market time and never runs backwards: what
/// arrives late from a past day belongs to that day and does not count for today.
/// </summary>
/// <param name="lossMax">Share of the day's starting equity, above 0.</param>
public sealed class DayLossRule(decimal lossMax)
{
    /// <summary>Milliseconds of a day.</summary>
    public const long DayMs = 86_400_000;

    private bool _halted;

    /// <summary>00:00 UTC of the day, milliseconds since the Unix epoch; -1 before the first event.</summary>
    public long DayStartMs { get; private set; } = -1;

    /// <summary>Equity at 00:00 UTC (or, on the first day, where it was first known, less what had been realised); null until known.</summary>
    public decimal? StartEquity { get; private set; }

    /// <summary>Realised today, net, quote units.</summary>
    public decimal RealizedPnl { get; private set; }

    /// <summary>End of the stop, milliseconds since the Unix epoch, UTC; null when entries are not stopped.</summary>
    public long? HaltedUntilMs => _halted ? DayStartMs + DayMs : null;

    /// <summary>Realised loss as a share of the starting equity, 0 or more; 0 while the equity is unknown.</summary>
    public decimal LossRatio => StartEquity is > 0 and { } start ? Math.Max(-RealizedPnl / start, 0) : 0;

    /// <summary>Moves the clock. A new day begins with the equity given, which is the equity before the event that moved it.</summary>
    public void Advance(long timeMs, decimal? equity)
    {
        var day = timeMs - (timeMs % DayMs);
        if (day <= DayStartMs) return;
        DayStartMs = day;
        StartEquity = equity;
        RealizedPnl = 0;
        _halted = false;
    }

    /// <summary>States the equity when it was not known at the day's start.</summary>
    public void Observe(decimal equity)
    {
        if (StartEquity is not null) return;
        StartEquity = equity - RealizedPnl;
        Check();
    }

    /// <summary>Adds a realised amount after fees, or a funding payment; ignored when it is of a past day.</summary>
    public void Add(long timeMs, decimal amount)
    {
        if (timeMs < DayStartMs) return;
        RealizedPnl += amount;
        Check();
    }

    /// <summary>Puts back the day after a restart.</summary>
    /// <param name="timeMs">Any time of the day, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="startEquity">Equity at 00:00 UTC, or null.</param>
    /// <param name="realizedPnl">Realised since then, net.</param>
    /// <param name="halted">Whether entries had been stopped.</param>
    public void Restore(long timeMs, decimal? startEquity, decimal realizedPnl, bool halted)
    {
        DayStartMs = timeMs - (timeMs % DayMs);
        StartEquity = startEquity;
        RealizedPnl = realizedPnl;
        _halted = halted;
        Check();
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("day-loss", 1);
        writer.Write(DayStartMs);
        writer.WriteNullable(StartEquity);
        writer.Write(RealizedPnl);
        writer.Write(_halted);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("day-loss", 1);
        DayStartMs = reader.ReadInt64();
        StartEquity = reader.ReadNullableDecimal();
        RealizedPnl = reader.ReadDecimal();
        _halted = reader.ReadBoolean();
    }

    private void Check()
    {
        if (StartEquity is { } start && RealizedPnl < 0 && -RealizedPnl > lossMax * start) _halted = true;
    }
}
