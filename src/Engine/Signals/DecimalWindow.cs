using Granary.Engine.Snapshots;

namespace Granary.Engine.Signals;

/// <summary>The last decimals of a series and their exact trend. Memory: one decimal an item, allocated once.</summary>
internal sealed class DecimalWindow
{
    // What n items times n may be multiplied with inside the range of decimal, for the longest window.
    private const decimal MagnitudeMax = 100_000_000_000_000_000_000m;

    // A ring; _next is the oldest item once it is full.
    private readonly decimal[] _items;
    private int _next;

    public DecimalWindow(int capacity) => _items = new decimal[capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == _items.Length;

    /// <summary>An item of a full window, 0 for the oldest.</summary>
    public decimal this[int place] => _items[(_next + place) % _items.Length];

    public void Push(decimal value)
    {
        _items[_next] = value;
        _next = _next + 1 == _items.Length ? 0 : _next + 1;
        if (Count < _items.Length) Count++;
    }

    /// <summary>Least-squares slope per item of a full window of two or more; its sign is that of an exact sum (formulas §0.8).</summary>
    public double Slope()
    {
        var n = _items.Length;
        var sum = 0m;
        for (var i = 0; i < n; i++) sum += ((2 * i) - (n - 1)) * this[i];
        return (double)sum / (n * ((double)n * n - 1) / 6);
    }

    /// <summary>How many items in a row, back from the newest, are smaller than the one before; of a full window.</summary>
    public int Falls()
    {
        var falls = 0;
        for (var i = _items.Length - 1; i > 0 && this[i] < this[i - 1]; i--) falls++;
        return falls;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Write(_items.Length);
        writer.Write(Count);
        var oldest = IsFull ? _next : 0;
        for (var i = 0; i < Count; i++) writer.Write(_items[(oldest + i) % _items.Length]);
    }

    /// <exception cref="InvalidDataException">The snapshot was taken with another window or is damaged.</exception>
    public void Restore(ref SnapshotReader reader, string signal, string option)
    {
        KernelChecks.RequireOption(ref reader, signal, option, _items.Length);
        var count = reader.ReadInt32();
        if (count < 0 || count > _items.Length) throw new InvalidDataException($"snapshot of {signal} is damaged: {count} of {_items.Length} items");
        Count = 0;
        _next = 0;
        for (var i = 0; i < count; i++)
        {
            var value = reader.ReadDecimal();
            if (Math.Abs(value) > MagnitudeMax) throw new InvalidDataException($"snapshot of {signal} is damaged: an item is {value}");
            Push(value);
        }
    }
}
