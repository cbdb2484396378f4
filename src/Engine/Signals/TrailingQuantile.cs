using Granary.Engine.Snapshots;

namespace Granary.Engine.Signals;

/// <summary>
/// A quantile of the last doubles of a series by linear interpolation between order statistics (formulas §0.7). The items are kept in order of arrival and in
/// order of size; one item costs two searches and one move of memory. Memory: two doubles an item, allocated once.
/// </summary>
internal sealed class TrailingQuantile
{
    private readonly double[] _items;
    private readonly double[] _sorted;
    private readonly double _level;
    private int _next;

    public TrailingQuantile(int capacity, double level)
    {
        _items = new double[capacity];
        _sorted = new double[capacity];
        _level = level;
    }

    public int Count { get; private set; }

    /// <summary>The quantile; null until the window is full.</summary>
    public double? Value
    {
        get
        {
            if (Count < _items.Length) return null;
            var position = _level * (Count - 1);
            var rank = Math.Min((int)position, Count - 1);
            var lower = _sorted[rank];
            return rank + 1 == Count ? lower : lower + ((position - rank) * (_sorted[rank + 1] - lower));
        }
    }

    /// <summary>Appends an item and drops the oldest one when full.</summary>
    /// <param name="item">A number.</param>
    public void Push(double item)
    {
        if (Count == _items.Length)
        {
            var gone = Array.BinarySearch(_sorted, 0, Count, _items[_next]);
            Count--;
            Array.Copy(_sorted, gone + 1, _sorted, gone, Count - gone);
        }
        var place = Array.BinarySearch(_sorted, 0, Count, item);
        if (place < 0) place = ~place;
        Array.Copy(_sorted, place, _sorted, place + 1, Count - place);
        _sorted[place] = item;
        Count++;
        _items[_next] = item;
        _next = _next + 1 == _items.Length ? 0 : _next + 1;
    }

    /// <summary>Forgets all items: a window that holds an item without value has no value (formulas §0.2).</summary>
    public void Clear() => (Count, _next) = (0, 0);

    public void Write(SnapshotWriter writer)
    {
        writer.Write(_items.Length);
        writer.Write(Count);
        var oldest = Count == _items.Length ? _next : 0;
        for (var i = 0; i < Count; i++) writer.Write(_items[(oldest + i) % _items.Length]);
    }

    /// <exception cref="InvalidDataException">The snapshot was taken with another window or is damaged.</exception>
    public void Restore(ref SnapshotReader reader, string signal, string option)
    {
        KernelChecks.RequireOption(ref reader, signal, option, _items.Length);
        var count = reader.ReadInt32();
        if (count < 0 || count > _items.Length) throw new InvalidDataException($"snapshot of {signal} is damaged: {count} of {_items.Length} items");
        Clear();
        for (var i = 0; i < count; i++)
        {
            var item = reader.ReadDouble();
            if (!double.IsFinite(item)) throw new InvalidDataException($"snapshot of {signal} is damaged: item {i} of its quantile is {item}");
            Push(item);
        }
    }
}
