using Granary.Engine.Features;

namespace Granary.Grains.Symbols;

/// <summary>The newest closed bars, for strategies that have to catch up; the oldest gives way when full.</summary>
internal sealed class BarHistory(int capacity)
{
    private readonly FeatureBar[] _bars = new FeatureBar[capacity];

    /// <summary>Index of the bar that comes next.</summary>
    public long NextIndex { get; private set; }

    /// <summary>Bars held.</summary>
    public int Count { get; private set; }

    /// <summary>Index of the oldest bar held.</summary>
    public long FirstIndex => NextIndex - Count;

    /// <summary>Adds the bar; indices are consecutive, otherwise what was held is forgotten.</summary>
    public void Add(FeatureBar bar)
    {
        if (bar.Bar.Index != NextIndex) Count = 0;
        _bars[bar.Bar.Index % capacity] = bar;
        NextIndex = bar.Bar.Index + 1;
        Count = Math.Min(Count + 1, capacity);
    }

    /// <summary>The bars from the index on, oldest first; from the oldest held when the index is older.</summary>
    public FeatureBar[] From(long index)
    {
        var first = Math.Max(index, FirstIndex);
        var bars = new FeatureBar[Math.Max(0, NextIndex - first)];
        for (var i = 0; i < bars.Length; i++) bars[i] = _bars[(first + i) % capacity];
        return bars;
    }
}
