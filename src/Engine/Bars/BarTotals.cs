using System.Runtime.CompilerServices;
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

    /// <summary>Takes a trade with a price and a quantity above 0. Which side took is as good as random, so it is a mask and not a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in AggTrade trade)
    {
        var price = trade.PriceE8;
        var quantity = trade.QuantityE8;
        if (TradeCount == 0)
        {
            FirstId = trade.Id;
            OpenTimeMs = trade.TimeMs;
            Open = High = Low = price;
        }
        High = Math.Max(High, price);
        Low = Math.Min(Low, price);
        LastId = trade.Id;
        CloseTimeMs = trade.TimeMs;
        Close = price;
        TradeCount++;
        Volume += quantity;
        var bought = Unsafe.BitCast<bool, byte>(trade.IsBuyerMaker) - 1L;
        var high = Math.BigMul((ulong)price, (ulong)quantity, out var low);
        QuoteVolume += new Int128(high, low);
        BuyQuoteVolume += new Int128(high & (ulong)bought, low & (ulong)bought);
        BuyVolume += quantity & bought;
        BuyTradeCount -= (int)bought;
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

    /// <summary>Writes everything but the index and the hole: what the trades alone determine.</summary>
    public readonly void WriteTrades(SnapshotWriter writer)
    {
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

    public readonly void Write(SnapshotWriter writer)
    {
        writer.Write(Index);
        writer.Write(HasHole);
        WriteTrades(writer);
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
