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
        var symbol = c.Parameters.Find("pair") is { } pair ? c.Symbols.Find(pair) ?? throw VenueErrors.InvalidSymbol() : c.RequireSymbol();
        var intervalMs = KlineInterval.FindMs(c.Parameters.Require("interval")) ?? throw VenueErrors.InvalidInterval();
        var limit = c.Parameters.Limit(500, LimitMax);
        var endMs = Math.Min(c.Parameters.FindLong("endTime") ?? long.MaxValue, c.Exchange.MarketTimeMs);
        var startMs = c.Parameters.FindLong("startTime") ?? Before(intervalMs, endMs, limit - 1);
        var firstMs = KlineInterval.OpenMs(intervalMs, Math.Max(0, startMs));
        startMs = firstMs < startMs ? KlineInterval.NextMs(intervalMs, firstMs) : firstMs;
        c.Writer.BeginArray();
        var written = 0;
        Candle? open = null;
        foreach (var trade in Trades(c.Exchange, symbol.Symbol, Math.Max(0, startMs), endMs))
        {
            var openMs = KlineInterval.OpenMs(intervalMs, trade.TimeMs);
            while (open is not null && open.OpenMs < openMs && written < limit)
            {
                open.Write(c.Writer, symbol, KlineInterval.NextMs(intervalMs, open.OpenMs));
                written++;
                open = new Candle(KlineInterval.NextMs(intervalMs, open.OpenMs), open.CloseE8);
            }
            if (written == limit) break;
            open ??= new Candle(openMs, trade.PriceE8);
            open.Add(trade);
        }
        if (open is not null && written < limit) open.Write(c.Writer, symbol, KlineInterval.NextMs(intervalMs, open.OpenMs));
        c.Writer.EndArray();
    }

    /// <summary>Opening time of the candle that lies so many candles before a time; a month counts as 31 days.</summary>
    public static long Before(long intervalMs, long timeMs, int candles) =>
        KlineInterval.OpenMs(intervalMs, Math.Max(0, timeMs - (candles * (intervalMs == 0 ? 31 * 86_400_000L : intervalMs))));

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
}
