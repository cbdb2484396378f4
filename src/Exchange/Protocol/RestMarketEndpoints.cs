using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Market data: no key is demanded.</summary>
internal static class RestMarketEndpoints
{
    private const int MoneyScale = 8;

    private static readonly int[] DepthLimits = [5, 10, 20, 50, 100, 500, 1000];

    public static void AddTo(Dictionary<(string, string), RestRoute> routes, RestOptions options)
    {
        Get("/fapi/v1/ping", _ => 1, c => c.Writer.BeginObject().EndObject());
        Get("/fapi/v1/time", _ => 1, c => c.Writer.BeginObject().Name("serverTime"u8).Number(c.NowMs).EndObject());
        Get("/fapi/v1/exchangeInfo", _ => 1, c => ExchangeInfoJson.Write(c.Writer, c.Symbols, c.Exchange, options, c.NowMs));
        Get("/fapi/v1/depth", DepthWeight, Depth);
        // There are no retail price improvement orders here, so this book is the same one.
        Get("/fapi/v1/rpiDepth", _ => 20, Depth);
        Get("/fapi/v1/aggTrades", _ => 20, AggTrades);
        Get("/fapi/v1/klines", KlinesWeight, KlineSeries.Answer);
        Get("/fapi/v1/premiumIndex", p => p.Find("symbol") is null ? 10 : 1, c => OneOrAll(c, PremiumIndex));
        Get("/fapi/v1/ticker/bookTicker", p => p.Find("symbol") is null ? 5 : 2, c => OneOrAll(c, BookTicker));
        Get("/fapi/v1/ticker/price", p => p.Find("symbol") is null ? 2 : 1, c => OneOrAll(c, Price));
        Get("/fapi/v2/ticker/price", p => p.Find("symbol") is null ? 2 : 1, c => OneOrAll(c, Price));

        void Get(string path, Func<RequestParameters, int> weight, Action<RestRequestContext> answer) =>
            routes.Add(("GET", path), new RestRoute(RestSecurity.None, weight, false, answer));
    }

    private static int DepthWeight(RequestParameters parameters) => parameters.FindLong("limit") switch
    {
        <= 50 => 2,
        <= 100 => 5,
        null or <= 500 => 10,
        _ => 20,
    };

    /// <summary>Weight of a request for candles.</summary>
    public static int KlinesWeight(RequestParameters parameters) => parameters.FindLong("limit") switch
    {
        < 100 => 1,
        < 500 => 2,
        null or <= 1000 => 5,
        _ => 10,
    };

    private static void OneOrAll(RestRequestContext c, Action<RestRequestContext, SymbolFormat> write)
    {
        if (c.FindSymbol() is { } symbol)
        {
            write(c, symbol);
            return;
        }
        c.Writer.BeginArray();
        foreach (var each in c.Symbols.All) write(c, each);
        c.Writer.EndArray();
    }

    private static void Depth(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var limit = c.Parameters.Limit(500, 1000);
        if (!DepthLimits.Contains(limit)) throw VenueErrors.InvalidParameter("limit");
        var depth = c.Exchange.GetDepth(symbol.Symbol, limit);
        c.Writer.BeginObject().Name("lastUpdateId"u8).Number(depth.LastUpdateId).Name("E"u8).Number(c.NowMs).Name("T"u8).Number(depth.TimeMs).Name("bids"u8);
        StreamEvents.Levels(c.Writer, symbol, depth.Bids).Name("asks"u8);
        StreamEvents.Levels(c.Writer, symbol, depth.Asks).EndObject();
    }

    private static void AggTrades(RestRequestContext c)
    {
        var symbol = c.RequireSymbol();
        var limit = c.Parameters.Limit(500, 1000);
        var startMs = c.Parameters.FindLong("startTime");
        var endMs = c.Parameters.FindLong("endTime");
        var fromId = c.Parameters.FindLong("fromId") ?? -1;
        if (fromId < 0 && startMs is { } start) fromId = AggTradeHistory.FirstIdAt(c.Exchange, symbol.Symbol, start);
        c.Writer.BeginArray();
        foreach (var trade in c.Exchange.GetAggTrades(symbol.Symbol, fromId, limit))
        {
            if (trade.TimeMs > endMs || trade.TimeMs < startMs) continue;
            c.Writer.BeginObject().Name("a"u8).Number(trade.Id).Name("p"u8).E8(trade.PriceE8, symbol.PriceScale)
                .Name("q"u8).E8(trade.QuantityE8, symbol.QuantityScale).Name("nq"u8).E8(trade.QuantityE8, symbol.QuantityScale)
                .Name("f"u8).Number(trade.FirstTradeId).Name("l"u8).Number(trade.LastTradeId).Name("T"u8).Number(trade.TimeMs)
                .Name("m"u8).Bool(trade.IsBuyerMaker).EndObject();
        }
        c.Writer.EndArray();
    }

    private static void PremiumIndex(RestRequestContext c, SymbolFormat symbol)
    {
        var mark = c.Exchange.GetMarkPrice(symbol.Symbol);
        c.Writer.BeginObject().Name("symbol"u8).Text(symbol.Symbol).Name("markPrice"u8).Decimal(mark.Mark, MoneyScale)
            .Name("indexPrice"u8).Decimal(mark.Index, MoneyScale).Name("estimatedSettlePrice"u8).Decimal(mark.Mark, MoneyScale)
            .Name("lastFundingRate"u8).Decimal(mark.FundingRate, MoneyScale).Name("interestRate"u8).Value("\"0.00010000\""u8)
            .Name("nextFundingTime"u8).Number(mark.NextFundingTimeMs).Name("time"u8).Number(mark.TimeMs).EndObject();
    }

    private static void BookTicker(RestRequestContext c, SymbolFormat symbol)
    {
        var ticker = c.Exchange.GetBookTicker(symbol.Symbol);
        c.Writer.BeginObject().Name("symbol"u8).Text(symbol.Symbol)
            .Name("bidPrice"u8).E8(ticker.BidPriceE8, symbol.PriceScale).Name("bidQty"u8).E8(ticker.BidQuantityE8, symbol.QuantityScale)
            .Name("askPrice"u8).E8(ticker.AskPriceE8, symbol.PriceScale).Name("askQty"u8).E8(ticker.AskQuantityE8, symbol.QuantityScale)
            .Name("time"u8).Number(ticker.TimeMs).EndObject();
    }

    /// <summary>The last trade's price; before the first trade the mark price.</summary>
    private static void Price(RestRequestContext c, SymbolFormat symbol)
    {
        c.Writer.BeginObject().Name("symbol"u8).Text(symbol.Symbol).Name("price"u8);
        if (c.Exchange.GetAggTrades(symbol.Symbol, -1, 1) is [var last]) c.Writer.E8(last.PriceE8, symbol.PriceScale).Name("time"u8).Number(last.TimeMs);
        else c.Writer.Decimal(c.Exchange.GetMarkPrice(symbol.Symbol).Mark, symbol.PriceScale).Name("time"u8).Number(c.Exchange.MarketTimeMs);
        c.Writer.EndObject();
    }
}
