using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// Daily loss stop (formulas §4.4): once the realised PnL of the UTC day, net of fees and funding, is a loss of more than the limit's share of the equity at
/// 00:00 UTC (strictly), entries stop until the next 00:00 UTC, also when later exits bring the loss back. The same holds, with a limit of its own, for the
/// fall of equity since 00:00 UTC, which has the unrealised loss in it. Time is market time and never runs backwards: what arrives late from a past day
/// belongs to that day and does not count for today.
/// </summary>
/// <param name="lossMax">Realised loss, share of the day's starting equity, above 0.</param>
/// <param name="totalLossMax">Fall of equity, share of the day's starting equity, above 0; default 0.05.</param>
public sealed class DayLossRule(decimal lossMax, decimal totalLossMax = 0.05m)
{
    /// <summary>Milliseconds of a day.</summary>
    public const long DayMs = 86_400_000;

    private bool _halted;
    private bool _totalHalted;

    /// <summary>00:00 UTC of the day, milliseconds since the Unix epoch; -1 before the first event.</summary>
    public long DayStartMs { get; private set; } = -1;

    /// <summary>Equity at 00:00 UTC (or, on the first day, where it was first known, less what had been realised); null until known.</summary>
    public decimal? StartEquity { get; private set; }

    /// <summary>Realised today, net, quote units.</summary>
    public decimal RealizedPnl { get; private set; }

    /// <summary>Whether the fall of equity stopped entries; until the next 00:00 UTC.</summary>
    public bool IsTotalHalted => _totalHalted;

    /// <summary>End of the realised loss's stop, milliseconds since the Unix epoch, UTC; null when entries are not stopped.</summary>
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
        _totalHalted = false;
    }

    /// <summary>Whether a time is of a later day than the latest event.</summary>
    public bool IsNewDay(long timeMs) => timeMs - (timeMs % DayMs) > DayStartMs;

    /// <summary>States the equity now; the first one of a day whose starting equity was not known makes it known.</summary>
    public void Observe(decimal equity)
    {
        if (StartEquity is null)
        {
            StartEquity = equity - RealizedPnl;
            Check();
        }
        if (StartEquity - equity > totalLossMax * StartEquity && equity < StartEquity) _totalHalted = true;
    }

    /// <summary>Takes a deposit (negative: a withdrawal), which is neither profit nor loss.</summary>
    public void Transfer(decimal amount) => StartEquity += amount;

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
    /// <param name="halted">Whether the realised loss had stopped entries.</param>
    /// <param name="totalHalted">Whether the fall of equity had stopped entries.</param>
    public void Restore(long timeMs, decimal? startEquity, decimal realizedPnl, bool halted, bool totalHalted = false)
    {
        DayStartMs = timeMs - (timeMs % DayMs);
        StartEquity = startEquity;
        RealizedPnl = realizedPnl;
        _halted = halted;
        _totalHalted = totalHalted;
        Check();
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("day-loss", 2);
        writer.Write(DayStartMs);
        writer.WriteNullable(StartEquity);
        writer.Write(RealizedPnl);
        writer.Write(_halted);
        writer.Write(_totalHalted);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        var version = reader.Section("day-loss", 2);
        DayStartMs = reader.ReadInt64();
        StartEquity = reader.ReadNullableDecimal();
        RealizedPnl = reader.ReadDecimal();
        _halted = reader.ReadBoolean();
        _totalHalted = version >= 2 && reader.ReadBoolean();
    }

    private void Check()
    {
        if (StartEquity is { } start && RealizedPnl < 0 && -RealizedPnl > lossMax * start) _halted = true;
    }
}
