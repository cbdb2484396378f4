using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Statistics;

/// <summary>
/// Exact order statistics of the last <see cref="Capacity"/> non-negative integers (trade sizes times 10^8). Items are counted in units of the largest power
/// of ten that divides all of them: one counter for each of the first 8,192 multiples, buckets of the leading eight bits above. A pointer follows the
/// wanted rank, so that a query moves it by a few counters; only a rank within a bucket looks at the bucket's items. A finer unit is taken when
/// an item needs it, and the window counted anew. Memory: about 18 bytes an item and 58 KB, allocated once.
/// </summary>
public sealed class RollingOrderStatistics
{
    private const int DirectBits = 13;
    private const int DirectCount = 1 << DirectBits;
    private const int MantissaBits = 7;
    private const int CodeCount = DirectCount + ((63 - DirectBits) << MantissaBits);
    private const int BatchMax = 256;

    private readonly long[] _items;
    private readonly ushort[] _codes;
    private readonly ushort[] _fresh = new ushort[BatchMax];
    private readonly int[] _counts = new int[CodeCount];
    private readonly long[] _scratch;
    private ExactUnit _unit = ExactUnit.Of(0);
    private int _next;

    // The code the last query ended at, and how many items have a lower one.
    private int _pointer;
    private int _below;

    /// <summary>An empty window.</summary>
    /// <param name="capacity">Items kept, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public RollingOrderStatistics(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _items = new long[capacity];
        _codes = new ushort[capacity];
        _scratch = new long[capacity];
    }

    /// <summary>Items kept at most.</summary>
    public int Capacity => _items.Length;

    /// <summary>Items held, 0 to <see cref="Capacity"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Appends an item and drops the oldest one when full.</summary>
    /// <param name="item">0 or more.</param>
    public void Push(long item) => Push([item]);

    /// <summary>Appends items, one after the other, and drops as many of the oldest as are too many.</summary>
    /// <param name="items">Each 0 or more.</param>
    public void Push(ReadOnlySpan<long> items)
    {
        while (items.Length > 0)
        {
            var length = Math.Min(Math.Min(items.Length, BatchMax), _items.Length - _next);
            PushRun(items[..length]);
            items = items[length..];
        }
    }

    /// <summary>The quantile by linear interpolation between order statistics at position level·(n-1), in decimal arithmetic (formulas §0.7).</summary>
    /// <param name="level">0 to 1.</param>
    /// <returns>The quantile in the items' own scale.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside 0..1.</exception>
    /// <exception cref="InvalidOperationException">There is no item.</exception>
    public decimal Quantile(decimal level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 0m);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 1m);
        if (Count == 0) throw new InvalidOperationException("a quantile needs one item or more");
        var position = level * (Count - 1);
        var rank = (int)position;
        var fraction = position - rank;
        var (lower, upper) = Neighbours(rank);
        return lower + (fraction * (upper - lower));
    }

    /// <summary>The item of a rank (0 = smallest), and the one of the rank after it; the last rank is its own neighbour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rank is not that of an item.</exception>
    public (long Lower, long Upper) Neighbours(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rank, (uint)Count, nameof(rank));
        var code = Locate(rank);
        var place = rank - _below;
        if (code < DirectCount)
        {
            var lower = code * _unit.Value;
            return (lower, rank + 1 == Count || place + 1 < _counts[code] ? lower : SmallestAbove(code));
        }
        var inBucket = Gather(code);
        var item = NthElement(inBucket, place);
        if (rank + 1 == Count) return (item, item);

        // NthElement leaves only items of at least its result behind the place.
        return (item, place + 1 < inBucket.Length ? Smallest(inBucket[(place + 1)..]) : SmallestAbove(code));
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(RollingOrderStatistics), 1);
        writer.Write(Capacity);
        writer.Write(Count);
        var oldest = Count == _items.Length ? _next : 0;
        for (var i = 0; i < Count; i++) writer.Write(_items[(oldest + i) % _items.Length]);
    }

    /// <summary>Reads a state into this window, which must have the capacity of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another capacity, damaged, or not of order statistics.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(RollingOrderStatistics), 1);
        var capacity = reader.ReadInt32();
        if (capacity != Capacity) throw new InvalidDataException($"snapshot holds order statistics of {capacity} items, expected {Capacity}");
        var count = reader.ReadInt32();
        if (count < 0 || count > capacity) throw new InvalidDataException($"snapshot of order statistics is damaged: it claims {count} of {capacity} items");
        Array.Clear(_counts);
        (_next, Count, _pointer, _below) = (0, 0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var item = reader.ReadInt64();
            if (item < 0) throw new InvalidDataException($"snapshot of order statistics is damaged: item {i} is {item}, expected 0 or more");
            Push(item);
        }
    }

    /// <summary>Appends items that fit between the next place and the end of the ring.</summary>
    private void PushRun(ReadOnlySpan<long> items)
    {
        // All codes first: a finer unit changes those of the whole window, and no counter may be half way between two units.
        var fresh = _fresh.AsSpan(0, items.Length);
        var unit = _unit;
        for (var i = 0; i < items.Length; i++)
        {
            var quotient = unit.Quotient(items[i]);
            if (quotient < DirectCount)
            {
                fresh[i] = (ushort)quotient;
                continue;
            }
            if (items[i] % unit.Value != 0)
            {
                Recount(unit.Refine(items[i]));
                unit = _unit;
                i = -1;
                continue;
            }
            fresh[i] = BucketOf(quotient);
        }

        var codes = _codes.AsSpan(_next, items.Length);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        var pointer = _pointer;
        var below = _below;
        if (Count == _items.Length)
        {
            for (var i = 0; i < fresh.Length; i++)
            {
                int old = codes[i], code = fresh[i];
                Unsafe.Add(ref counts, old)--;
                Unsafe.Add(ref counts, code)++;
                below += (code < pointer ? 1 : 0) - (old < pointer ? 1 : 0);
            }
        }
        else
        {
            foreach (var code in fresh)
            {
                _counts[code]++;
                if (code < pointer) below++;
            }
            Count += items.Length;
        }
        _below = below;
        fresh.CopyTo(codes);
        items.CopyTo(_items.AsSpan(_next));
        _next = _next + items.Length == _items.Length ? 0 : _next + items.Length;
    }

    /// <summary>Takes another unit and counts the items held anew.</summary>
    private void Recount(ExactUnit unit)
    {
        _unit = unit;
        Array.Clear(_counts);
        for (var i = 0; i < Count; i++)
        {
            var quotient = unit.Quotient(_items[i]);
            _codes[i] = quotient < DirectCount ? (ushort)quotient : BucketOf(quotient);
            _counts[_codes[i]]++;
        }
        (_pointer, _below) = (0, 0);
    }

    /// <summary>Moves the pointer to the code that holds a rank.</summary>
    private int Locate(int rank)
    {
        var counts = _counts;
        var code = _pointer;
        var below = _below;
        while (below > rank) below -= counts[--code];
        for (int count; below + (count = counts[code]) <= rank; code++) below += count;
        (_pointer, _below) = (code, below);
        return code;
    }

    /// <summary>The smallest item of the codes above one; there must be such an item.</summary>
    private long SmallestAbove(int code)
    {
        do code++;
        while (_counts[code] == 0);
        return code < DirectCount ? code * _unit.Value : Smallest(Gather(code));
    }

    private Span<long> Gather(int bucket)
    {
        var found = 0;
        var wanted = _counts[bucket];
        var codes = _codes.AsSpan(0, Count);
        var offset = 0;
        while (found < wanted)
        {
            offset += codes[offset..].IndexOf((ushort)bucket);
            _scratch[found++] = _items[offset++];
        }
        return _scratch.AsSpan(0, found);
    }

    private static long Smallest(ReadOnlySpan<long> items)
    {
        var smallest = items[0];
        foreach (var item in items) smallest = Math.Min(smallest, item);
        return smallest;
    }

    /// <summary>Quickselect with three-way partition: linear also when most items are equal, which trade sizes often are.</summary>
    private static long NthElement(Span<long> items, int n)
    {
        var from = 0;
        var to = items.Length - 1;
        while (from < to)
        {
            var pivot = MedianOfThree(items[from], items[(from + to) / 2], items[to]);
            int less = from, equal = from, greater = to;
            while (equal <= greater)
            {
                var item = items[equal];
                if (item < pivot)
                {
                    items[equal++] = items[less];
                    items[less++] = item;
                }
                else if (item > pivot)
                {
                    items[equal] = items[greater];
                    items[greater--] = item;
                }
                else
                {
                    equal++;
                }
            }
            if (n < less) to = less - 1;
            else if (n > greater) from = greater + 1;
            else return pivot;
        }
        return items[n];
    }

    private static long MedianOfThree(long a, long b, long c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    /// <summary>The code of a quotient above the counted multiples: its binary exponent and the seven bits after the leading one.</summary>
    private static ushort BucketOf(ulong quotient)
    {
        var exponent = BitOperations.Log2(quotient);
        var mantissa = (int)(quotient >> (exponent - MantissaBits)) & ((1 << MantissaBits) - 1);
        return (ushort)(DirectCount + ((exponent - DirectBits) << MantissaBits) + mantissa);
    }
}
