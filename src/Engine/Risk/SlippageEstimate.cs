using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Risk;

/// <summary>
/// Slippage of a planned order (formulas §4.5): price * 0.01 % + q75(|price impact|) * quantity, a price move. The quantile is exact, over the bars completed
/// before the order; it has no value before the window is full. Memory: three doubles a bar, allocated once.
/// </summary>
public sealed class SlippageEstimate
{
    /// <summary>Slippage of the smallest order as a share of the price.</summary>
    public const decimal PriceShareDefault = 0.0001m;

    private readonly SortedWindow _impacts;
    private readonly double _level;
    private readonly decimal _priceShare;

    /// <summary>An estimate without bars.</summary>
    /// <param name="window">Bars looked at, 1 or more, default 500.</param>
    /// <param name="level">Level of the quantile, 0 to 1, default 0.75.</param>
    /// <param name="priceShare">Slippage of the smallest order as a share of the price, 0 to 1, default 0.0001.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public SlippageEstimate(int window = 500, double level = 0.75, decimal priceShare = PriceShareDefault)
    {
        if (!(level is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "expected 0 to 1");
        ArgumentOutOfRangeException.ThrowIfNegative(priceShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priceShare, 1);
        _impacts = new SortedWindow(window);
        _level = level;
        _priceShare = priceShare;
    }

    /// <summary>The quantile of |price impact|, quote units per base unit and base unit; null before the window is full.</summary>
    public double? Impact => _impacts.IsFull ? _impacts.Quantile(_level) : null;

    /// <summary>Takes a completed bar.</summary>
    /// <param name="priceImpact">(close - open) / volume of the bar (formulas §2.5), signed.</param>
    /// <exception cref="ArgumentException">It is not a finite number.</exception>
    public void OnBar(double priceImpact)
    {
        if (!double.IsFinite(priceImpact)) throw new ArgumentException($"price impact was {priceImpact}, expected a finite number", nameof(priceImpact));
        _impacts.Push(Math.Abs(priceImpact));
    }

    /// <summary>How much worse than the price an order fills, quote units per base unit; null before the window is full.</summary>
    /// <param name="price">Quote units, above 0.</param>
    /// <param name="quantity">Base units, 0 or more.</param>
    /// <exception cref="OverflowException">The impact is beyond what money can be.</exception>
    public decimal? Of(decimal price, decimal quantity) => Impact is { } impact ? (price * _priceShare) + ((decimal)impact * quantity) : null;

    /// <summary>Slippage as a share of the price, with the default share of the smallest order; the largest that counts is the whole price.</summary>
    /// <param name="price">Quote units, above 0.</param>
    /// <param name="quantity">Base units, 0 or more.</param>
    /// <param name="impact">Quantile of |price impact|, quote units per base unit and base unit; one that is no number counts as the whole price.</param>
    public static decimal Share(decimal price, decimal quantity, double impact)
    {
        var share = impact * (double)quantity / (double)price;
        return share < 1 ? Math.Min(PriceShareDefault + (decimal)share, 1) : 1;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("slippage", 1);
        _impacts.Write(writer);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote; the window must be the same.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, of a newer version, or of another window.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("slippage", 1);
        _impacts.Restore(ref reader);
    }
}
