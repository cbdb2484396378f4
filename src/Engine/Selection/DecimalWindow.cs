using Granary.Engine.Snapshots;

namespace Granary.Engine.Selection;

/// <summary>The last <see cref="Capacity"/> decimals of a series. Allocated once.</summary>
internal sealed class DecimalWindow(int capacity)
{
    private readonly decimal[] _items = new decimal[capacity];
    private int _next;

    public int Capacity => _items.Length;

    public int Count { get; private set; }

    public bool IsFull => Count == _items.Length;

    /// <summary>The oldest item held; call it when there is one.</summary>
    public decimal Oldest => this[0];

    /// <summary>The newest item held; call it when there is one.</summary>
    public decimal Newest => this[Count - 1];

    /// <summary>The items, oldest first.</summary>
    private decimal this[int index]
    {
        get
        {
            var place = (IsFull ? _next : 0) + index;
            return _items[place < _items.Length ? place : place - _items.Length];
        }
    }

    public void Push(decimal item)
    {
        _items[_next] = item;
        _next = _next + 1 == _items.Length ? 0 : _next + 1;
        if (Count < _items.Length) Count++;
    }

    /// <summary>
    /// The sum of the items, oldest first. Added up afresh each time: a running sum whose digits once did not fit a decimal would stay wrong for good.
    /// </summary>
    public decimal Sum()
    {
        decimal sum = 0;
        for (var i = 0; i < Count; i++) sum += this[i];
        return sum;
    }

    /// <summary>The largest item; call it when there is one.</summary>
    public decimal Largest()
    {
        var largest = _items[0];
        for (var i = 1; i < Count; i++) largest = Math.Max(largest, _items[i]);
        return largest;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(DecimalWindow), 1);
        writer.Write(Capacity);
        writer.Write(Count);
        for (var i = 0; i < Count; i++) writer.Write(this[i]);
    }

    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(DecimalWindow), 1);
        var written = reader.ReadInt32();
        if (written != Capacity) throw new InvalidDataException($"snapshot holds a window of {written} decimals, expected {Capacity}");
        var count = reader.ReadInt32();
        if (count < 0 || count > Capacity)
            throw new InvalidDataException($"snapshot of a window of decimals is damaged: it claims {count} of {Capacity} items");
        _next = 0;
        Count = 0;
        for (var i = 0; i < count; i++) Push(reader.ReadDecimal());
    }
}
