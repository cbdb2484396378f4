using System.Text.Json;
using Granary.Engine.Market;

namespace Granary.Exchange.Tests.Protocol;

public class RestMarketTests
{
    private readonly ProtocolRig _rig = new();

    [Fact]
    public void Ping_and_time_answer()
    {
        _rig.Get("/fapi/v1/ping").ShouldBe("{}");
        _rig.Get("/fapi/v1/time").ShouldBe("""{"serverTime":1700000000000}""");
    }

    [Fact]
    public void Exchange_info_lists_every_symbol_with_its_filters()
    {
        using var json = JsonDocument.Parse(_rig.Get("/fapi/v1/exchangeInfo"));
        var root = json.RootElement;
        root.GetProperty("rateLimits").GetRawText().ShouldBe(
            """[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":2400},{"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":1200},{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":300}]""");
        root.GetProperty("timezone").GetString().ShouldBe("UTC");
        root.GetProperty("symbols").GetArrayLength().ShouldBe(2);
        var symbol = root.GetProperty("symbols")[0];
        symbol.EnumerateObject().Select(member => member.Name).ShouldBe(
            [
                "symbol", "pair", "contractType", "deliveryDate", "onboardDate", "status", "maintMarginPercent", "requiredMarginPercent", "baseAsset", "quoteAsset",
                "marginAsset", "pricePrecision", "quantityPrecision", "baseAssetPrecision", "quotePrecision", "underlyingType", "underlyingSubType", "settlePlan",
                "triggerProtect", "liquidationFee", "marketTakeBound", "filters", "orderTypes", "timeInForce",
            ],
            ignoreOrder: true);
        symbol.GetProperty("baseAsset").GetString().ShouldBe("BTC");
        symbol.GetProperty("quoteAsset").GetString().ShouldBe("USDT");
        symbol.GetProperty("requiredMarginPercent").GetString().ShouldBe("0.6667");
        symbol.GetProperty("filters").GetRawText().ShouldBe(
            """
            [{"filterType":"PRICE_FILTER","minPrice":"556.80","maxPrice":"4529764.00","tickSize":"0.10"},
            {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000.000","stepSize":"0.001"},
            {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120.000","stepSize":"0.001"},
            {"filterType":"MAX_NUM_ORDERS","limit":200},{"filterType":"MIN_NOTIONAL","notional":"5.0"},
            {"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500","multiplierDecimal":"4"},
            {"filterType":"POSITION_RISK_CONTROL","positionControlSide":"NONE"}]
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void Depth_has_the_symbols_scale_and_asks_the_exchange_for_the_limit()
    {
        _rig.Get("/fapi/v1/depth", "symbol=BTCUSDT&limit=5").ShouldBe(
            """{"lastUpdateId":100,"E":1700000000000,"T":1699999999993,"bids":[["60000.00","1.500"]],"asks":[["60000.10","0.002"]]}""");
        _rig.Exchange.Calls.ShouldBe(["GetDepth BTCUSDT 5"]);
    }

    [Fact]
    public void Book_ticker_of_one_symbol_is_an_object_and_of_all_an_array()
    {
        const string One = """{"symbol":"BTCUSDT","bidPrice":"60000.00","bidQty":"1.500","askPrice":"60000.10","askQty":"0.002","time":1699999999993}""";
        _rig.Get("/fapi/v1/ticker/bookTicker", "symbol=BTCUSDT").ShouldBe(One);
        _rig.Get("/fapi/v1/ticker/bookTicker").ShouldBe($"[{One},{One.Replace("BTCUSDT", "ETHUSDT")}]");
    }

    [Fact]
    public void Premium_index_has_eight_decimals()
    {
        const string One = """{"symbol":"BTCUSDT","markPrice":"60001.12345678","indexPrice":"60000.50000000","estimatedSettlePrice":"60001.12345678","lastFundingRate":"0.00010000","interestRate":"0.00010000","nextFundingTime":1700003600000,"time":1699999999991}""";
        _rig.Get("/fapi/v1/premiumIndex", "symbol=BTCUSDT").ShouldBe(One);
        _rig.Get("/fapi/v1/premiumIndex").ShouldBe($"[{One},{One.Replace("BTCUSDT", "ETHUSDT")}]");
    }

    [Fact]
    public void Price_is_the_last_trades_or_the_mark_before_the_first()
    {
        _rig.Get("/fapi/v1/ticker/price", "symbol=BTCUSDT").ShouldBe("""{"symbol":"BTCUSDT","price":"60001.12345678","time":1700000000000}""");
        _rig.Exchange.Trades.Add(Trade(7, FakeExchange.Start - 3, 60000.2m, 1m));
        _rig.Get("/fapi/v2/ticker/price", "symbol=BTCUSDT").ShouldBe("""{"symbol":"BTCUSDT","price":"60000.20","time":1699999999997}""");
    }

    [Fact]
    public void Agg_trades_come_from_an_id_from_a_time_or_from_the_end()
    {
        for (var i = 0; i < 50; i++) _rig.Exchange.Trades.Add(Trade(100 + i, FakeExchange.Start + (i / 2 * 10), 60000m + (i * 0.1m), 0.5m, count: 3, buyerMaker: i % 2 == 0));
        _rig.Get("/fapi/v1/aggTrades", "symbol=BTCUSDT&fromId=101&limit=1").ShouldBe(
            """[{"a":101,"p":"60000.10","q":"0.500","nq":"0.500","f":1010,"l":1012,"T":1700000000000,"m":false}]""");
        Ids("symbol=BTCUSDT&limit=3").ShouldBe([147, 148, 149]);
        Ids($"symbol=BTCUSDT&startTime={FakeExchange.Start + 21}&limit=3").ShouldBe([106, 107, 108]);
        Ids($"symbol=BTCUSDT&startTime={FakeExchange.Start + 20}&endTime={FakeExchange.Start + 30}").ShouldBe([104, 105, 106, 107]);
        Ids($"symbol=BTCUSDT&startTime={FakeExchange.Start + 100_000}").ShouldBe([]);
        Ids($"symbol=BTCUSDT&startTime=1").Length.ShouldBe(50);

        long[] Ids(string query)
        {
            using var json = JsonDocument.Parse(_rig.Get("/fapi/v1/aggTrades", query));
            return [.. json.RootElement.EnumerateArray().Select(trade => trade.GetProperty("a").GetInt64())];
        }
    }

    [Fact]
    public void Klines_equal_candles_computed_by_hand_and_bridge_silent_minutes()
    {
        const long Minute = 60_000;
        var t = FakeExchange.Start / Minute * Minute;
        _rig.Exchange.MarketTimeMs = t + (4 * Minute);
        _rig.Exchange.Trades.Add(Trade(1, t + 1, 100m, 1m, count: 2));
        _rig.Exchange.Trades.Add(Trade(2, t + 2, 103m, 0.5m, buyerMaker: true));
        _rig.Exchange.Trades.Add(Trade(3, t + Minute - 1, 99.5m, 2m));
        _rig.Exchange.Trades.Add(Trade(4, t + (2 * Minute), 101m, 1m));
        _rig.Get("/fapi/v1/klines", $"symbol=BTCUSDT&interval=1m&startTime={t}").ShouldBe(
            $"""
            [[{t},"100.00","103.00","99.50","99.50","3.500",{t + 59999},"350.50000",4,"3.000","299.00000","0"],
            [{t + 60000},"99.50","99.50","99.50","99.50","0.000",{t + 119999},"0.00000",0,"0.000","0.00000","0"],
            [{t + 120000},"101.00","101.00","101.00","101.00","1.000",{t + 179999},"101.00000",1,"1.000","101.00000","0"]]
            """.ReplaceLineEndings(""));
        using var limited = JsonDocument.Parse(_rig.Get("/fapi/v1/klines", $"symbol=BTCUSDT&interval=1m&startTime={t}&limit=2"));
        limited.RootElement.GetArrayLength().ShouldBe(2);
        ProtocolRig.Code(_rig.Call("GET", "/fapi/v1/klines", "symbol=BTCUSDT&interval=7m")).ShouldBe(-1120);
    }

    [Theory]
    [InlineData("/fapi/v1/depth", "", -1102)]
    [InlineData("/fapi/v1/depth", "symbol=", -1102)]
    [InlineData("/fapi/v1/depth", "symbol=NOPE", -1121)]
    [InlineData("/fapi/v1/depth", "symbol=btcusdt", -1121)]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT&limit=7", -1130)]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT&limit=x", -1102)]
    [InlineData("/fapi/v1/aggTrades", "symbol=BTCUSDT&limit=1001", -1130)]
    [InlineData("/fapi/v1/aggTrades", "symbol=BTCUSDT&limit=0", -1130)]
    [InlineData("/fapi/v1/premiumIndex", "symbol=NOPE", -1121)]
    public void Bad_requests_have_their_code(string path, string query, int code)
    {
        var reply = _rig.Call("GET", path, query);
        reply.Status.ShouldBe(400);
        ProtocolRig.Code(reply).ShouldBe(code);
    }

    [Theory]
    [InlineData("GET", "/fapi/v1/nothing")]
    [InlineData("PATCH", "/fapi/v1/ping")]
    [InlineData("GET", "/")]
    public void Unknown_paths_are_404(string method, string path)
    {
        var reply = _rig.Call(method, path);
        reply.Status.ShouldBe(404);
        ProtocolRig.Code(reply).ShouldBe(-5000);
        ProtocolRig.Text(reply).ShouldContain($"Path {path}, Method {method} is invalid");
    }

    [Fact]
    public void State_tells_progress_and_the_configured_accounts()
    {
        _rig.Exchange.Place("main", new("BTCUSDT", Engine.Orders.OrderSide.Buy, Engine.Orders.OrderType.Limit, Engine.Orders.TimeInForce.Gtc, 1m, 60000m, false, "a"));
        using var json = JsonDocument.Parse(_rig.Get("/granary/v1/state"));
        json.RootElement.GetProperty("progress").GetRawText().ShouldBe("""{"kind":"synthetic","trades":42,"finished":false,"error":null}""");
        var account = json.RootElement.GetProperty("accounts").EnumerateArray().ShouldHaveSingleItem();
        account.GetProperty("wallet").GetRawText().ShouldBe(
            """{"initial":"100000","balance":"100012.5","realizedPnl":"20","fees":"7.5","funding":"0","unrealizedPnl":"-3.25","available":"99000"}""");
        account.GetProperty("openOrderCount").GetInt32().ShouldBe(1);
        account.GetProperty("fillCount").GetInt32().ShouldBe(0);
    }

    internal static AggTrade Trade(long id, long timeMs, decimal price, decimal quantity, int count = 1, bool buyerMaker = false) =>
        new(id, timeMs, Fixed8.FromDecimal(price), Fixed8.FromDecimal(quantity), id * 10, count, buyerMaker);
}
