using System.Diagnostics.CodeAnalysis;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// Builds volume bars of exactly equal volume (formulas §1.3): a trade is cut where a bar is full. Each fragment keeps the trade's id, price, time and side,
/// and counts as one trade in every bar it touches, so trade counts of bars add up to more than there were trades; volumes and quote volumes add up exactly.
/// <para>
/// One trade may close many bars: after each <see cref="Add"/>, take them one by one with <see cref="TryTake"/>. Whatever the sizes, the state is one running
/// bar and the rest of one trade. Expects cleaned trades (<see cref="TradeCleaner"/>). Allocation-free per trade.
/// </para>
/// </summary>
public sealed class SplitVolumeBarBuilder
{
    /// <summary>The most bars that one trade may close: 1,000,000. A trade that would close more tells of a threshold chosen far too small.</summary>
    public const int BarsPerTradeMax = 1_000_000;

    private long _threshold;
    private long _nextThreshold;
    private RunningBar _running;

    // The trade that is being cut: its quantity is what the bars so far did not take.
    private AggTrade _rest;

    /// <summary>A builder without trades.</summary>
    /// <param name="threshold">Volume of a bar in base units: above 0, at most 46,116,860,184, at most eight decimals.</param>
    /// <exception cref="ArgumentException">The threshold is outside its range or has more than eight decimals.</exception>
    public SplitVolumeBarBuilder(decimal threshold) => _threshold = _nextThreshold = BarThreshold.ToE8(threshold);

    /// <summary>
    /// Volume of a bar, base units: above 0, at most 46,116,860,184, at most eight decimals. The value in force at a bar's first trade applies to the whole
    /// bar (formulas §1.7), so a new value waits for the next bar.
    /// </summary>
    /// <exception cref="ArgumentException">The threshold is outside its range or has more than eight decimals.</exception>
    public decimal Threshold
    {
        get => Fixed8.ToDecimal(_nextThreshold);
        set
        {
            _nextThreshold = BarThreshold.ToE8(value);
            if (OpenTradeCount == 0) _threshold = _nextThreshold;
        }
    }

    /// <summary>Whether a bar is full and must be taken before the next trade.</summary>
    public bool HasClosedBars => _running.Totals.Volume == _threshold;

    /// <summary>Bars taken so far, and the index of the running one.</summary>
    public long BarCount => _running.Index;

    /// <summary>The bar that was taken last; null before the first.</summary>
    public Bar? LastBar => _running.Last;

    /// <summary>Volume of the running bar, and of what is left of a trade that is being cut, base units.</summary>
    public decimal OpenVolume => TradeTotals.ToDecimalE8(_running.Totals.Volume + _rest.QuantityE8);

    /// <summary>Quote volume of the running bar, and of what is left of a trade that is being cut, quote units.</summary>
    public decimal OpenQuoteVolume => Fixed8.ToDecimalE16(_running.Totals.QuoteVolume + Math.BigMul(_rest.PriceE8, _rest.QuantityE8));

    /// <summary>Fragments in the running bar.</summary>
    public int OpenTradeCount => _running.Totals.TradeCount;

    /// <summary>Takes a trade.</summary>
    /// <param name="trade">Price and quantity are 1 to <see cref="Fixed8.Max"/>.</param>
    /// <returns>True when it filled at least one bar: take them with <see cref="TryTake"/>.</returns>
    /// <exception cref="InvalidOperationException">Closed bars have not been taken. Nothing has changed.</exception>
    /// <exception cref="ArgumentException">The trade would close more than <see cref="BarsPerTradeMax"/> bars. Nothing has changed.</exception>
    public bool Add(in AggTrade trade)
    {
        if (HasClosedBars) throw new InvalidOperationException("closed bars must be taken before the next trade");
        if (trade.QuantityE8 / Math.Min(_threshold, _nextThreshold) > BarsPerTradeMax) throw TooManyBars(trade);
        _rest = trade;
        Fill();
        return HasClosedBars;
    }

    /// <summary>Takes the next closed bar.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="OverflowException">The quote volume of the bar has more digits than a decimal holds (above 7.9 trillion).</exception>
    public bool TryTake([NotNullWhen(true)] out Bar? bar)
    {
        bar = null;
        if (!HasClosedBars) return false;
        bar = _running.Close();
        _threshold = _nextThreshold;
        Fill();
        return true;
    }

    /// <summary>Marks the running bar, or the next one when none runs, as incomplete: trades before its next one were lost.</summary>
    public void MarkGap() => _running.HasHole = true;

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SplitVolumeBarBuilder), 1);
        writer.Write(_threshold);
        writer.Write(_nextThreshold);
        _running.Write(writer);
        writer.Write(_rest.Id);
        writer.Write(_rest.TimeMs);
        writer.Write(_rest.PriceE8);
        writer.Write(_rest.QuantityE8);
        writer.Write(_rest.FirstTradeId);
        writer.Write(_rest.TradeCount);
        writer.Write(_rest.IsBuyerMaker);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, the thresholds included.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or not of a split volume bar builder.</exception>
    public static SplitVolumeBarBuilder Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(SplitVolumeBarBuilder), 1);
        var (threshold, next) = (BarThreshold.Checked(reader.ReadInt64()), BarThreshold.Checked(reader.ReadInt64()));
        var builder = new SplitVolumeBarBuilder(Fixed8.ToDecimal(next))
        {
            _threshold = threshold,
            _running = RunningBar.Read(ref reader),
            _rest = new AggTrade(
                reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadBoolean()),
        };
        var rest = builder._rest;
        if (builder._running.Totals.Volume > threshold || rest.QuantityE8 is < 0 or > Fixed8.Max || rest.PriceE8 is < 0 or > Fixed8.Max
            || (rest.QuantityE8 > 0 && (rest.PriceE8 == 0 || !builder.HasClosedBars)))
            throw new InvalidDataException("snapshot of a split volume bar builder is damaged: its volumes contradict each other");
        return builder;
    }

    private void Fill()
    {
        if (_rest.QuantityE8 == 0) return;
        var part = Math.Min(_rest.QuantityE8, _threshold - (long)_running.Totals.Volume);
        _running.Totals.Add(_rest with { QuantityE8 = part });
        _rest = _rest with { QuantityE8 = _rest.QuantityE8 - part };
    }

    private ArgumentException TooManyBars(in AggTrade trade)
    {
        var threshold = Fixed8.ToDecimal(Math.Min(_threshold, _nextThreshold));
        return new ArgumentException(
            FormattableString.Invariant($"trade {trade.Id} of {trade.Quantity} would close more than {BarsPerTradeMax} bars of {threshold}; raise it"),
            nameof(trade));
    }
}
