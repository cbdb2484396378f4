namespace Granary.Backtest.Results;

/// <summary>
/// A series of any length in bounded memory: when full, every second item is dropped and from then on only every second one is taken. The first item stays.
/// </summary>
/// <param name="capacity">Items kept at most, 2 or more.</param>
/// <typeparam name="T">The item.</typeparam>
internal sealed class Thinned<T>(int capacity)
{
    private readonly List<T> _items = [];
    private long _seen;
    private long _stride = 1;

    public IReadOnlyList<T> Items => _items;

    public void Add(T item)
    {
        if (_seen++ % _stride != 0) return;
        _items.Add(item);
        if (_items.Count < capacity) return;
        var kept = 0;
        for (var i = 0; i < _items.Count; i += 2) _items[kept++] = _items[i];
        _items.RemoveRange(kept, _items.Count - kept);
        _stride *= 2;
    }
}
