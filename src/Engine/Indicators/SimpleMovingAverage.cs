using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>
/// SMA(n) of formulas §7.1. The whole window is added up each time, with compensation: nothing of an outlier is left once it has passed through.
/// </summary>
public sealed class SimpleMovingAverage
{
    private readonly RollingWindow _items;
    private readonly int _valuesMin;

    /// <summary>An average without items that has a value once the window is full.</summary>
    /// <param name="window">n, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public SimpleMovingAverage(int window)
        : this(window, window)
    {
    }

    /// <summary>An average without items. Items without a value take a place in the window, and the mean is of the others.</summary>
    /// <param name="window">n, 1 to 100,000.</param>
    /// <param name="valuesMin">Values that the window must hold before it has a mean, 1 to n ("min_periods").</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public SimpleMovingAverage(int window, int valuesMin)
    {
        _items = new RollingWindow(Require.Window(window));
        ArgumentOutOfRangeException.ThrowIfLessThan(valuesMin, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(valuesMin, window);
        _valuesMin = valuesMin;
    }

    /// <summary>The mean after the last item; null during warm-up.</summary>
    public double? Value { get; private set; }

    /// <summary>Takes an item, null for "no value", and returns the new mean; null while the window holds too few values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The item is not finite.</exception>
    public double? Add(double? item)
    {
        _items.Push(item is { } value ? Require.Finite(value, nameof(item)) : double.NaN);
        return Value = Mean();
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SimpleMovingAverage), 1);
        writer.Write(_valuesMin);
        _items.Write(writer);
    }

    /// <summary>Reads a state into this average, which must have the parameters of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of other parameters, damaged, or not of a simple moving average.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(SimpleMovingAverage), 1);
        Require.Same(ref reader, _valuesMin, "a simple moving average");
        _items.Restore(ref reader);
        Value = Mean();
    }

    private double? Mean()
    {
        double sum = 0, lost = 0;
        var count = 0;
        foreach (var item in _items.Newest(_items.Count))
        {
            if (double.IsNaN(item)) continue;
            CompensatedSum.Add(ref sum, ref lost, item);
            count++;
        }
        return count >= _valuesMin ? (sum + lost) / count : null;
    }
}
