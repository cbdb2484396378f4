using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// Builds quote bars, also called dollar bars (formulas §1.4): a bar closes with the trade that brings its sum of price times quantity to the threshold or
/// above; that trade stays whole in it. Sum and threshold are compared exactly.
/// </summary>
public sealed class QuoteBarBuilder : BarBuilder
{
    private readonly long _threshold;
    private readonly Int128 _thresholdE16;

    /// <summary>A builder without trades.</summary>
    /// <param name="threshold">Quote volume of a bar in quote units: above 0, at most 46,116,860,184, at most eight decimals.</param>
    /// <exception cref="ArgumentException">The threshold is outside its range or has more than eight decimals.</exception>
    public QuoteBarBuilder(decimal threshold)
        : this(BarThreshold.ToE8(threshold))
    {
    }

    private QuoteBarBuilder(long threshold) => (_threshold, _thresholdE16) = (threshold, (Int128)threshold * Fixed8.One);

    /// <summary>Quote volume that closes a bar, quote units.</summary>
    public decimal Threshold => Fixed8.ToDecimal(_threshold);

    /// <inheritdoc/>
    public override bool Add(in AggTrade trade)
    {
        Running.Totals.Add(trade);
        if (Running.Totals.QuoteVolume < _thresholdE16) return false;
        Running.Close();
        return true;
    }

    /// <inheritdoc/>
    public override void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(QuoteBarBuilder), 1);
        writer.Write(_threshold);
        Running.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, the threshold included.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or not of a quote bar builder.</exception>
    public static QuoteBarBuilder Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(QuoteBarBuilder), 1);
        return new QuoteBarBuilder(BarThreshold.Checked(reader.ReadInt64())) { Running = RunningBar.Read(ref reader) };
    }
}
