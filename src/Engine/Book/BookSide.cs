using System.Numerics;
using System.Runtime.CompilerServices;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Book;

/// <summary>
/// One side of an order book. Prices near the best, where nearly all changes are, have a slot each on a ladder of ticks, so that a change is one access without
/// search, move or branch; the rest stands in a sorted array. The tick is the greatest common divisor of the prices seen, and the ladder follows the best
/// price. How the levels are spread over the two is no state: it never shows in what the side holds. Allocation-free per change, but for growth.
/// </summary>
public sealed class BookSide
{
    private const int LadderLength = 8192;

    // Where on the ladder the best price is put, and below which it has moved too far away.
    private const int BestSlot = LadderLength * 3 / 4;
    private const int BestSlotMin = LadderLength / 8;

    // Up to this tick the division by multiplication is exact; what is larger is a price seen alone, and a whole unit will do.
    private const long TickMax = 1L << 48;

    // Keys are prices for bids and negated prices for asks: for both a higher key is a better price.
    private readonly long _sign;
    private readonly int _levelsMax;
    private readonly long[] _ladder = new long[LadderLength];
    private readonly ulong[] _held = new ulong[LadderLength / 64];
    private readonly SortedLevels _far;
    private (long Key, long Quantity)[] _scratch = [];

    // Key of the ladder's first slot, a multiple of the tick; the tick's reciprocal times 2^63, rounded up.
    private long _base;
    private long _tick;
    private ulong _reciprocal;
    private int _ladderCount;
    private int _best = -1;

    // Levels with a key above this are all there.
    private long _horizon = long.MinValue;

    internal BookSide(bool isBid, int levelsMax)
    {
        _sign = isBid ? 1 : -1;
        _levelsMax = levelsMax;
        _far = new SortedLevels(2 * levelsMax);
    }

    /// <summary>Levels held.</summary>
    public int Count => _ladderCount + _far.Count;

    /// <summary>The best level; null when the side is empty.</summary>
    public BookLevel? Best => _best >= 0 ? new BookLevel(KeyOf(_best) * _sign, _ladder[_best]) : null;

    /// <summary>
    /// The price up to which, seen from the best, the side is known to hold every level of the venue, itself not included; null when there is no such limit.
    /// It is set by a snapshot that may have been cut off and by <see cref="OrderBookOptions.LevelsMax"/>. Levels beyond it are those that changed since.
    /// </summary>
    public long? HorizonE8 => _horizon == long.MinValue ? null : _horizon * _sign;

    internal long BestKey => _best >= 0 ? KeyOf(_best) : long.MinValue;

    /// <summary>Copies the best levels.</summary>
    /// <param name="best">Receives them, best first.</param>
    /// <returns>How many there were, at most the length given.</returns>
    public int CopyTo(Span<BookLevel> best)
    {
        var count = 0;
        for (var slot = _best; slot >= 0 && count < best.Length; slot = HeldBelow(slot)) best[count++] = new BookLevel(KeyOf(slot) * _sign, _ladder[slot]);
        var wanted = Math.Min(_far.Count, best.Length - count);
        if (wanted <= 0) return count;
        var far = Scratch(wanted);
        _far.CopyTo(far);
        foreach (var (key, quantity) in far) best[count++] = new BookLevel(key * _sign, quantity);
        return count;
    }

    /// <summary>The quantity at a price; 0 when there is none.</summary>
    public long QuantityE8At(long priceE8)
    {
        var key = priceE8 * _sign;
        var slot = SlotOf(key);
        return slot >= 0 ? _ladder[slot] : _far.QuantityAt(key);
    }

    /// <summary>Whether the best levels are known to be exactly the venue's: none of them, and none between them, can be missing.</summary>
    /// <param name="levels">How many, 1 or more. Where the venue has fewer, all of them.</param>
    public bool IsCompleteTo(int levels) => !IsBeyondHorizon(KeyAt(levels));

    internal void Clear()
    {
        ClearLevels();
        _horizon = long.MinValue;
    }

    /// <summary>Replaces everything by a snapshot's levels.</summary>
    internal void Load(IReadOnlyList<BookLevel> levels, int limit)
    {
        Clear();
        var worst = long.MaxValue;
        for (var i = 0; i < levels.Count; i++)
        {
            Set(levels[i].PriceE8 * _sign, levels[i].QuantityE8);
            worst = Math.Min(worst, levels[i].PriceE8 * _sign);
        }
        if (levels.Count > 0 && levels.Count >= limit) _horizon = worst - 1;
        Settle();
    }

    /// <summary>The key of the n-th best level; the lowest key when there are fewer.</summary>
    internal long KeyAt(int levels)
    {
        if (Count < levels) return long.MinValue;
        var slot = _best;
        for (; slot >= 0; slot = HeldBelow(slot))
        {
            if (--levels == 0) return KeyOf(slot);
        }
        var far = Scratch(levels);
        _far.CopyTo(far);
        return far[levels - 1].Key;
    }

    /// <summary>Whether a level with this key is outside of what is known to be complete.</summary>
    internal bool IsBeyondHorizon(long key) => _horizon != long.MinValue && key <= _horizon;

    /// <summary>Sets levels as a change gives them.</summary>
    /// <param name="levels">Prices and absolute quantities.</param>
    /// <param name="threshold">Changes at this key and above are measured.</param>
    /// <returns>Sum of the absolute changes of quantity there.</returns>
    internal Int128 Apply(ReadOnlySpan<BookLevel> levels, long threshold)
    {
        Int128 changed = 0;
        foreach (ref readonly var level in levels)
        {
            var key = level.PriceE8 * _sign;
            var slot = SlotOf(key);
            var old = slot >= 0 ? SetSlot(slot, level.QuantityE8) : SetElsewhere(key, level.QuantityE8);
            if (key >= threshold) changed += Math.Abs(level.QuantityE8 - old);
        }
        Settle();
        return changed;
    }

    /// <summary>Writes the levels, best first.</summary>
    internal void Write(SnapshotWriter writer)
    {
        writer.Write(_horizon);
        var levels = new BookLevel[Count];
        CopyTo(levels);
        writer.Write(levels.Length);
        foreach (var level in levels)
        {
            writer.Write(level.PriceE8);
            writer.Write(level.QuantityE8);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    internal void Restore(ref SnapshotReader reader)
    {
        Clear();
        var horizon = reader.ReadInt64();
        var count = reader.ReadInt32();
        if (count < 0 || count > _levelsMax) throw new InvalidDataException($"snapshot of an order book is damaged: a side claims {count} of {_levelsMax} levels");
        var last = long.MaxValue;
        for (var i = 0; i < count; i++)
        {
            var (price, quantity) = (reader.ReadInt64(), reader.ReadInt64());
            if (price is <= 0 or > Fixed8.Max || quantity is <= 0 or > Fixed8.Max || price * _sign >= last)
                throw new InvalidDataException($"snapshot of an order book is damaged: level {i} of a side is out of bounds or out of order");
            last = price * _sign;
            Set(last, quantity);
        }
        _horizon = horizon;
        Settle();
    }

    private long KeyOf(int slot) => _base + (slot * _tick);

    /// <summary>The ladder's slot of a key; -1 when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(long key)
    {
        var distance = (ulong)(key - _base);
        // Exact for every multiple of the tick on the ladder; others do not multiply back.
        var slot = Math.BigMul(distance << 1, _reciprocal, out _);
        return slot < LadderLength && slot * (ulong)_tick == distance ? (int)slot : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long SetSlot(int slot, long quantity)
    {
        var old = _ladder[slot];
        _ladder[slot] = quantity;
        var isHeld = quantity != 0 ? 1 : 0;
        ref var word = ref _held[slot >> 6];
        word = (word & ~(1UL << slot)) | ((ulong)isHeld << slot);
        _ladderCount += isHeld - (old != 0 ? 1 : 0);
        // Where the best was taken away, Settle looks for the next.
        _best = Math.Max(_best, isHeld != 0 ? slot : -1);
        return old;
    }

    private void Set(long key, long quantity)
    {
        var slot = SlotOf(key);
        if (slot >= 0) SetSlot(slot, quantity);
        else SetElsewhere(key, quantity);
    }

    /// <summary>Sets a level that has no slot on the ladder as it lies.</summary>
    private long SetElsewhere(long key, long quantity)
    {
        var isOffTick = _tick == 0 || key % _tick != 0;
        if (quantity != 0 && (isOffTick || key > _base))
        {
            // Another tick, or a price better than the ladder reaches.
            var tick = isOffTick ? CommonDivisor(Math.Abs(key), _tick) : _tick;
            if (tick > TickMax) tick = tick % Fixed8.One == 0 ? Fixed8.One : 1;
            var best = FindBest();
            Lay(tick, Math.Max(key, best >= 0 ? KeyOf(best) : long.MinValue));
            Set(key, quantity);
            return 0;
        }
        return isOffTick || key > _base ? 0 : _far.Set(key, quantity);
    }

    /// <summary>After a set of changes: finds the best again, keeps the ladder under it, and drops the worst levels when there are too many.</summary>
    private void Settle()
    {
        _best = FindBest();
        if (_far.Count > 0 && _best < BestSlotMin) Lay(_tick, _best >= 0 ? KeyOf(_best) : _far.HighestKey);
        while (Count > _levelsMax)
        {
            if (_far.Count > 0)
            {
                _horizon = Math.Max(_horizon, _far.LowestKey);
                _far.Set(_far.LowestKey, 0);
                continue;
            }
            var lowest = 0;
            while (_held[lowest] == 0) lowest++;
            lowest = (lowest << 6) + BitOperations.TrailingZeroCount(_held[lowest]);
            _horizon = Math.Max(_horizon, KeyOf(lowest));
            SetSlot(lowest, 0);
        }
    }

    private int FindBest() => _best >= 0 && _ladder[_best] == 0 ? HeldBelow(_best) : _best;

    /// <summary>The next slot downwards that holds a level; -1 when there is none.</summary>
    private int HeldBelow(int slot)
    {
        var index = slot >> 6;
        var word = _held[index] & ((1UL << slot) - 1);
        while (word == 0)
        {
            if (--index < 0) return -1;
            word = _held[index];
        }
        return (index << 6) + 63 - BitOperations.LeadingZeroCount(word);
    }

    /// <summary>Lays the ladder anew and spreads the levels over it and the array.</summary>
    private void Lay(long tick, long bestKey)
    {
        var count = Count;
        var levels = Scratch(count);
        var next = 0;
        for (var slot = FindBest(); slot >= 0; slot = HeldBelow(slot)) levels[next++] = (KeyOf(slot), _ladder[slot]);
        _far.CopyTo(levels[next..]);
        ClearLevels();
        _tick = tick;
        _reciprocal = ((1UL << 63) + (ulong)tick - 1) / (ulong)tick;
        _base = bestKey - (BestSlot * tick);
        foreach (var (key, quantity) in levels)
        {
            var slot = SlotOf(key);
            if (slot >= 0) SetSlot(slot, quantity);
            else _far.Set(key, quantity);
        }
    }

    private static long CommonDivisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    private void ClearLevels()
    {
        Array.Clear(_ladder);
        Array.Clear(_held);
        _far.Clear();
        _ladderCount = 0;
        _best = -1;
    }

    private Span<(long Key, long Quantity)> Scratch(int length)
    {
        if (_scratch.Length < length) _scratch = new (long, long)[Math.Max(length, 2 * _scratch.Length)];
        return _scratch.AsSpan(0, length);
    }
}
