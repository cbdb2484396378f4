using System.Runtime.CompilerServices;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// Exact totals of consecutive trades, which can be merged with those of the trades that follow. Prices are times 10^8, volumes times 10^8 and quote volumes
/// times 10^16 in 128 bits: unlike a volume bar, a bar of time or of trades has no bound on its volume.
/// </summary>
internal record struct TradeTotals
{
    // Sums beyond this are no sums of trades: a damaged snapshot. Leaves room for further trades without overflow.
    private static readonly Int128 SumMax = Int128.MaxValue >> 2;

    public long FirstId;
    public long LastId;
    public long OpenTimeMs;
    public long CloseTimeMs;
    public long Open;
    public long High;
    public long Low;
    public long Close;
    public Int128 Volume;
    public Int128 BuyVolume;
    public Int128 QuoteVolume;
    public Int128 BuyQuoteVolume;
    public int TradeCount;
    public int BuyTradeCount;

    public readonly Int128 SellVolume => Volume - BuyVolume;

    public readonly Int128 SellQuoteVolume => QuoteVolume - BuyQuoteVolume;

    public readonly int SellTradeCount => TradeCount - BuyTradeCount;

    /// <summary>No trades at a price.</summary>
    public static TradeTotals Flat(long price) => new() { Open = price, High = price, Low = price, Close = price };

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
        LastId = trade.Id;
        CloseTimeMs = trade.TimeMs;
        Close = price;
        High = Math.Max(High, price);
        Low = Math.Min(Low, price);

        // The taker's side is close to a coin toss, which no branch predictor foresees: all bits set when the taker bought, else none.
        var bought = Unsafe.BitCast<bool, byte>(trade.IsBuyerMaker) - 1L;
        Volume += quantity;
        BuyVolume += quantity & bought;
        QuoteVolume += Math.BigMul(price, quantity);
        BuyQuoteVolume += Math.BigMul(price, quantity & bought);
        TradeCount++;
        BuyTradeCount -= (int)bought;
    }

    /// <summary>Appends the trades of <paramref name="later"/>, all of which follow those held.</summary>
    public void Merge(in TradeTotals later)
    {
        if (later.TradeCount == 0) return;
        if (TradeCount == 0)
        {
            this = later;
            return;
        }
        LastId = later.LastId;
        CloseTimeMs = later.CloseTimeMs;
        Close = later.Close;
        High = Math.Max(High, later.High);
        Low = Math.Min(Low, later.Low);
        Volume += later.Volume;
        BuyVolume += later.BuyVolume;
        QuoteVolume += later.QuoteVolume;
        BuyQuoteVolume += later.BuyQuoteVolume;
        TradeCount += later.TradeCount;
        BuyTradeCount += later.BuyTradeCount;
    }

    /// <summary>A bar of these trades.</summary>
    /// <exception cref="OverflowException">The quote volume has more digits than a decimal holds.</exception>
    public readonly Bar ToBar(long index, bool isComplete) => new(
        index,
        FirstId,
        LastId,
        OpenTimeMs,
        CloseTimeMs,
        Fixed8.ToDecimal(Open),
        Fixed8.ToDecimal(High),
        Fixed8.ToDecimal(Low),
        Fixed8.ToDecimal(Close),
        ToDecimalE8(Volume),
        Fixed8.ToDecimalE16(QuoteVolume),
        TradeCount,
        ToDecimalE8(BuyVolume),
        ToDecimalE8(SellVolume),
        Fixed8.ToDecimalE16(BuyQuoteVolume),
        Fixed8.ToDecimalE16(SellQuoteVolume),
        BuyTradeCount,
        SellTradeCount,
        isComplete);

    /// <summary>The decimal of a volume, which may exceed 64 bits.</summary>
    public static decimal ToDecimalE8(Int128 e8) =>
        e8 >= long.MinValue && e8 <= long.MaxValue ? Fixed8.ToDecimal((long)e8) : Fixed8.ToDecimalE16(e8 * Fixed8.One);

    public readonly void Write(SnapshotWriter writer)
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

    /// <exception cref="InvalidDataException">The totals cannot be those of trades.</exception>
    public static TradeTotals Read(ref SnapshotReader reader)
    {
        var totals = new TradeTotals
        {
            FirstId = reader.ReadInt64(),
            LastId = reader.ReadInt64(),
            OpenTimeMs = reader.ReadInt64(),
            CloseTimeMs = reader.ReadInt64(),
            Open = reader.ReadInt64(),
            High = reader.ReadInt64(),
            Low = reader.ReadInt64(),
            Close = reader.ReadInt64(),
            Volume = reader.ReadInt128(),
            BuyVolume = reader.ReadInt128(),
            QuoteVolume = reader.ReadInt128(),
            BuyQuoteVolume = reader.ReadInt128(),
            TradeCount = reader.ReadInt32(),
            BuyTradeCount = reader.ReadInt32(),
        };
        if (!totals.ArePossible()) throw new InvalidDataException("snapshot is damaged: the totals of a bar contradict each other");
        return totals;
    }

    private readonly bool ArePossible() =>
        TradeCount >= 0 && BuyTradeCount >= 0 && BuyTradeCount <= TradeCount
        && Open >= Low && Open <= High && Close >= Low && Close <= High && Low >= 0 && (Low > 0 || TradeCount == 0)
        && IsPart(BuyVolume, Volume) && IsPart(BuyQuoteVolume, QuoteVolume) && Volume > 0 == TradeCount > 0;

    private static bool IsPart(Int128 part, Int128 whole) => part >= 0 && part <= whole && whole <= SumMax;
}
