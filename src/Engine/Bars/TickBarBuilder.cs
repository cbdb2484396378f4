using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>Builds tick bars (formulas §1.5): a bar closes with its n-th aggregate trade.</summary>
public sealed class TickBarBuilder : BarBuilder
{
    /// <summary>The most trades a bar may hold: 1,000,000.</summary>
    public const int TradesPerBarMax = 1_000_000;

    /// <summary>A builder without trades.</summary>
    /// <param name="tradesPerBar">Aggregate trades in a bar, 1 to <see cref="TradesPerBarMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public TickBarBuilder(int tradesPerBar)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tradesPerBar, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tradesPerBar, TradesPerBarMax);
        TradesPerBar = tradesPerBar;
    }

    /// <summary>Aggregate trades in a bar.</summary>
    public int TradesPerBar { get; }

    /// <inheritdoc/>
    public override bool Add(in AggTrade trade)
    {
        Running.Totals.Add(trade);
        if (Running.Totals.TradeCount < TradesPerBar) return false;
        Running.Close();
        return true;
    }

    /// <summary>Takes trades that do not fill the running bar.</summary>
    internal void Add(in TradeTotals trades) => Running.Totals.Merge(trades);

    /// <inheritdoc/>
    public override void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(TickBarBuilder), 1);
        writer.Write(TradesPerBar);
        Running.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, the number of trades included.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or not of a tick bar builder.</exception>
    public static TickBarBuilder Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(TickBarBuilder), 1);
        var tradesPerBar = reader.ReadInt32();
        var running = RunningBar.Read(ref reader);
        if (tradesPerBar is < 1 or > TradesPerBarMax || running.Totals.TradeCount >= tradesPerBar)
            throw new InvalidDataException("snapshot of a tick bar builder is damaged: its number of trades is out of bounds");
        return new TickBarBuilder(tradesPerBar) { Running = running };
    }
}
