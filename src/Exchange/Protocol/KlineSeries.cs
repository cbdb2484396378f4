using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// Candles, computed on request from the remembered aggregate trades. Minutes without a trade inside the series repeat the last close with no volume. A request
/// scans at most <see cref="TradesMax"/> trades and answers the candles that they complete.
/// </summary>
internal static class KlineSeries
{
    private const int TradesMax = 500_000;
    private const int PageMax = 1000;
    private const int LimitMax = 1500;

    public static void Answer(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var intervalMs = IntervalMs(c.Parameters.Require("interval"));
        var limit = c.Parameters.Limit(500, LimitMax);
        var endMs = Math.Min(c.Parameters.FindLong("endTime") ?? long.MaxValue, c.Exchange.MarketTimeMs);
        var startMs = c.Parameters.FindLong("startTime") ?? ((endMs / intervalMs) - limit + 1) * intervalMs;
        startMs = (startMs + intervalMs - 1) / intervalMs * intervalMs;
        c.Writer.BeginArray();
        var written = 0;
        Candle? open = null;
        foreach (var trade in Trades(c.Exchange, symbol.Symbol, Math.Max(0, startMs), endMs))
        {
            var openMs = trade.TimeMs / intervalMs * intervalMs;
            while (open is not null && open.OpenMs < openMs && written < limit)
            {
                open.Write(c.Writer, symbol, intervalMs);
                written++;
                open = new Candle(open.OpenMs + intervalMs, open.CloseE8);
            }
            if (written == limit) break;
            open ??= new Candle(openMs, trade.PriceE8);
            open.Add(trade);
        }
        if (open is not null && written < limit) open.Write(c.Writer, symbol, intervalMs);
        c.Writer.EndArray();
    }

    private static IEnumerable<AggTrade> Trades(IExchange exchange, string symbol, long startMs, long endMs)
    {
        var nextId = AggTradeHistory.FirstIdAt(exchange, symbol, startMs);
        for (var scanned = 0; scanned < TradesMax; scanned += PageMax)
        {
            var page = exchange.GetAggTrades(symbol, nextId, PageMax);
            foreach (var trade in page)
            {
                if (trade.TimeMs > endMs) yield break;
                yield return trade;
            }
            if (page.Count < PageMax) yield break;
            nextId = page[^1].Id + 1;
        }
    }

    private static long IntervalMs(string interval) => interval switch
    {
        "1m" => 60_000,
        "3m" => 180_000,
        "5m" => 300_000,
        "15m" => 900_000,
        "30m" => 1_800_000,
        "1h" => 3_600_000,
        "2h" => 7_200_000,
        "4h" => 14_400_000,
        "1d" => 86_400_000,
        _ => throw VenueErrors.InvalidInterval(),
    };

    private sealed class Candle(long openMs, long priceE8)
    {
        private long _openE8 = priceE8;
        private long _highE8 = priceE8;
        private long _lowE8 = priceE8;
        private Int128 _quantityE8;
        private Int128 _buyQuantityE8;
        private Int128 _quoteE16;
        private Int128 _buyQuoteE16;
        private long _count;

        public long OpenMs { get; } = openMs;

        public long CloseE8 { get; private set; } = priceE8;

        public void Add(in AggTrade trade)
        {
            if (_count == 0) _openE8 = _highE8 = _lowE8 = trade.PriceE8;
            _highE8 = Math.Max(_highE8, trade.PriceE8);
            _lowE8 = Math.Min(_lowE8, trade.PriceE8);
            CloseE8 = trade.PriceE8;
            _count += trade.TradeCount;
            _quantityE8 += trade.QuantityE8;
            _quoteE16 += (Int128)trade.PriceE8 * trade.QuantityE8;
            if (trade.IsBuyerMaker) return;
            _buyQuantityE8 += trade.QuantityE8;
            _buyQuoteE16 += (Int128)trade.PriceE8 * trade.QuantityE8;
        }

        public void Write(WireWriter w, SymbolFormat f, long intervalMs) => w.BeginArray().Number(OpenMs)
            .E8(_openE8, f.PriceScale).E8(_highE8, f.PriceScale).E8(_lowE8, f.PriceScale).E8(CloseE8, f.PriceScale)
            .Decimal((decimal)_quantityE8 / Fixed8.One, f.QuantityScale).Number(OpenMs + intervalMs - 1).Decimal(Fixed8.ToDecimalE16(_quoteE16), 5)
            .Number(_count).Decimal((decimal)_buyQuantityE8 / Fixed8.One, f.QuantityScale).Decimal(Fixed8.ToDecimalE16(_buyQuoteE16), 5)
            .Value("\"0\""u8).EndArray();
    }
}
