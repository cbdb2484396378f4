using Granary.Engine.Market;

namespace Granary.Exchange.Protocol;

/// <summary>A candle in the making. One without trades repeats the price it began with, at no volume.</summary>
internal sealed class Candle(long openMs, long priceE8)
{
    private long _openE8 = priceE8;
    private Int128 _quantityE8;
    private Int128 _buyQuantityE8;
    private Int128 _quoteE16;
    private Int128 _buyQuoteE16;

    public long OpenMs { get; } = openMs;

    public long OpenE8 => _openE8;

    public long HighE8 { get; private set; } = priceE8;

    public long LowE8 { get; private set; } = priceE8;

    public long CloseE8 { get; private set; } = priceE8;

    /// <summary>Single trades.</summary>
    public long Count { get; private set; }

    public long FirstTradeId { get; private set; } = -1;

    public long LastTradeId { get; private set; } = -1;

    public decimal Quantity => (decimal)_quantityE8 / Fixed8.One;

    public decimal Quote => Fixed8.ToDecimalE16(_quoteE16);

    public decimal BuyQuantity => (decimal)_buyQuantityE8 / Fixed8.One;

    public decimal BuyQuote => Fixed8.ToDecimalE16(_buyQuoteE16);

    public void Add(in AggTrade trade)
    {
        if (Count == 0)
        {
            _openE8 = HighE8 = LowE8 = trade.PriceE8;
            FirstTradeId = trade.FirstTradeId;
        }
        HighE8 = Math.Max(HighE8, trade.PriceE8);
        LowE8 = Math.Min(LowE8, trade.PriceE8);
        CloseE8 = trade.PriceE8;
        LastTradeId = trade.LastTradeId;
        Count += trade.TradeCount;
        _quantityE8 += trade.QuantityE8;
        _quoteE16 += (Int128)trade.PriceE8 * trade.QuantityE8;
        if (trade.IsBuyerMaker) return;
        _buyQuantityE8 += trade.QuantityE8;
        _buyQuoteE16 += (Int128)trade.PriceE8 * trade.QuantityE8;
    }

    /// <summary>Takes a later candle in.</summary>
    public void Add(Candle later)
    {
        if (later.Count == 0) return;
        if (Count == 0)
        {
            _openE8 = HighE8 = LowE8 = later._openE8;
            FirstTradeId = later.FirstTradeId;
        }
        HighE8 = Math.Max(HighE8, later.HighE8);
        LowE8 = Math.Min(LowE8, later.LowE8);
        CloseE8 = later.CloseE8;
        LastTradeId = later.LastTradeId;
        Count += later.Count;
        _quantityE8 += later._quantityE8;
        _quoteE16 += later._quoteE16;
        _buyQuantityE8 += later._buyQuantityE8;
        _buyQuoteE16 += later._buyQuoteE16;
    }

    public void Write(WireWriter w, SymbolFormat f, long nextMs) => w.BeginArray().Number(OpenMs)
        .E8(_openE8, f.PriceScale).E8(HighE8, f.PriceScale).E8(LowE8, f.PriceScale).E8(CloseE8, f.PriceScale)
        .Decimal(Quantity, f.QuantityScale).Number(nextMs - 1).Decimal(Quote, 5)
        .Number(Count).Decimal(BuyQuantity, f.QuantityScale).Decimal(BuyQuote, 5).Value("\"0\""u8).EndArray();
}
