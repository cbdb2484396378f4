using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>The bar that is being built, and the one closed before it.</summary>
internal struct RunningBar
{
    public TradeTotals Totals;
    public long Index;
    public bool HasHole;
    public Bar? Last;

    /// <summary>Closes the bar, which then is <see cref="Last"/>, and starts the next one.</summary>
    /// <exception cref="OverflowException">The quote volume of the bar has more digits than a decimal holds.</exception>
    public Bar Close()
    {
        var (totals, index, hasHole) = (Totals, Index, HasHole);
        Totals = default;
        Index++;
        HasHole = false;
        return Last = totals.ToBar(index, !hasHole);
    }

    public readonly void Write(SnapshotWriter writer)
    {
        writer.Write(Index);
        writer.Write(HasHole);
        Totals.Write(writer);
        writer.Write(Last is not null);
        Last?.Write(writer);
    }

    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static RunningBar Read(ref SnapshotReader reader)
    {
        var running = new RunningBar { Index = reader.ReadInt64(), HasHole = reader.ReadBoolean(), Totals = TradeTotals.Read(ref reader) };
        if (running.Index < 0) throw new InvalidDataException("snapshot is damaged: the index of a bar is negative");
        if (reader.ReadBoolean()) running.Last = Bar.Read(ref reader);
        return running;
    }
}
