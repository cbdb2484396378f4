namespace Granary.Engine.Bars;

/// <summary>The last bars of a track.</summary>
/// <typeparam name="T">A bar.</typeparam>
internal sealed class RecentBars<T>(int capacity)
{
    private readonly T[] _bars = new T[capacity];
    private int _next;

    /// <summary>Bars held, 0 to the capacity.</summary>
    public int Count { get; private set; }

    public void Add(in T bar)
    {
        _bars[_next] = bar;
        _next = _next + 1 == _bars.Length ? 0 : _next + 1;
        if (Count < _bars.Length) Count++;
    }

    /// <summary>The newest bars, oldest first; fewer than asked for when fewer are held.</summary>
    public T[] Newest(int count)
    {
        var bars = new T[Math.Clamp(count, 0, Count)];
        var first = _next - bars.Length + _bars.Length;
        for (var i = 0; i < bars.Length; i++) bars[i] = _bars[(first + i) % _bars.Length];
        return bars;
    }
}
