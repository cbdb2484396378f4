namespace Granary.Exchange.Protocol;

/// <summary>Market data that is computed from what the protocol remembers: day statistics, single trades, mark and index candles, funding, open interest.</summary>
internal sealed class RestStatisticsEndpoints(StreamProtocol streams, RestOptions options)
{
    private const int MoneyScale = 8;

    public void AddTo(Dictionary<(string, string), RestRoute> routes)
    {
        Get("/fapi/v1/ticker/24hr", p => p.Find("symbol") is null ? 40 : 1, Day);
        Get("/fapi/v1/trades", _ => 5, c => Trades(c, hasFrom: false));
        Get("/fapi/v1/historicalTrades", _ => 20, c => Trades(c, hasFrom: true), RestSecurity.ApiKey);
        Get("/fapi/v1/continuousKlines", RestMarketEndpoints.KlinesWeight, Continuous);
        Get("/fapi/v1/markPriceKlines", RestMarketEndpoints.KlinesWeight, c => Prices(c, c.RequireSymbol(), history => history.Marks));
        Get("/fapi/v1/indexPriceKlines", RestMarketEndpoints.KlinesWeight, c => Prices(c, Pair(c), history => history.Indexes));
        Get("/fapi/v1/premiumIndexKlines", RestMarketEndpoints.KlinesWeight, c => Prices(c, c.RequireSymbol(), history => history.Premiums));
        Get("/fapi/v1/fundingRate", _ => 1, FundingRates);
        Get("/fapi/v1/fundingInfo", _ => 1, FundingInfo);
        Get("/fapi/v1/openInterest", _ => 1, OpenInterest);

        void Get(
            string path, Func<RequestParameters, int> weight, Action<RestRequestContext> answer, RestSecurity security = RestSecurity.None) =>
            routes.Add(("GET", path), new RestRoute(security, weight, false, answer));
    }

    private static SymbolFormat Pair(RestRequestContext c) => c.Symbols.Find(c.Parameters.Require("pair")) ?? throw VenueErrors.InvalidSymbol();

    private void Day(RestRequestContext c)
    {
        if (c.FindSymbol() is { } symbol)
        {
            Day(c, symbol);
            return;
        }
        c.Writer.BeginArray();
        foreach (var each in c.Symbols.All) Day(c, each);
        c.Writer.EndArray();
    }

    /// <summary>Before the first trade everything but the times is 0.</summary>
    private void Day(RestRequestContext c, SymbolFormat f)
    {
        var nowMs = c.Exchange.MarketTimeMs;
        var (day, last) = streams.ReadHistory(f.Symbol, history => (history.Day(nowMs), history.LastTrade));
        day ??= new Candle(Math.Max(0, nowMs - 86_400_000), 0);
        c.Writer.BeginObject().Name("symbol"u8).Text(f.Symbol).Name("priceChange"u8).E8(day.CloseE8 - day.OpenE8, f.PriceScale)
            .Name("priceChangePercent"u8).Decimal(day.OpenE8 == 0 ? 0 : MarketEvents.ChangePercent(day), 3)
            .Name("weightedAvgPrice"u8).Decimal(MarketEvents.Average(f, day), f.AverageScale).Name("lastPrice"u8).E8(day.CloseE8, f.PriceScale)
            .Name("lastQty"u8).E8(last?.QuantityE8 ?? 0, f.QuantityScale).Name("openPrice"u8).E8(day.OpenE8, f.PriceScale)
            .Name("highPrice"u8).E8(day.HighE8, f.PriceScale).Name("lowPrice"u8).E8(day.LowE8, f.PriceScale)
            .Name("volume"u8).Decimal(day.Quantity, f.QuantityScale).Name("quoteVolume"u8).Decimal(day.Quote, 5).Name("openTime"u8).Number(day.OpenMs)
            .Name("closeTime"u8).Number(last?.TimeMs ?? nowMs).Name("firstId"u8).Number(day.FirstTradeId).Name("lastId"u8).Number(day.LastTradeId)
            .Name("count"u8).Number(day.Count).EndObject();
    }

    /// <summary>
    /// One trade per aggregate under its last id: single fills are not kept. From an id the next ones, otherwise the latest; oldest first.
    /// </summary>
    private static void Trades(RestRequestContext c, bool hasFrom)
    {
        var symbol = c.RequireSymbol();
        var limit = c.Parameters.Limit(hasFrom ? 100 : 500, hasFrom ? 500 : 1000);
        var fromId = hasFrom ? c.Parameters.FindLong("fromId") : null;
        var trades = fromId is { } id
            ? c.Exchange.GetAggTrades(symbol.Symbol, FirstWith(c, symbol.Symbol, id), limit)
            : c.Exchange.GetAggTrades(symbol.Symbol, -1, limit);
        c.Writer.BeginArray();
        foreach (var trade in trades)
        {
            c.Writer.BeginObject().Name("id"u8).Number(trade.LastTradeId).Name("price"u8).E8(trade.PriceE8, symbol.PriceScale)
                .Name("qty"u8).E8(trade.QuantityE8, symbol.QuantityScale).Name("quoteQty"u8).Decimal(trade.Price * trade.Quantity, 2)
                .Name("time"u8).Number(trade.TimeMs).Name("isBuyerMaker"u8).Bool(trade.IsBuyerMaker).EndObject();
        }
        c.Writer.EndArray();
    }

    /// <summary>The aggregate with the first single trade at or after an id; trade ids rise with aggregate ids.</summary>
    private static long FirstWith(RestRequestContext c, string symbol, long tradeId)
    {
        if (c.Exchange.GetAggTrades(symbol, -1, 1) is not [var last]) return 0;
        var low = c.Exchange.GetAggTrades(symbol, 0, 1) is [var first] ? first.Id : last.Id;
        var high = last.Id + 1;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (c.Exchange.GetAggTrades(symbol, middle, 1) is [var trade] && trade.LastTradeId < tradeId) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static void Continuous(RestRequestContext c)
    {
        if (c.Parameters.Require("contractType") != "PERPETUAL") throw VenueErrors.InvalidParameter("contractType");
        Pair(c);
        KlineSeries.Answer(c);
    }

    /// <summary>Candles of the remembered minutes; the venue answers 0 for everything that only trades have.</summary>
    private void Prices(RestRequestContext c, SymbolFormat f, Func<SymbolHistory, IReadOnlyList<PriceCandle>> of)
    {
        var intervalMs = KlineInterval.FindMs(c.Parameters.Require("interval")) ?? throw VenueErrors.InvalidInterval();
        var limit = c.Parameters.Limit(500, 1500);
        var endMs = c.Parameters.FindLong("endTime") ?? long.MaxValue;
        var startMs = c.Parameters.FindLong("startTime") ?? KlineSeries.Before(intervalMs, Math.Min(endMs, c.Exchange.MarketTimeMs), limit - 1);
        var candles = streams.ReadHistory(f.Symbol, history => Fold(of(history), intervalMs, startMs, endMs)) ?? [];
        c.Writer.BeginArray();
        foreach (var candle in candles.Take(limit))
        {
            c.Writer.BeginArray().Number(candle.OpenMs).Decimal(candle.Open, MoneyScale).Decimal(candle.High, MoneyScale).Decimal(candle.Low, MoneyScale)
                .Decimal(candle.Close, MoneyScale).Value("\"0\""u8).Number(KlineInterval.NextMs(intervalMs, candle.OpenMs) - 1).Value("\"0\""u8)
                .Number(candle.Count).Value("\"0\""u8).Value("\"0\""u8).Value("\"0\""u8).EndArray();
        }
        c.Writer.EndArray();
    }

    private static List<PriceCandle> Fold(IReadOnlyList<PriceCandle> minutes, long intervalMs, long startMs, long endMs)
    {
        var candles = new List<PriceCandle>();
        foreach (var minute in minutes)
        {
            var openMs = KlineInterval.OpenMs(intervalMs, minute.OpenMs);
            if (openMs < startMs || openMs > endMs) continue;
            if (candles.Count == 0 || candles[^1].OpenMs != openMs)
            {
                candles.Add(new PriceCandle(openMs, minute.Open));
                candles[^1].Add(minute.High, minute.Low, minute.Close, minute.Count - 1);
            }
            else
            {
                candles[^1].Add(minute.High, minute.Low, minute.Close, minute.Count);
            }
        }
        return candles;
    }

    /// <summary>From a start the first ones, otherwise the latest; oldest first.</summary>
    private static void FundingRates(RestRequestContext c)
    {
        var only = c.FindSymbol();
        var limit = c.Parameters.Limit(100, 1000);
        var (startMs, endMs) = (c.Parameters.FindLong("startTime"), c.Parameters.FindLong("endTime") ?? long.MaxValue);
        var symbols = only is null ? c.Symbols.All : [only];
        var ordered = symbols.SelectMany(f => c.Exchange.GetFundingRates(f.Symbol, startMs ?? 0, endMs, int.MaxValue)).OrderBy(row => row.TimeMs);
        c.Writer.BeginArray();
        foreach (var row in startMs is null ? ordered.TakeLast(limit) : ordered.Take(limit))
        {
            c.Writer.BeginObject().Name("symbol"u8).Text(row.Symbol).Name("fundingTime"u8).Number(row.TimeMs)
                .Name("fundingRate"u8).Decimal(row.Rate, MoneyScale).Name("markPrice"u8).Decimal(row.MarkPrice, MoneyScale)
                .Name("rateType"u8).Value("\"Regular\""u8).EndObject();
        }
        c.Writer.EndArray();
    }

    private void FundingInfo(RestRequestContext c)
    {
        c.Writer.BeginArray();
        foreach (var f in c.Symbols.All)
        {
            c.Writer.BeginObject().Name("symbol"u8).Text(f.Symbol).Name("adjustedFundingRateCap"u8).Value("\"0.02000000\""u8)
                .Name("adjustedFundingRateFloor"u8).Value("\"-0.02000000\""u8).Name("fundingIntervalHours"u8).Number((long)options.FundingIntervalHours)
                .Name("disclaimer"u8).Bool(false).EndObject();
        }
        c.Writer.EndArray();
    }

    /// <summary>What the accounts hold on the larger side: the background market holds the rest of it.</summary>
    private void OpenInterest(RestRequestContext c)
    {
        var f = c.RequireSymbol();
        decimal longs = 0, shorts = 0;
        foreach (var position in options.AccountNames.SelectMany(account => c.Exchange.GetPositions(account, f.Symbol)))
        {
            if (position.Quantity > 0) longs += position.Quantity;
            else shorts -= position.Quantity;
        }
        c.Writer.BeginObject().Name("openInterest"u8).Decimal(Math.Max(longs, shorts), f.QuantityScale).Name("symbol"u8).Text(f.Symbol)
            .Name("time"u8).Number(c.Exchange.MarketTimeMs).EndObject();
    }
}
