using System.Text.Json;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Granary.Venues.Tests.Support;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Binance;

public sealed class QueryTests
{
    private const string AggTrades = "GET /fapi/v1/aggTrades";
    private const string Balance = "GET /fapi/v3/balance";

    [Fact]
    public void Trades_are_sorted_and_exact()
    {
        var clients = new Clients();
        clients.Rest.On(
            AggTrades, 200,
            """[{"a":8,"p":"0.01633103","q":"1","f":27790,"l":27790,"T":1498793709200,"m":false},{"a":7,"p":"0.01633102","q":"4.70443515","nq":"1","f":27781,"l":27789,"T":1498793709153,"m":true}]""");
        var trades = clients.World.Run(() => clients.Client.GetAggTradesAsync("BTCUSDT", 7, 500, default));
        trades.ShouldBe([new AggTrade(7, 1498793709153, 1633102, 470443515, 27781, 9, true), new AggTrade(8, 1498793709200, 1633103, 100000000, 27790, 1, false)]);
        var request = clients.Rest.Requests.Single();
        (request.Query, request.Body, request.ApiKey).ShouldBe(("symbol=BTCUSDT&fromId=7&limit=500", "", null));
        Should.Throw<ArgumentException>(() => clients.World.Run(() => clients.Client.GetAggTradesAsync("BTCUSDT", 7, 1001, default))).Message.ShouldContain("1001");
    }

    [Theory]
    [InlineData("""[{"a":7,"p":"-1","q":"1","f":1,"l":1,"T":1,"m":true}]""", "trade 7")]
    [InlineData("""[{"a":7,"p":"1","q":"1","f":2,"l":1,"T":1,"m":true}]""", "trade 7")]
    [InlineData("""[{"a":7,"q":"1","f":1,"l":1,"T":1,"m":true}]""", "field p")]
    [InlineData("""[{"a":7,"p":"1.123456789","q":"1","f":1,"l":1,"T":1,"m":true}]""", "field p")]
    [InlineData("""[{"a":7,"p":"99999999999999999999","q":"1","f":1,"l":1,"T":1,"m":true}]""", "field p")]
    [InlineData("""{"a":7}""", "not an array")]
    [InlineData("[", "")]
    public void An_answer_that_cannot_be_read_names_the_field_after_the_last_attempt(string body, string part)
    {
        var clients = new Clients();
        clients.Rest.On(AggTrades, 200, body);
        var e = Should.Throw<VenueException>(() => clients.World.Run(() => clients.Client.GetAggTradesAsync("BTCUSDT", 7, 500, default)));
        e.Message.ShouldContain("GET /fapi/v1/aggTrades");
        e.Message.ShouldContain(part);
        clients.Rest.Count(AggTrades).ShouldBe(4);
    }

    [Fact]
    public void Transient_failures_are_repeated_three_times_with_growing_waits()
    {
        var clients = new Clients();
        clients.Rest.On(Balance, 503, "").OnThrow(Balance, new RestTransportException("gone", true)).On(Balance, 408, """{"code":-1007,"msg":"t"}""")
            .On(Balance, 200, """[{"asset":"USDT","balance":"5","availableBalance":"","updateTime":9}]""");
        clients.World.Run(() => clients.Client.GetBalancesAsync(default)).ShouldBe([new BalanceReport("USDT", 5, 0, 9)]);
        clients.Client.Counters.QueryRetries.ShouldBe(3);
        var sent = clients.Rest.Requests.Select((request, i) => (request, At: clients.Rest.SentAtMs[i])).Where(x => x.request.Path.EndsWith("balance")).Select(x => x.At).ToArray();
        (sent[1] - sent[0]).ShouldBeInRange(100, 200);
        (sent[2] - sent[1]).ShouldBeInRange(200, 400);
        (sent[3] - sent[2]).ShouldBeInRange(400, 800);
    }

    [Fact]
    public void Definite_refusals_are_not_repeated()
    {
        var clients = new Clients();
        clients.Rest.On(AggTrades, 400, """{"code":-1121,"msg":"Invalid symbol."}""");
        var e = Should.Throw<VenueException>(() => clients.World.Run(() => clients.Client.GetAggTradesAsync("NOPE", 0, 1, default)));
        (e.Code, e.HttpStatus).ShouldBe((-1121, 400));
        e.Message.ShouldBe("GET /fapi/v1/aggTrades: HTTP 400, code -1121: Invalid symbol.");
        clients.Rest.Count(AggTrades).ShouldBe(1);
    }

    [Fact]
    public void Retry_after_is_honoured_when_bearable_and_an_error_when_not()
    {
        var clients = new Clients();
        clients.Rest.On(AggTrades, 429, "", retryAfterS: 20).On(AggTrades, 200, "[]").On(AggTrades, 418, "", retryAfterS: 600).On(AggTrades, 200, "[]");
        clients.World.Run(() => clients.Client.GetAggTradesAsync("BTCUSDT", 0, 1, default)).ShouldBeEmpty();
        (clients.Rest.SentAtMs[1] - clients.Rest.SentAtMs[0]).ShouldBe(20_000);
        Should.Throw<VenueException>(() => clients.World.Run(() => clients.Client.GetAggTradesAsync("BTCUSDT", 0, 1, default))).Message.ShouldContain("rate limit");
        clients.Rest.Count(AggTrades).ShouldBe(3);
        clients.World.AdvanceSeconds(600);
        clients.World.Run(() => clients.Client.GetAggTradesAsync("BTCUSDT", 0, 1, default)).ShouldBeEmpty();
    }

    [Fact]
    public void A_query_waits_for_the_next_minute_when_the_budget_is_used_up()
    {
        var clients = new Clients(options => options with { WeightPerMinute = 100, WeightReserve = 40, WeightAccountShare = 0 });
        clients.Rest.On(AggTrades, 200, "[]");
        for (var i = 0; i < 3; i++) clients.World.Run(() => clients.Client.GetAggTradesAsync("BTCUSDT", 0, 1, default));
        clients.Client.WeightUsed.ShouldBe(60);
        clients.World.Run(() => clients.Client.GetAggTradesAsync("BTCUSDT", 0, 1, default));
        (clients.Rest.SentAtMs[3] - clients.Rest.SentAtMs[0]).ShouldBe(30_000);
    }

    [Fact]
    public void Clock_skew_on_a_query_is_cured_once_and_a_stale_clock_is_measured_again()
    {
        var clients = new Clients();
        clients.Rest.On(Balance, 400, """{"code":-1021,"msg":"skew"}""").On(Balance, 200, "[]");
        clients.World.Run(() => clients.Client.GetBalancesAsync(default)).ShouldBeEmpty();
        clients.Rest.Count("GET /fapi/v1/time").ShouldBe(2);
        clients.World.AdvanceSeconds(3599);
        clients.World.Run(() => clients.Client.GetBalancesAsync(default));
        clients.Rest.Count("GET /fapi/v1/time").ShouldBe(2);
        clients.World.AdvanceSeconds(2);
        clients.World.Run(() => clients.Client.GetBalancesAsync(default));
        clients.Rest.Count("GET /fapi/v1/time").ShouldBe(3);
    }

    [Fact]
    public void Concurrent_first_requests_share_one_clock_measurement()
    {
        var clients = new Clients();
        clients.Rest.Latency = TimeSpan.FromMilliseconds(50);
        clients.Rest.On(Balance, 200, "[]");
        var queries = Enumerable.Range(0, 5).Select(_ => clients.World.Start(() => clients.Client.GetBalancesAsync(default))).ToArray();
        clients.World.AdvanceSeconds(1);
        queries.ShouldAllBe(query => query.IsCompletedSuccessfully);
        clients.Rest.Count("GET /fapi/v1/time").ShouldBe(1);
    }

    [Fact]
    public void A_cancelled_query_stops_waiting()
    {
        var clients = new Clients();
        clients.Rest.On(AggTrades, 503, "");
        using var cancel = new CancellationTokenSource();
        var query = clients.World.Start(() => clients.Client.GetAggTradesAsync("BTCUSDT", 0, 1, cancel.Token));
        cancel.Cancel();
        clients.World.Drain();
        Should.Throw<OperationCanceledException>(() => World.Result(query));
    }

    [Fact]
    public void Symbol_rules_take_the_filters_and_leave_the_unusable_out()
    {
        var clients = new Clients();
        clients.Rest.On("GET /fapi/v1/exchangeInfo", 200, """
            {"rateLimits":[{"interval":"MINUTE","intervalNum":1,"limit":1200,"rateLimitType":"REQUEST_WEIGHT"},{"interval":"MINUTE","intervalNum":1,"limit":50,"rateLimitType":"ORDERS"}],
            "symbols":[{"symbol":"BTCUSDT","status":"TRADING","pricePrecision":2,"quantityPrecision":3,"filters":[
            {"filterType":"PRICE_FILTER","minPrice":"556.80","maxPrice":"4529764","tickSize":"0.10"},{"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
            {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},{"filterType":"MAX_NUM_ORDERS","limit":150},
            {"filterType":"MIN_NOTIONAL","notional":"100"},{"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500","multiplierDecimal":"4"},
            {"filterType":"POSITION_RISK_CONTROL"}]},
            {"symbol":"BAREUSDT","status":"BREAK","filters":[{"filterType":"PRICE_FILTER","minPrice":"0","maxPrice":"9","tickSize":"1"},
            {"filterType":"LOT_SIZE","minQty":"1","maxQty":"5","stepSize":"1"}]},{"symbol":"BADUSDT","status":"TRADING","filters":[]}]}
            """);
        var rules = clients.World.Run(() => clients.Client.GetSymbolRulesAsync(default));
        rules.ShouldBe(
        [
            new SymbolRules("BTCUSDT", "TRADING", 0.1m, 0.001m, 0.001m, 1000, 120, 100, 556.8m, 4529764, 1.05m, 0.95m, 150, 2, 3),
            new SymbolRules("BAREUSDT", "BREAK", 1, 1, 1, 5, 5, 0, 0, 9, 1000, 0, 200, 0, 0),
        ]);
        clients.Log.Lines.ShouldContain(line => line.Contains("BADUSDT") && line.Contains("tickSize"));
    }

    [Fact]
    public void Depth_mark_price_positions_and_fills()
    {
        var clients = new Clients();
        clients.Rest
            .On("GET /fapi/v1/depth", 200, """{"lastUpdateId":1027024,"E":2,"T":1,"bids":[["4.00","431"],["3.90","1"]],"asks":[["4.01","12.5"]]}""")
            .On("GET /fapi/v1/premiumIndex", 200, """{"symbol":"BTCUSDT","markPrice":"11793.63104562","indexPrice":"11781.80495970","lastFundingRate":"0.00038246","nextFundingTime":1597392000000,"interestRate":"0.0001","time":1597370495002}""")
            .On("GET /fapi/v3/positionRisk", 200, """[{"symbol":"ADAUSDT","positionSide":"BOTH","positionAmt":"-30","entryPrice":"0.385","markPrice":"0.41","unRealizedProfit":"-0.76","liquidationPrice":"0","updateTime":17}]""")
            .On("GET /fapi/v1/userTrades", 200, """[{"buyer":false,"commission":"0.07819010","commissionAsset":"USDT","id":698759,"maker":true,"orderId":25851813,"price":"7819.01","qty":"0.002","quoteQty":"15.63","realizedPnl":"-0.91539999","side":"SELL","positionSide":"BOTH","symbol":"BTCUSDT","time":1569514978020}]""");
        var depth = clients.World.Run(() => clients.Client.GetDepthAsync("BTCUSDT", 1000, default));
        (depth.LastUpdateId, depth.TimeMs).ShouldBe((1027024, 1));
        depth.Limit.ShouldBe(1000);
        depth.Bids.ShouldBe([new BookLevel(400000000, 43100000000), new BookLevel(390000000, 100000000)]);
        depth.Asks.ShouldBe([new BookLevel(401000000, 1250000000)]);
        clients.World.Run(() => clients.Client.GetMarkPriceAsync("BTCUSDT", default))
            .ShouldBe(new MarkPrice(1597370495002, 11793.63104562m, 11781.80495970m, 0.00038246m, 1597392000000));
        clients.World.Run(() => clients.Client.GetPositionsAsync(null, default)).ShouldBe([new PositionReport("ADAUSDT", -30, 0.385m, 0.41m, -0.76m, 0, 17)]);
        clients.World.Run(() => clients.Client.GetUserTradesAsync("BTCUSDT", 5, 10, default)).ShouldBe(
            [new Fill("BTCUSDT", 698759, "", 25851813, OrderSide.Sell, 7819.01m, 0.002m, 0.0781901m, "USDT", -0.91539999m, true, 1569514978020)]);
        clients.Rest.Requests.Last().Query.ShouldStartWith("symbol=BTCUSDT&fromId=5&limit=10&recvWindow=5000&timestamp=");
        Should.Throw<ArgumentException>(() => clients.World.Run(() => clients.Client.GetDepthAsync("BTCUSDT", 7, default))).Message.ShouldContain("limit is 7");
    }

    [Fact]
    public void A_hedge_mode_account_is_refused_by_name()
    {
        var clients = new Clients();
        clients.Rest.On("GET /fapi/v3/positionRisk", 200, """[{"symbol":"BTCUSDT","positionSide":"LONG","positionAmt":"1","entryPrice":"1","markPrice":"1"}]""");
        Should.Throw<VenueException>(() => clients.World.Run(() => clients.Client.GetPositionsAsync(null, default))).Message.ShouldContain("one-way mode");
    }

    [Fact]
    public void Listen_keys_carry_the_key_and_no_signature()
    {
        var clients = new Clients();
        clients.Rest.On("POST /fapi/v1/listenKey", 200, """{"listenKey":"abc"}""").On("PUT /fapi/v1/listenKey", 200, "{}").On("DELETE /fapi/v1/listenKey", 200, "{}");
        clients.World.Run(() => clients.Client.CreateListenKeyAsync(default)).ShouldBe("abc");
        clients.World.Start(() => clients.Client.ProlongListenKeyAsync("abc", default).AsTask()).IsCompletedSuccessfully.ShouldBeTrue();
        clients.World.Start(() => clients.Client.CloseListenKeyAsync("abc", default).AsTask()).IsCompletedSuccessfully.ShouldBeTrue();
        clients.Rest.Requests.Select(request => (request.Method, request.Query, request.Body, request.ApiKey)).ShouldBe(
            [("POST", "", "", Clients.ApiKeyText), ("PUT", "", "listenKey=abc", Clients.ApiKeyText), ("DELETE", "", "listenKey=abc", Clients.ApiKeyText)]);
    }

    [Fact]
    public void Words_that_are_not_known_are_read_to_the_safe_side()
    {
        var clients = new Clients();
        clients.Rest.On("GET /fapi/v1/exchangeInfo", 200, """
            {"symbols":[{"symbol":"BTCUSDT","status":"AUCTION","filters":[{"filterType":"PRICE_FILTER","tickSize":"0.1","maxPrice":"9"},
            {"filterType":"LOT_SIZE","stepSize":"0.1","maxQty":"9"},{"filterType":"MIN_LUCK","limit":7}]}]}
            """);
        clients.World.Run(() => clients.Client.GetSymbolRulesAsync(default)).Single().IsTrading.ShouldBeFalse();
        clients.Rest.On("GET /fapi/v3/positionRisk", 200, """[{"symbol":"BTCUSDT","positionAmt":"1","positionSide":"NET"}]""");
        Should.Throw<VenueException>(() => clients.World.Run(() => clients.Client.GetPositionsAsync(null, default))).Message.ShouldContain("side is not BOTH");
        clients.Client.Counters.UnknownFields.Select(static pair => pair.Key).ShouldBe(
            ["/fapi/v1/exchangeInfo.symbols.filters.filterType=MIN_LUCK", "/fapi/v1/exchangeInfo.symbols.status=AUCTION", "/fapi/v3/positionRisk.positionSide=NET"]);
    }

    [SharedDataFact]
    public void Recorded_exchange_information()
    {
        foreach (var (file, count) in new[] { ("um-exchangeInfo-2022-02-21-mainnet.json.gz", 148), ("um-exchangeInfo-2023-04-15-testnet.json.gz", 220) })
        {
            using var document = JsonDocument.Parse(SharedData.Text($"exchange-info/{file}"));
            var (rules, leftOut, weight) = RestDecoder.ExchangeInfo(document.RootElement);
            leftOut.ShouldBeEmpty();
            rules.Count.ShouldBe(count);
            weight.ShouldBeOneOf(2400, 6000);
            rules.ShouldAllBe(rule => rule.TickSize > 0 && rule.StepSize > 0 && rule.QuantityMax >= rule.QuantityMin && rule.MultiplierUp > 1 && rule.NotionalMin > 0);
            rules.Count(rule => rule.IsTrading).ShouldBeGreaterThan(count / 2);
        }
    }
}
