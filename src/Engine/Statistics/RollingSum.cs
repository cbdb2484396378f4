using Granary.Engine.Snapshots;

namespace Granary.Engine.Statistics;

/// <summary>
/// The exact sum of the last <see cref="Capacity"/> integers (scaled decimals). Integers do not round, so the running sum never drifts, whatever
/// has passed through the window.
/// </summary>
public sealed class RollingSum
{
    private readonly Int128[] _items;
    private int _next;

    /// <summary>An empty sum.</summary>
    /// <param name="capacity">Items in the sum when full, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public RollingSum(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _items = new Int128[capacity];
    }

    /// <summary>Items in the sum when full.</summary>
    public int Capacity => _items.Length;

    /// <summary>Items held, 0 to <see cref="Capacity"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Whether <see cref="Capacity"/> items are held.</summary>
    public bool IsFull => Count == _items.Length;

    /// <summary>The sum of the items held.</summary>
    public Int128 Sum { get; private set; }

    /// <summary>Appends an item and drops the oldest one when full.</summary>
    public void Push(Int128 item)
    {
        if (IsFull) Sum -= _items[_next];
        else Count++;
        Sum += item;
        _items[_next] = item;
        _next = _next + 1 == _items.Length ? 0 : _next + 1;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(RollingSum), 1);
        writer.Write(Capacity);
        writer.Write(Count);
        var oldest = IsFull ? _next : 0;
        for (var i = 0; i < Count; i++) writer.Write(_items[(oldest + i) % _items.Length]);
    }

    /// <summary>Reads a state into this sum, which must have the capacity of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another capacity, damaged, or not of a rolling sum.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(RollingSum), 1);
        var capacity = reader.ReadInt32();
        if (capacity != Capacity) throw new InvalidDataException($"snapshot holds a rolling sum of {capacity} items, expected {Capacity}");
        var count = reader.ReadInt32();
        if (count < 0 || count > capacity) throw new InvalidDataException($"snapshot of a rolling sum is damaged: it claims {count} of {capacity} items");
        _next = 0;
        Count = 0;
        Sum = 0;
        for (var i = 0; i < count; i++) Push(reader.ReadInt128());
    }
}
