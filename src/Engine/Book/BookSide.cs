using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Book;

/// <summary>
/// One side of an order book: prices in one sorted array with the best at its end, where nearly all changes are, so that little has to be moved. A price
/// that is taken away leaves an empty slot, because prices near the best come and go; empty slots are reused, so that most new prices move little, and packed when they outnumber half of
/// the levels. Allocation-free after construction.
/// </summary>
public sealed class BookSide
{
    // Below this many empty slots packing is not worth its while.
    private const int EmptyMin = 64;

    // How far an empty slot is looked for before everything up to the best is moved.
    private const int EmptySearchMax = 64;

    // Steps of eight keys before the search halves what is left.
    private const int StepsMax = 12;

    // Keys are prices for bids and negated prices for asks: for both a higher key is a better price.
    private readonly long _sign;
    private readonly long[] _keys;
    private readonly long[] _quantities;
    private readonly int _levelsMax;

    // Slots in use; the first and the last one are never empty.
    private int _from;
    private int _to;

    // Levels with a key above this are all there.
    private long _horizon = long.MinValue;

    internal BookSide(bool isBid, int levelsMax)
    {
        _sign = isBid ? 1 : -1;
        _levelsMax = levelsMax;
        _from = _to = levelsMax;
        _keys = new long[2 * levelsMax];
        _quantities = new long[2 * levelsMax];
    }

    /// <summary>Levels held.</summary>
    public int Count { get; private set; }

    /// <summary>The best level; null when the side is empty.</summary>
    public BookLevel? Best => Count > 0 ? new BookLevel(_keys[_to - 1] * _sign, _quantities[_to - 1]) : null;

    /// <summary>
    /// The price up to which, seen from the best, the side is known to hold every level of the venue, itself not included; null when there is no such limit.
    /// It is set by a snapshot that may have been cut off and by <see cref="OrderBookOptions.LevelsMax"/>. Levels beyond it are those that changed since.
    /// </summary>
    public long? HorizonE8 => _horizon == long.MinValue ? null : _horizon * _sign;

    internal long BestKey => Count > 0 ? _keys[_to - 1] : long.MinValue;

    /// <summary>Copies the best levels.</summary>
    /// <param name="best">Receives them, best first.</param>
    /// <returns>How many there were, at most the length given.</returns>
    public int CopyTo(Span<BookLevel> best)
    {
        var count = 0;
        for (var slot = _to - 1; slot >= _from && count < best.Length; slot--)
        {
            if (_quantities[slot] != 0) best[count++] = new BookLevel(_keys[slot] * _sign, _quantities[slot]);
        }
        return count;
    }

    /// <summary>The quantity at a price; 0 when there is none.</summary>
    public long QuantityE8At(long priceE8)
    {
        var key = priceE8 * _sign;
        var slot = Find(key, _to);
        return slot < _to && _keys[slot] == key ? _quantities[slot] : 0;
    }

    /// <summary>Whether the best levels are known to be exactly the venue's: none of them, and none between them, can be missing.</summary>
    /// <param name="levels">How many, 1 or more. Where the venue has fewer, all of them.</param>
    public bool IsCompleteTo(int levels) => !IsBeyondHorizon(KeyAt(levels));

    internal void Clear()
    {
        // From the middle a snapshot, best first, can grow downwards without moving anything.
        _from = _to = _levelsMax;
        Count = 0;
        _horizon = long.MinValue;
    }

    /// <summary>Replaces everything by a snapshot's levels.</summary>
    internal void Load(IReadOnlyList<BookLevel> levels, int limit)
    {
        Clear();
        var worst = long.MaxValue;
        for (var i = 0; i < levels.Count; i++)
        {
            Apply([levels[i]], long.MaxValue);
            worst = Math.Min(worst, levels[i].PriceE8 * _sign);
        }
        if (levels.Count > 0 && levels.Count >= limit) _horizon = Math.Max(_horizon, worst - 1);
    }

    /// <summary>The key of the n-th best level; the lowest key when there are fewer.</summary>
    internal long KeyAt(int levels)
    {
        if (Count < levels) return long.MinValue;
        var slot = _to;
        while (levels > 0)
        {
            if (_quantities[--slot] != 0) levels--;
        }
        return _keys[slot];
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
        var hint = _to;
        foreach (ref readonly var level in levels)
        {
            var key = level.PriceE8 * _sign;
            hint = Find(key, hint);
            var isHeld = hint < _to && _keys[hint] == key;
            var old = isHeld ? _quantities[hint] : 0;
            if (key >= threshold) changed += Math.Abs(level.QuantityE8 - old);
            // The usual case first: another quantity at a price that is held.
            if (old != 0 && level.QuantityE8 != 0) _quantities[hint] = level.QuantityE8;
            else if (old != 0) Remove(hint);
            else if (level.QuantityE8 != 0) Add(hint, key, level.QuantityE8);
        }
        return changed;
    }

    /// <summary>Writes the levels; empty slots are no state.</summary>
    internal void Write(SnapshotWriter writer)
    {
        writer.Write(_horizon);
        writer.Write(Count);
        for (var slot = _from; slot < _to; slot++)
        {
            if (_quantities[slot] == 0) continue;
            writer.Write(_keys[slot]);
            writer.Write(_quantities[slot]);
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
        for (var i = 0; i < count; i++)
        {
            var (key, quantity) = (reader.ReadInt64(), reader.ReadInt64());
            if (key * _sign is <= 0 or > Fixed8.Max || quantity is <= 0 or > Fixed8.Max || (i > 0 && key <= _keys[i - 1]))
                throw new InvalidDataException($"snapshot of an order book is damaged: level {i} of a side is out of bounds or out of order");
            _keys[i] = key;
            _quantities[i] = quantity;
        }
        _from = 0;
        _to = Count = count;
        _horizon = horizon;
    }

    /// <summary>Adds a level, and forgets the worst when there are too many.</summary>
    private void Add(int slot, long key, long quantity)
    {
        if (Count == _levelsMax)
        {
            if (slot == _from)
            {
                _horizon = Math.Max(_horizon, key);
                return;
            }
            _horizon = Math.Max(_horizon, _keys[_from]);
            Remove(_from);
            // Dropping the worst may have packed the slots.
            slot = Find(key, slot);
        }
        Insert(slot, key, quantity);
    }

    /// <summary>Puts a level at the slot where the first key that is not lower stands.</summary>
    private void Insert(int slot, long key, long quantity)
    {
        Count++;
        if (slot < _to && _quantities[slot] == 0)
        {
            // An empty slot takes any key between its neighbours', and this one may have the very key: no key ever stands twice.
        }
        else if (slot > _from && _quantities[slot - 1] == 0)
        {
            slot--;
        }
        else if (slot == _from && slot > 0)
        {
            slot = --_from;
        }
        else
        {
            // The next empty slot ends what has to be moved.
            var moved = _quantities.AsSpan(slot, Math.Min(_to - slot, EmptySearchMax)).IndexOf(0L);
            if (moved < 0)
            {
                if (_to == _keys.Length)
                {
                    Pack();
                    slot = Find(key, _to);
                }
                moved = _to++ - slot;
            }
            Array.Copy(_keys, slot, _keys, slot + 1, moved);
            Array.Copy(_quantities, slot, _quantities, slot + 1, moved);
        }
        _keys[slot] = key;
        _quantities[slot] = quantity;
    }

    private void Remove(int slot)
    {
        _quantities[slot] = 0;
        Count--;
        while (_to > _from && _quantities[_to - 1] == 0) _to--;
        while (_from < _to && _quantities[_from] == 0) _from++;
        var empty = _to - _from - Count;
        if (empty > EmptyMin && empty > Count / 2) Pack();
    }

    /// <summary>Closes the empty slots.</summary>
    private void Pack()
    {
        var packed = 0;
        for (var slot = _from; slot < _to; slot++)
        {
            if (_quantities[slot] == 0) continue;
            _keys[packed] = _keys[slot];
            _quantities[packed++] = _quantities[slot];
        }
        _from = 0;
        _to = packed;
    }

    /// <summary>
    /// The first slot whose key is not lower; <see cref="_to"/> when there is none. Changes come sorted, so the search begins at the slot of the one before
    /// and looks at eight keys a step; only what is far is found by halving.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(long key, int hint)
    {
        hint = Math.Clamp(hint, _from, _to);
        return hint < _to && _keys[hint] < key ? FindAbove(key, hint + 1) : FindBelow(key, hint);
    }

    private int FindAbove(long key, int low)
    {
        var keys = _keys.AsSpan(0, _to);
        var wanted = Vector256.Create(key);
        for (var step = 0; step < StepsMax && low + 8 <= keys.Length; step++, low += 8)
        {
            // The keys are sorted, so the lower ones come first and counting them gives the place.
            var lower = Lower(keys, low, wanted);
            if (lower < 8) return low + lower;
        }
        return Halve(keys, key, low, keys.Length);
    }

    private int FindBelow(long key, int high)
    {
        var keys = _keys.AsSpan(0, _to);
        var wanted = Vector256.Create(key);
        for (var step = 0; step < StepsMax && high - 8 >= _from; step++, high -= 8)
        {
            var lower = Lower(keys, high - 8, wanted);
            if (lower > 0) return high - 8 + lower;
        }
        return Halve(keys, key, _from, high);
    }

    /// <summary>How many of the eight keys from a slot on are lower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Lower(ReadOnlySpan<long> keys, int slot, Vector256<long> wanted)
    {
        var eight = keys.Slice(slot, 8);
        var first = Vector256.LessThan(Vector256.Create(eight), wanted).ExtractMostSignificantBits();
        var second = Vector256.LessThan(Vector256.Create(eight[4..]), wanted).ExtractMostSignificantBits();
        return BitOperations.PopCount(first | (second << 4));
    }

    private static int Halve(ReadOnlySpan<long> keys, long key, int low, int high)
    {
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (keys[middle] < key) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
