using Granary.Engine.Features;
using Granary.Engine.Signals;

namespace Granary.Grains.Symbols;

/// <summary>
/// The newest closed bars, and what the earlier signals said about them, for strategies that have to catch up; the oldest gives way when full.
/// </summary>
internal sealed class BarHistory(int capacity)
{
    private readonly FeatureBar[] _bars = new FeatureBar[capacity];
    private readonly RegimeDecision?[] _regimes = new RegimeDecision?[capacity];
    private readonly MomentumDecision?[] _momentums = new MomentumDecision?[capacity];

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
        var place = bar.Bar.Index % capacity;
        _bars[place] = bar;
        _regimes[place] = null;
        _momentums[place] = null;
        NextIndex = bar.Bar.Index + 1;
        Count = Math.Min(Count + 1, capacity);
    }

    /// <summary>Notes the regime's decision about a bar that is held.</summary>
    public void Add(RegimeDecision decision)
    {
        if (IsHeld(decision.BarIndex)) _regimes[decision.BarIndex % capacity] = decision;
    }

    /// <summary>Notes momentum's decision about a bar that is held.</summary>
    public void Add(MomentumDecision decision)
    {
        if (IsHeld(decision.BarIndex)) _momentums[decision.BarIndex % capacity] = decision;
    }

    /// <summary>The bars from the index on, oldest first; from the oldest held when the index is older.</summary>
    public FeatureBar[] From(long index) => Slice(_bars, index);

    /// <summary>The newest bars, oldest first; fewer when fewer are held.</summary>
    public FeatureBar[] Newest(int count) => From(NextIndex - Math.Min(count, Count));

    /// <summary>The regime's decisions about the bars of <see cref="From"/>; null where there is none.</summary>
    public RegimeDecision?[] RegimesFrom(long index) => Slice(_regimes, index);

    /// <summary>Momentum's decisions about the bars of <see cref="From"/>; null where there is none.</summary>
    public MomentumDecision?[] MomentumsFrom(long index) => Slice(_momentums, index);

    /// <summary>Index of the oldest bar from which on all bars have both decisions; <see cref="NextIndex"/> when the newest lacks one.</summary>
    public long FirstDecided()
    {
        var index = NextIndex;
        while (index > FirstIndex && _regimes[(index - 1) % capacity] is not null && _momentums[(index - 1) % capacity] is not null) index--;
        return index;
    }

    private bool IsHeld(long index) => index >= FirstIndex && index < NextIndex;

    private T[] Slice<T>(T[] ring, long index)
    {
        var first = Math.Max(index, FirstIndex);
        var items = new T[Math.Max(0, NextIndex - first)];
        for (var i = 0; i < items.Length; i++) items[i] = ring[(first + i) % capacity];
        return items;
    }
}
