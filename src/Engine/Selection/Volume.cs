using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Selection;

/// <summary>The sum of the quote volumes of the last n candles, or of as many as there are (formulas §5.3). Exact up to 28 digits.</summary>
[Filter(FilterRule.RankMax, 60)]
public sealed class Volume : ICandleFilter
{
    private readonly DecimalWindow _quoteVolumes;

    /// <summary>A filter without candles.</summary>
    /// <param name="window">n, in candles: 1 to <see cref="FactorCatalog.WindowMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public Volume(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, FactorCatalog.WindowMax);
        _quoteVolumes = new DecimalWindow(window);
    }

    /// <summary>Quote units; null before the first candle.</summary>
    public decimal? Value { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="OverflowException">The sum is above 7.9 * 10^28.</exception>
    public void Add(in Kline candle)
    {
        _quoteVolumes.Push(candle.QuoteVolume);
        Value = _quoteVolumes.Sum();
    }

    /// <inheritdoc/>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(Volume), 1);
        _quoteVolumes.Write(writer);
        writer.WriteOptional(Value);
    }

    /// <inheritdoc/>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(Volume), 1);
        _quoteVolumes.Restore(ref reader);
        Value = reader.ReadOptionalDecimal();
    }
}
