using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// Losing streak (formulas §4.4): a trade with PnL below 0 extends it, above 0 resets it, 0 leaves it. From 5 on the size is halved until a win; from 8 on
/// every further loss starts a pause of 4 h, which does not reset the streak.
/// </summary>
/// <param name="halfAt">Losses from which the size is halved, default 5.</param>
/// <param name="pauseAt">Losses from which each one pauses, default 8.</param>
/// <param name="pauseMs">Length of the pause, milliseconds, default 4 h.</param>
public sealed class LossStreakRule(int halfAt = 5, int pauseAt = 8, long pauseMs = 4 * 3_600_000L)
{
    /// <summary>Losing trades in a row.</summary>
    public int Streak { get; private set; }

    /// <summary>End of the latest pause, milliseconds since the Unix epoch, UTC; may lie in the past; 0 when there was none.</summary>
    public long PausedUntilMs { get; private set; }

    /// <summary>1, or 0.5 in a streak.</summary>
    public decimal SizeMultiplier => Streak >= halfAt ? 0.5m : 1m;

    /// <summary>Takes a closed trade.</summary>
    /// <param name="timeMs">When it closed, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="netPnl">Net of fees and funding.</param>
    public void OnTrade(long timeMs, decimal netPnl)
    {
        if (netPnl > 0) Streak = 0;
        if (netPnl >= 0) return;
        Streak++;
        if (Streak >= pauseAt) PausedUntilMs = timeMs + pauseMs;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("loss-streak", 1);
        writer.Write(Streak);
        writer.Write(PausedUntilMs);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("loss-streak", 1);
        Streak = reader.ReadInt32();
        PausedUntilMs = reader.ReadInt64();
    }
}
