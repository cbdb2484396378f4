using System.Runtime.CompilerServices;
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

    private const int Slack = 8;

    // Item 0 is the price before the chunk, 0 before the first trade of the stream.
    private readonly long[] _prices = new long[1 + Max + Slack];
    private readonly long[] _quantities = new long[Max + Slack];
    private readonly long[] _bought = new long[Max + Slack];

    public int Count { get; private set; }

    public bool IsFull => Count == Max;

    /// <summary>The prices of the trades before: that of trade i is item i.</summary>
    public ref readonly long Previous => ref _prices[0];

    public ref readonly long Prices => ref _prices[1];

    public ref readonly long Quantities => ref _quantities[0];

    /// <summary>All bits set where the taker bought, else 0.</summary>
    public ref readonly long Bought => ref _bought[0];

    public ReadOnlySpan<long> QuantitySpan => _quantities.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in AggTrade trade)
    {
        var i = Count;
        _prices[i + 1] = trade.PriceE8;
        _quantities[i] = trade.QuantityE8;
        _bought[i] = Unsafe.BitCast<bool, byte>(trade.IsBuyerMaker) - 1L;
        Count = i + 1;
    }

    /// <summary>Forgets the trades but for the last price.</summary>
    public void Clear()
    {
        _prices[0] = _prices[Count];
        Count = 0;
    }

    /// <summary>All bits set in the lanes of trades from <paramref name="start"/> on that exist.</summary>
    public Vector256<long> Existing(int start) =>
        Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)(Count - start)));

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(TradeChunk), 1);
        writer.Write(_prices[0]);
        writer.Write(Count);
        for (var i = 0; i < Count; i++)
        {
            writer.Write(_prices[i + 1]);
            writer.Write(_quantities[i]);
            writer.Write(_bought[i] != 0);
        }
    }

    public static TradeChunk Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(TradeChunk), 1);
        var chunk = new TradeChunk();
        chunk._prices[0] = reader.ReadInt64();
        var count = reader.ReadInt32();
        if (count is < 0 or >= Max) throw new InvalidDataException($"snapshot of a chunk of trades is damaged: it claims {count} trades");
        for (var i = 0; i < count; i++)
        {
            chunk._prices[i + 1] = reader.ReadInt64();
            chunk._quantities[i] = reader.ReadInt64();
            chunk._bought[i] = reader.ReadBoolean() ? -1 : 0;
            if (chunk._prices[i + 1] is < 1 or > Fixed8.Max || chunk._quantities[i] is < 1 or > Fixed8.Max)
                throw new InvalidDataException("snapshot of a chunk of trades is damaged: a price or a quantity is out of bounds");
        }
        chunk.Count = count;
        return chunk;
    }
}
