using Granary.Engine.Snapshots;

namespace Granary.Engine.Statistics;

/// <summary>
/// The last <see cref="Capacity"/> doubles of a series, always readable as one contiguous span, oldest first. Items without a value are kept as
/// <see cref="double.NaN"/>. Memory: two doubles an item, allocated once.
/// </summary>
public sealed class RollingWindow
{
    // Every item is written twice, one capacity apart, so that no window of up to a full capacity ever wraps around.
    private readonly double[] _mirrored;
    private int _next;
    private int _valueRun;
    private int _equalRun;

    /// <summary>An empty window.</summary>
    /// <param name="capacity">Items kept, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public RollingWindow(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _mirrored = new double[2 * capacity];
    }

    /// <summary>Items kept at most.</summary>
    public int Capacity => _mirrored.Length / 2;

    /// <summary>Items held, 0 to <see cref="Capacity"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Appends an item and drops the oldest one when full.</summary>
    /// <param name="value">The item; <see cref="double.NaN"/> for "no value".</param>
    public void Push(double value)
    {
        var capacity = Capacity;
        if (double.IsNaN(value))
        {
            _valueRun = 0;
            _equalRun = 0;
        }
        else
        {
            var last = _mirrored[_next == 0 ? capacity - 1 : _next - 1];
            _equalRun = _valueRun > 0 && last == value ? Math.Min(_equalRun + 1, capacity) : 1;
            _valueRun = Math.Min(_valueRun + 1, capacity);
        }
        _mirrored[_next] = value;
        _mirrored[_next + capacity] = value;
        _next = _next + 1 == capacity ? 0 : _next + 1;
        if (Count < capacity) Count++;
    }

    /// <summary>Whether the newest <paramref name="n"/> items exist and all have a value (min_periods = n; formulas §0.2).</summary>
    public bool HasValues(int n) => _valueRun >= n;

    /// <summary>Whether the newest <paramref name="n"/> items exist, have values, and are all the same number (formulas §0.5).</summary>
    public bool AreEqual(int n) => _equalRun >= n;

    /// <summary>The newest <paramref name="n"/> items, oldest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than <paramref name="n"/> items are held.</exception>
    public ReadOnlySpan<double> Newest(int n)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, Count);
        var end = _next == 0 ? 2 * Capacity : _next + Capacity;
        return _mirrored.AsSpan(end - n, n);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(RollingWindow), 1);
        writer.Write(Capacity);
        writer.Write(_valueRun);
        writer.Write(_equalRun);
        writer.Write(Count);
        foreach (var value in Newest(Count)) writer.Write(value);
    }

    /// <summary>Reads a state into this window, which must have the capacity of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another capacity, damaged, or not of a rolling window.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(RollingWindow), 1);
        var capacity = reader.ReadInt32();
        if (capacity != Capacity) throw new InvalidDataException($"snapshot holds a rolling window of {capacity} items, expected {Capacity}");
        var valueRun = reader.ReadInt32();
        var equalRun = reader.ReadInt32();
        var count = reader.ReadInt32();
        if (count < 0 || count > capacity || valueRun < 0 || valueRun > count || equalRun < 0 || equalRun > valueRun)
            throw new InvalidDataException("snapshot of a rolling window is damaged: its counts contradict each other");
        _next = 0;
        Count = 0;
        for (var i = 0; i < count; i++) Push(reader.ReadDouble());
        _valueRun = valueRun;
        _equalRun = equalRun;
    }
}
