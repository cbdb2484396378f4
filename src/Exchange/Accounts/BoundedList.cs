using System.Collections;

namespace Granary.Exchange.Accounts;

/// <summary>The newest items, oldest first; adding to a full list drops the oldest.</summary>
/// <param name="max">Most items kept; 0 keeps none.</param>
internal sealed class BoundedList<T>(int max) : IEnumerable<T>
{
    private T[] _items = [];
    private int _head;

    public int Count { get; private set; }

    public T this[int index] => _items[(_head + index) % _items.Length];

    /// <summary>Adds an item and gives back the one it pushed out.</summary>
    public bool Add(T item, out T? dropped)
    {
        dropped = default;
        if (max == 0)
        {
            dropped = item;
            return true;
        }
        if (Count == max)
        {
            dropped = _items[_head];
            _items[_head] = item;
            _head = (_head + 1) % _items.Length;
            return true;
        }
        if (Count == _items.Length) Grow();
        _items[(_head + Count) % _items.Length] = item;
        Count++;
        return false;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Grow()
    {
        var items = new T[(int)Math.Min(max, Math.Max(16L, _items.Length * 2L))];
        for (var i = 0; i < Count; i++) items[i] = this[i];
        _items = items;
        _head = 0;
    }
}
