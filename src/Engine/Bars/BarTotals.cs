using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// A bar while it is being built: prices and volumes times 10^8, quote volumes times 10^16, all exact. What belongs to sellers is the difference.
/// </summary>
internal struct BarTotals
{
    public long Index;
    public long FirstId;
    public long LastId;
    public long OpenTimeMs;
    public long CloseTimeMs;
    public long Open;
    public long High;
    public long Low;
    public long Close;
    public long Volume;
    public long BuyVolume;
    public Int128 QuoteVolume;
    public Int128 BuyQuoteVolume;
    public int TradeCount;
    public int BuyTradeCount;
    public bool HasHole;

    public readonly long SellVolume => Volume - BuyVolume;

    public readonly long Delta => BuyVolume - SellVolume;

    public readonly Int128 SellQuoteVolume => QuoteVolume - BuyQuoteVolume;

    public readonly int SellTradeCount => TradeCount - BuyTradeCount;

    public readonly long DurationMs => CloseTimeMs - OpenTimeMs;

    /// <summary>
    /// Takes the sums of a chunk's trades, whose prices and quantities are above 0; ids, times and the opening price are the caller's. Which side took is as
    /// good as random, so it is a mask and not a branch.
    /// </summary>
    public void Add(TradeChunk chunk)
    {
        var n = chunk.Count;
        if (n == 0) return;
        AddVectors(chunk, n);
        ref var prices = ref chunk.Prices;
        ref var quantities = ref chunk.Quantities;
        ref var bought = ref chunk.Bought;
        ulong quoteHigh = 0, quoteLow = 0, buyHigh = 0, buyLow = 0;
        for (var i = 0; i < n; i++)
        {
            var side = (ulong)Unsafe.Add(ref bought, i);
            var price = (ulong)Unsafe.Add(ref prices, i);
            var quantity = (ulong)Unsafe.Add(ref quantities, i);

            // The lower half comes from a product of its own: taking it from BigMul goes through memory.
            var high = Math.BigMul(price, quantity, out _);
            var low = price * quantity;
            quoteLow += low;
            quoteHigh += high + (quoteLow < low ? 1UL : 0);
            low &= side;
            buyLow += low;
            buyHigh += (high & side) + (buyLow < low ? 1UL : 0);
        }
        QuoteVolume += new Int128(quoteHigh, quoteLow);
        BuyQuoteVolume += new Int128(buyHigh, buyLow);
        Close = Unsafe.Add(ref prices, n - 1);
        TradeCount += n;
    }

    /// <summary>Takes trades, whose prices and quantities are above 0, until they reach a volume: a whole bar in one loop.</summary>
    /// <param name="trades">One or more; the totals are those of a bar without trades.</param>
    /// <param name="threshold">Volume to reach, times 10^8.</param>
    /// <returns>The number of trades taken.</returns>
    public int AddUntil(ReadOnlySpan<AggTrade> trades, long threshold)
    {
        ref readonly var first = ref trades[0];
        long high = first.PriceE8, low = first.PriceE8, volume = 0, buyVolume = 0, buyCount = 0;
        ulong quoteHigh = 0, quoteLow = 0, buyHigh = 0, buyLow = 0;
        ref var trade = ref MemoryMarshal.GetReference(trades);
        ref var end = ref Unsafe.Add(ref trade, trades.Length);
        while (volume < threshold && Unsafe.IsAddressLessThan(ref trade, ref end))
        {
            var price = trade.PriceE8;
            var quantity = trade.QuantityE8;
            var bought = Unsafe.BitCast<bool, byte>(trade.IsBuyerMaker) - 1L;
            trade = ref Unsafe.Add(ref trade, 1);
            volume += quantity;
            buyVolume += quantity & bought;
            buyCount -= bought;
            high = Math.Max(high, price);
            low = Math.Min(low, price);
            var productHigh = Math.BigMul((ulong)price, (ulong)quantity, out _);
            var productLow = (ulong)price * (ulong)quantity;
            quoteLow += productLow;
            quoteHigh += productHigh + (quoteLow < productLow ? 1UL : 0);
            productLow &= (ulong)bought;
            buyLow += productLow;
            buyHigh += (productHigh & (ulong)bought) + (buyLow < productLow ? 1UL : 0);
        }
        ref readonly var last = ref Unsafe.Subtract(ref trade, 1);
        (FirstId, LastId, OpenTimeMs, CloseTimeMs) = (first.Id, last.Id, first.TimeMs, last.TimeMs);
        (Open, High, Low, Close) = (first.PriceE8, high, low, last.PriceE8);
        (Volume, BuyVolume, BuyTradeCount) = (volume, buyVolume, (int)buyCount);
        (QuoteVolume, BuyQuoteVolume) = (new Int128(quoteHigh, quoteLow), new Int128(buyHigh, buyLow));
        TradeCount = (int)(Unsafe.ByteOffset(ref MemoryMarshal.GetReference(trades), ref trade) / Unsafe.SizeOf<AggTrade>());
        return TradeCount;
    }

    public readonly Bar ToBar() => new(
        Index,
        FirstId,
        LastId,
        OpenTimeMs,
        CloseTimeMs,
        Fixed8.ToDecimal(Open),
        Fixed8.ToDecimal(High),
        Fixed8.ToDecimal(Low),
        Fixed8.ToDecimal(Close),
        Fixed8.ToDecimal(Volume),
        Fixed8.ToDecimalE16(QuoteVolume),
        TradeCount,
        Fixed8.ToDecimal(BuyVolume),
        Fixed8.ToDecimal(SellVolume),
        Fixed8.ToDecimalE16(BuyQuoteVolume),
        Fixed8.ToDecimalE16(SellQuoteVolume),
        BuyTradeCount,
        SellTradeCount,
        !HasHole);

    private void AddVectors(TradeChunk chunk, int n)
    {
        Vector256<long> highs = Vector256.Create(High), lows = Vector256.Create(Low == 0 ? long.MaxValue : Low);
        Vector256<long> volumes = default, buyVolumes = default, buyCounts = default;
        for (var i = 0; i < n; i += Vector256<long>.Count)
        {
            var exists = chunk.Existing(i);
            var price = Vector256.LoadUnsafe(ref chunk.Prices, (nuint)i) & exists;
            var quantity = Vector256.LoadUnsafe(ref chunk.Quantities, (nuint)i) & exists;
            var bought = Vector256.LoadUnsafe(ref chunk.Bought, (nuint)i) & exists;
            highs = Vector256.Max(highs, price);
            lows = Vector256.Min(lows, price | Vector256.AndNot(Vector256.Create(long.MaxValue), exists));
            volumes += quantity;
            buyVolumes += quantity & bought;
            buyCounts -= bought;
        }
        High = Math.Max(Math.Max(highs[0], highs[1]), Math.Max(highs[2], highs[3]));
        Low = Math.Min(Math.Min(lows[0], lows[1]), Math.Min(lows[2], lows[3]));
        Volume += Vector256.Sum(volumes);
        BuyVolume += Vector256.Sum(buyVolumes);
        BuyTradeCount += (int)Vector256.Sum(buyCounts);
    }

    public readonly void Write(SnapshotWriter writer)
    {
        writer.Write(Index);
        writer.Write(HasHole);
        writer.Write(FirstId);
        writer.Write(LastId);
        writer.Write(OpenTimeMs);
        writer.Write(CloseTimeMs);
        writer.Write(Open);
        writer.Write(High);
        writer.Write(Low);
        writer.Write(Close);
        writer.Write(Volume);
        writer.Write(BuyVolume);
        writer.Write(QuoteVolume);
        writer.Write(BuyQuoteVolume);
        writer.Write(TradeCount);
        writer.Write(BuyTradeCount);
    }

    public static BarTotals Read(ref SnapshotReader reader) => new()
    {
        Index = reader.ReadInt64(),
        HasHole = reader.ReadBoolean(),
        FirstId = reader.ReadInt64(),
        LastId = reader.ReadInt64(),
        OpenTimeMs = reader.ReadInt64(),
        CloseTimeMs = reader.ReadInt64(),
        Open = reader.ReadInt64(),
        High = reader.ReadInt64(),
        Low = reader.ReadInt64(),
        Close = reader.ReadInt64(),
        Volume = reader.ReadInt64(),
        BuyVolume = reader.ReadInt64(),
        QuoteVolume = reader.ReadInt128(),
        BuyQuoteVolume = reader.ReadInt128(),
        TradeCount = reader.ReadInt32(),
        BuyTradeCount = reader.ReadInt32(),
    };
}
