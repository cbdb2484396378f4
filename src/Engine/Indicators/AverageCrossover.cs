using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>
/// Two simple moving averages and whether the fast one is above the slow one (formulas §7.1). The sums are exact integers, so two equal averages compare
/// as equal, whatever prices led there.
/// </summary>
public sealed class AverageCrossover
{
    private readonly RollingSum _fast;
    private readonly RollingSum _slow;

    /// <summary>A crossover without prices.</summary>
    /// <param name="fastWindow">Prices in the fast average, 1 to 100,000.</param>
    /// <param name="slowWindow">Prices in the slow average, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window is outside its range.</exception>
    public AverageCrossover(int fastWindow, int slowWindow)
    {
        _fast = new RollingSum(Require.Window(fastWindow));
        _slow = new RollingSum(Require.Window(slowWindow));
    }

    /// <summary>The fast average, in the unit of the prices; null before its window is full.</summary>
    public double? Fast => Mean(_fast);

    /// <summary>The slow average, in the unit of the prices; null before its window is full.</summary>
    public double? Slow => Mean(_slow);

    /// <summary>1 when the fast average is above the slow one, else 0; null until both exist.</summary>
    public int? Signal => !_fast.IsFull || !_slow.IsFull ? null : _fast.Sum * _slow.Capacity > _slow.Sum * _fast.Capacity ? 1 : 0;

    /// <summary>Takes a price and returns the new <see cref="Signal"/>.</summary>
    /// <param name="price">A price with at most eight decimals.</param>
    /// <exception cref="ArgumentException">The price has more than eight decimals.</exception>
    /// <exception cref="OverflowException">The price is outside ±92,233,720,368.</exception>
    public int? Add(decimal price)
    {
        var priceE8 = Fixed8.FromDecimal(price);
        _fast.Push(priceE8);
        _slow.Push(priceE8);
        return Signal;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(AverageCrossover), 1);
        _fast.Write(writer);
        _slow.Write(writer);
    }

    /// <summary>Reads a state into this crossover, which must have the windows of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of other windows, damaged, or not of a crossover.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(AverageCrossover), 1);
        _fast.Restore(ref reader);
        _slow.Restore(ref reader);
    }

    private static double? Mean(RollingSum sum) => sum.IsFull ? (double)sum.Sum / ((double)sum.Capacity * Fixed8.One) : null;
}
