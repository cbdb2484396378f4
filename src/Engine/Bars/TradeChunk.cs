using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// Up to 256 trades of one bar as columns, to be worked off together. Chunks are counted from the bar's first trade, so that nothing depends on how the
/// trades were delivered. Whole vectors are read from the columns; what lies beyond <see cref="Count"/> is there but means nothing.
/// </summary>
internal sealed class TradeChunk
{
    public const int Max = 256;

    // Three columns of one array: a trade is stored with one reference at hand. Item 0 is the price before the chunk, 0 before the first trade of the stream.
    private const int QuantitiesFrom = 272;
    private const int BoughtFrom = 2 * QuantitiesFrom;

    private readonly long[] _columns = new long[3 * QuantitiesFrom];

    public int Count { get; private set; }

    public bool IsFull => Count == Max;

    /// <summary>The prices of the trades before: that of trade i is item i.</summary>
    public ref long Previous => ref MemoryMarshal.GetArrayDataReference(_columns);

    public ref long Prices => ref Unsafe.Add(ref Previous, 1);

    public ref long Quantities => ref Unsafe.Add(ref Previous, QuantitiesFrom);

    /// <summary>All bits set where the taker bought, else 0.</summary>
    public ref long Bought => ref Unsafe.Add(ref Previous, BoughtFrom);

    public ReadOnlySpan<long> QuantitySpan => _columns.AsSpan(QuantitiesFrom, Count);

    /// <summary>Adds a trade; the chunk must not be full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in AggTrade trade)
    {
        var i = Count;
        Put(ref Unsafe.Add(ref Prices, i), trade);
        Count = i + 1;
    }

    /// <summary>Adds trades until they reach a volume or the chunk is full.</summary>
    /// <param name="trades">The trades.</param>
    /// <param name="volume">Volume so far, times 10^8; that of the trades taken is added.</param>
    /// <param name="threshold">Volume to reach, times 10^8.</param>
    /// <returns>The number of trades taken.</returns>
    public int AddUntil(ReadOnlySpan<AggTrade> trades, ref long volume, long threshold)
    {
        ref var place = ref Unsafe.Add(ref Prices, Count);
        ref var trade = ref MemoryMarshal.GetReference(trades);
        var room = Math.Min(trades.Length, Max - Count);
        var sum = volume;
        var taken = 0;
        for (; taken < room && sum < threshold; taken++)
        {
            Put(ref place, trade);
            sum += trade.QuantityE8;
            place = ref Unsafe.Add(ref place, 1);
            trade = ref Unsafe.Add(ref trade, 1);
        }
        volume = sum;
        Count += taken;
        return taken;
    }

    /// <summary>Forgets the trades but for the last price.</summary>
    public void Clear()
    {
        _columns[0] = _columns[Count];
        Count = 0;
    }

    /// <summary>All bits set in the lanes of trades from <paramref name="start"/> on that exist.</summary>
    public Vector256<long> Existing(int start) =>
        Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)(Count - start)));

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(TradeChunk), 1);
        writer.Write(_columns[0]);
        writer.Write(Count);
        for (var i = 0; i < Count; i++)
        {
            writer.Write(_columns[i + 1]);
            writer.Write(_columns[QuantitiesFrom + i]);
            writer.Write(_columns[BoughtFrom + i] != 0);
        }
    }

    public static TradeChunk Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(TradeChunk), 1);
        var chunk = new TradeChunk();
        chunk._columns[0] = reader.ReadInt64();
        var count = reader.ReadInt32();
        if (count is < 0 or >= Max) throw new InvalidDataException($"snapshot of a chunk of trades is damaged: it claims {count} trades");
        for (; chunk.Count < count; chunk.Count++)
        {
            var (price, quantity, bought) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean());
            if (price is < 1 or > Fixed8.Max || quantity is < 1 or > Fixed8.Max)
                throw new InvalidDataException("snapshot of a chunk of trades is damaged: a price or a quantity is out of bounds");
            chunk._columns[chunk.Count + 1] = price;
            chunk._columns[QuantitiesFrom + chunk.Count] = quantity;
            chunk._columns[BoughtFrom + chunk.Count] = bought ? -1 : 0;
        }
        return chunk;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref long price, in AggTrade trade)
    {
        price = trade.PriceE8;
        Unsafe.Add(ref price, QuantitiesFrom - 1) = trade.QuantityE8;
        Unsafe.Add(ref price, BoughtFrom - 1) = Unsafe.BitCast<bool, byte>(trade.IsBuyerMaker) - 1L;
    }
}
