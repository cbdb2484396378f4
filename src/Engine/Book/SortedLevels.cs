using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Granary.Engine.Book;

/// <summary>
/// Levels by key in one sorted array. One that is taken away leaves an empty slot, which is reused, so that most new ones move little; empty slots are packed
/// when they outnumber half of the levels. Grows as needed; allocation-free otherwise.
/// </summary>
internal sealed class SortedLevels(int capacity)
{
    // Below this many empty slots packing is not worth its while.
    private const int EmptyMin = 64;

    // How far an empty slot is looked for before everything up to the best is moved.
    private const int EmptySearchMax = 64;

    // Steps of eight keys before the search halves what is left.
    private const int StepsMax = 12;

    private long[] _keys = new long[capacity];
    private long[] _quantities = new long[capacity];

    // Slots in use; the first and the last one are never empty.
    private int _from;
    private int _to;
    private int _hint;

    /// <summary>Levels held.</summary>
    public int Count { get; private set; }

    /// <summary>The lowest key; there must be a level.</summary>
    public long LowestKey => _keys[_from];

    /// <summary>The highest key; there must be a level.</summary>
    public long HighestKey => _keys[_to - 1];

    public void Clear() => _from = _to = Count = 0;

    /// <summary>Sets a level; quantity 0 removes.</summary>
    /// <returns>The quantity before; 0 when there was none.</returns>
    public long Set(long key, long quantity)
    {
        // Changes come sorted: the search begins where the one before was.
        var slot = Find(key, _hint);
        _hint = slot;
        var old = slot < _to && _keys[slot] == key ? _quantities[slot] : 0;
        if (old != 0 && quantity != 0) _quantities[slot] = quantity;
        else if (old != 0) Remove(slot);
        else if (quantity != 0) Insert(slot, key, quantity);
        return old;
    }

    /// <summary>The quantity at a key; 0 when there is none.</summary>
    public long QuantityAt(long key)
    {
        var slot = Find(key, _to);
        return slot < _to && _keys[slot] == key ? _quantities[slot] : 0;
    }

    /// <summary>Copies the levels with the highest keys, highest first.</summary>
    /// <param name="levels">Receives keys and quantities.</param>
    /// <returns>How many there were, at most the length given.</returns>
    public int CopyTo(Span<(long Key, long Quantity)> levels)
    {
        var count = 0;
        for (var slot = _to - 1; slot >= _from && count < levels.Length; slot--)
        {
            if (_quantities[slot] != 0) levels[count++] = (_keys[slot], _quantities[slot]);
        }
        return count;
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
                    MakeRoom();
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

    /// <summary>Makes a free slot behind the last one.</summary>
    private void MakeRoom()
    {
        Pack();
        if (_to < _keys.Length) return;
        Array.Resize(ref _keys, 2 * _keys.Length);
        Array.Resize(ref _quantities, 2 * _quantities.Length);
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
    /// The first slot whose key is not lower; <see cref="_to"/> when there is none. Looks at eight keys a step from
    /// the hint on; only what is far is found by halving.
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
