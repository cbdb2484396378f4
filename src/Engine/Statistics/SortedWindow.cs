using Granary.Engine.Snapshots;

namespace Granary.Engine.Statistics;

/// <summary>
/// The last <see cref="Capacity"/> doubles of a series in rising order, for exact quantiles. An item in or out moves up to the whole window in memory:
/// made for series of a value a minute or a bar, where that is a few hundred nanoseconds.
/// </summary>
public sealed class SortedWindow
{
    private readonly RollingWindow _arrivals;
    private readonly double[] _sorted;

    /// <summary>An empty window.</summary>
    /// <param name="capacity">Items kept, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public SortedWindow(int capacity)
    {
        _arrivals = new RollingWindow(capacity);
        _sorted = new double[capacity];
    }

    /// <summary>Items kept at most.</summary>
    public int Capacity => _sorted.Length;

    /// <summary>Items held, 0 to <see cref="Capacity"/>.</summary>
    public int Count => _arrivals.Count;

    /// <summary>Whether <see cref="Capacity"/> items are held.</summary>
    public bool IsFull => Count == Capacity;

    /// <summary>Appends an item and drops the oldest one when full.</summary>
    /// <exception cref="ArgumentException">The item is not a number.</exception>
    public void Push(double item)
    {
        if (double.IsNaN(item)) throw new ArgumentException("a sorted window takes numbers only, the item was NaN", nameof(item));

        // Minus zero would be equal to zero here and yet other bits there.
        item += 0.0;
        var count = Count;
        if (IsFull)
        {
            var place = Array.BinarySearch(_sorted, 0, count, _arrivals.Newest(count)[0]);
            Array.Copy(_sorted, place + 1, _sorted, place, count - place - 1);
            count--;
        }
        var at = Array.BinarySearch(_sorted, 0, count, item);
        if (at < 0) at = ~at;
        Array.Copy(_sorted, at, _sorted, at + 1, count - at);
        _sorted[at] = item;
        _arrivals.Push(item);
    }

    /// <summary>The quantile of the items held, linear between order statistics (formulas §0.7).</summary>
    /// <param name="level">0 (the smallest item) to 1 (the largest).</param>
    /// <exception cref="InvalidOperationException">No item is held.</exception>
    public double Quantile(double level) => OfSorted(_sorted.AsSpan(0, Count), level);

    /// <summary>The quantile of items in rising order, linear between order statistics (formulas §0.7).</summary>
    /// <param name="sorted">The items, rising, one or more.</param>
    /// <param name="level">0 (the smallest item) to 1 (the largest).</param>
    /// <exception cref="InvalidOperationException">There are no items.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside 0 to 1.</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double level)
    {
        if (sorted.IsEmpty) throw new InvalidOperationException("no items have no quantile");
        if (!(level is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "a quantile's level is 0 to 1");
        var position = level * (sorted.Length - 1);
        var below = (int)position;
        var lower = sorted[below];
        return below + 1 == sorted.Length ? lower : lower + ((sorted[below + 1] - lower) * (position - below));
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer) => _arrivals.Write(writer);

    /// <summary>Reads a state into this window, which must have the capacity of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another capacity, damaged, or not of a window.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        _arrivals.Restore(ref reader);
        if (!_arrivals.HasValues(Count)) throw new InvalidDataException("snapshot of a sorted window is damaged: it holds an item without a value");
        var items = _arrivals.Newest(Count);
        foreach (var item in items)
        {
            if (double.IsNaN(item)) throw new InvalidDataException("snapshot of a sorted window is damaged: it holds an item without a value");
        }
        items.CopyTo(_sorted);
        Array.Sort(_sorted, 0, Count);
    }
}
