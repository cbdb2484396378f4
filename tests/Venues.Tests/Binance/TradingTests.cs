using System.Web;
using Granary.Engine.Orders;
using Granary.Venues.Ports;
using Granary.Venues.Tests.Support;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Binance;

public sealed class TradingTests
{
    private const string Post = "POST /fapi/v1/order";
    private const string Delete = "DELETE /fapi/v1/order";
    private const string Get = "GET /fapi/v1/order";

    [Fact]
    public void A_limit_order_is_sent_once_signed_and_in_the_body()
    {
        var clients = new Clients();
        clients.Rest.On(Post, 200, Body("id-1", "NEW"));
        var answer = clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1") with { ReduceOnly = true }, default));
        answer.Kind.ShouldBe(OrderAnswerKind.Accepted, answer.Message);
        answer.Report.ShouldBe(new OrderReport(
            "BTCUSDT", "id-1", 22542179, OrderStatus.New, OrderSide.Buy, OrderType.Limit, TimeInForce.Gtx, 0.01m, 60000.1m, 0, 0, true, 1566818724722, null));
        var request = clients.Rest.Requests.Single(r => r.Method == "POST");
        request.Query.ShouldBeEmpty();
        request.ApiKey.ShouldBe(Clients.ApiKeyText);
        request.Body.ShouldStartWith(
            "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.01&price=60000.1&timeInForce=GTX&reduceOnly=true&newClientOrderId=id-1&newOrderRespType=RESULT&recvWindow=5000&timestamp=");
        var parameters = HttpUtility.ParseQueryString(request.Body);
        parameters["timestamp"].ShouldBe(clients.World.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString());
        parameters["signature"]!.Length.ShouldBe(64);
    }

    [Fact]
    public void A_status_that_is_not_known_leaves_the_outcome_unknown_until_the_venue_says_another()
    {
        var clients = new Clients(static options => options with { QueryRetries = 1 });
        clients.Rest.On(Post, 200, Body("id-1", "HALTED")).On(Delete, 200, Body("id-1", "HALTED"));
        clients.Rest.On(Get, 200, Body("id-1", "HALTED")).On(Get, 200, Body("id-1", "HALTED")).On(Get, 200, Body("id-1", "FILLED"));
        clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default)).Kind.ShouldBe(OrderAnswerKind.Unknown);
        clients.World.Run(() => clients.Client.CancelAsync("BTCUSDT", "id-1", default)).Kind.ShouldBe(OrderAnswerKind.Unknown);
        var asked = clients.World.Run(() => clients.Client.QueryAsync("BTCUSDT", "id-1", default));
        (asked.Kind, asked.Message.Contains("status")).ShouldBe((OrderAnswerKind.Unknown, true));
        clients.World.Run(() => clients.Client.QueryAsync("BTCUSDT", "id-1", default)).Report!.Status.ShouldBe(OrderStatus.Filled);
        clients.Client.Counters.UnknownFields.ShouldContain(new KeyValuePair<string, long>("/fapi/v1/order.status=HALTED", 4));
        clients.Rest.Count(Post).ShouldBe(1);
    }

    [Fact]
    public void A_market_order_has_neither_price_nor_time_in_force()
    {
        var clients = new Clients();
        clients.Rest.On(Post, 200, Body("id-1", "FILLED"));
        var order = new OrderRequest("id-1", "BTCUSDT", OrderSide.Sell, OrderType.Market, TimeInForce.Gtc, 1.500m, null, false);
        clients.World.Run(() => clients.Client.PlaceAsync(order, default)).Report!.Status.ShouldBe(OrderStatus.Filled);
        clients.Rest.Requests.Last().Body.ShouldStartWith("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=1.5&newClientOrderId=id-1&newOrderRespType=RESULT&");
    }

    [Theory]
    [InlineData(400, """{"code":-2019,"msg":"Margin is insufficient."}""", OrderAnswerKind.Rejected, -2019)]
    [InlineData(400, """{"code":"-5022","msg":"would take"}""", OrderAnswerKind.Rejected, -5022)]
    [InlineData(401, """{"code":-2015,"msg":"Invalid API-key"}""", OrderAnswerKind.Rejected, -2015)]
    [InlineData(403, "<html>WAF</html>", OrderAnswerKind.Rejected, 0)]
    [InlineData(200, """{"code":-2022,"msg":"ReduceOnly Order is rejected."}""", OrderAnswerKind.Rejected, -2022)]
    [InlineData(503, """{"code":-1008,"msg":"overloaded"}""", OrderAnswerKind.NotSent, -1008)]
    [InlineData(429, """{"code":-1003,"msg":"Too many requests"}""", OrderAnswerKind.NotSent, -1003)]
    [InlineData(418, "", OrderAnswerKind.NotSent, 0)]
    [InlineData(400, """{"code":-1015,"msg":"Too many new orders"}""", OrderAnswerKind.NotSent, -1015)]
    [InlineData(408, """{"code":-1007,"msg":"Send status unknown"}""", OrderAnswerKind.Unknown, -1007)]
    [InlineData(503, """{"code":-1007,"msg":"Send status unknown"}""", OrderAnswerKind.Unknown, -1007)]
    [InlineData(502, "<html>Bad Gateway</html>", OrderAnswerKind.Unknown, 0)]
    [InlineData(500, "", OrderAnswerKind.Unknown, 0)]
    [InlineData(400, """{"code":-4116,"msg":"ClientOrderId is duplicated."}""", OrderAnswerKind.Unknown, -4116)]
    [InlineData(200, "<html>hello</html>", OrderAnswerKind.Unknown, 0)]
    [InlineData(200, "{}", OrderAnswerKind.Unknown, 0)]
    [InlineData(200, "", OrderAnswerKind.Unknown, 0)]
    [InlineData(200, "\"\\ud800\"", OrderAnswerKind.Unknown, 0)]
    public void Outcomes_of_order_and_cancel_with_one_request_each(int status, string body, OrderAnswerKind kind, int code)
    {
        var clients = new Clients();
        clients.Rest.On(Post, status, body);
        var placed = clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default));
        (placed.Kind, placed.Code, placed.Report).ShouldBe((kind, code, null), placed.Message);
        placed.Message.ShouldNotBeEmpty();
        clients.Rest.Count(Post).ShouldBe(1);

        clients = new Clients();
        clients.Rest.On(Delete, status, body);
        clients.World.Run(() => clients.Client.CancelAsync("BTCUSDT", "id-1", default)).Kind.ShouldBe(kind);
        clients.Rest.Count(Delete).ShouldBe(1);
    }

    [Fact]
    public void An_answer_about_another_order_is_no_answer()
    {
        var clients = new Clients();
        clients.Rest.On(Post, 200, Body("id-2", "NEW"));
        clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default)).Kind.ShouldBe(OrderAnswerKind.Unknown);
    }

    [Fact]
    public void Transport_failures_before_and_after_writing()
    {
        var clients = new Clients();
        clients.Rest.OnThrow(Post, new RestTransportException("refused", false)).OnThrow(Post, new RestTransportException("timeout", true))
            .OnThrow(Post, new IOException("reset")).OnThrow(Post, new OperationCanceledException());
        OrderAnswerKind Place() => clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default)).Kind;
        Place().ShouldBe(OrderAnswerKind.NotSent);
        Place().ShouldBe(OrderAnswerKind.Unknown);
        Place().ShouldBe(OrderAnswerKind.Unknown);
        Place().ShouldBe(OrderAnswerKind.Unknown);
        clients.Rest.Count(Post).ShouldBe(4);
    }

    [Fact]
    public void Cancelled_before_sending_is_not_sent_and_while_waiting_is_unknown()
    {
        var clients = new Clients();
        clients.Rest.On(Post, 200, Body("id-1", "NEW"));
        clients.World.Run(() => clients.Client.GetServerTimeMsAsync(default));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), cancelled.Token)).Kind.ShouldBe(OrderAnswerKind.NotSent);
        clients.Rest.Count(Post).ShouldBe(0);

        clients.Rest.Latency = TimeSpan.FromSeconds(2);
        using var late = new CancellationTokenSource();
        var placing = clients.World.Start(() => clients.Client.PlaceAsync(Limit("id-1"), late.Token));
        clients.World.AdvanceSeconds(5);
        late.Cancel();
        clients.World.Drain();
        World.Result(placing).Kind.ShouldBe(OrderAnswerKind.Accepted);
        placing = clients.World.Start(() => clients.Client.PlaceAsync(Limit("id-1"), new CancellationToken(false)));
        using var during = new CancellationTokenSource();
        var interrupted = clients.World.Start(() => clients.Client.PlaceAsync(Limit("id-1"), during.Token));
        clients.World.AdvanceSeconds(1.5);
        during.Cancel();
        clients.World.Drain();
        World.Result(interrupted).Kind.ShouldBe(OrderAnswerKind.Unknown);
        clients.World.AdvanceSeconds(2);
        World.Result(placing).Kind.ShouldBe(OrderAnswerKind.Accepted);
    }

    [Fact]
    public void Clock_skew_is_cured_and_the_order_sent_once_more()
    {
        var clients = new Clients();
        clients.Rest.On(Post, 400, """{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}""").On(Post, 200, Body("id-1", "NEW"));
        clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default)).Kind.ShouldBe(OrderAnswerKind.Accepted);
        clients.Rest.Count(Post).ShouldBe(2);
        clients.Rest.Count("GET /fapi/v1/time").ShouldBe(2);
        clients.Client.Counters.ClockResyncs.ShouldBe(1);
    }

    [Fact]
    public void Clock_skew_twice_is_a_reject_and_skew_without_a_clock_too()
    {
        var clients = new Clients();
        clients.Rest.On(Post, 400, """{"code":-1021,"msg":"skew"}""");
        var answer = clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default));
        (answer.Kind, answer.Code).ShouldBe((OrderAnswerKind.Rejected, -1021));
        clients.Rest.Count(Post).ShouldBe(2);

        clients.Rest.OnThrow("GET /fapi/v1/time", new RestTransportException("down", false));
        clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-2"), default)).Kind.ShouldBe(OrderAnswerKind.Rejected);
    }

    [Fact]
    public void Without_the_venues_clock_nothing_is_sent()
    {
        var clients = new Clients();
        clients.Rest.On("GET /fapi/v1/time", 503, "").On(Post, 200, Body("id-1", "NEW"));
        // The script's first answer is the good one of every client; use it up.
        clients.World.Run(() => clients.Client.GetServerTimeMsAsync(default));
        clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default)).Kind.ShouldBe(OrderAnswerKind.NotSent);
        clients.Rest.Count(Post).ShouldBe(0);
    }

    [Fact]
    public void The_timestamp_is_the_venues_time_by_half_the_round_trip()
    {
        var clients = new Clients();
        clients.Rest.OnTime(aheadMs: 3000).On(Post, 200, Body("id-1", "NEW"));
        clients.World.Run(() => clients.Client.GetServerTimeMsAsync(default));
        clients.Rest.Latency = TimeSpan.FromMilliseconds(100);
        clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default));
        clients.Client.ClockOffsetMs.ShouldBe(3000);
        clients.Client.ClockRoundTripMs.ShouldBe(100);
        var index = clients.Rest.Requests.FindIndex(request => request.Method == "POST");
        HttpUtility.ParseQueryString(clients.Rest.Requests[index].Body)["timestamp"].ShouldBe((clients.Rest.SentAtMs[index] + 3000).ToString());
    }

    [Fact]
    public void A_wall_clock_that_jumps_is_caught_up_with_by_one_refusal()
    {
        var clients = new Clients();
        var time = clients.World.Time;
        // A venue with a clock of its own and the rule of the protocol: timestamp < now + 1000 and now - timestamp <= recvWindow.
        var startMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var startTicks = time.GetTimestamp();
        long VenueMs() => startMs + ((time.GetTimestamp() - startTicks) / TimeSpan.TicksPerMillisecond);
        clients.Rest.On("GET /fapi/v1/time", _ => new RestResponse(200, System.Text.Encoding.UTF8.GetBytes($"{{\"serverTime\":{VenueMs()}}}")));
        clients.Rest.On(Post, request =>
        {
            var timestampMs = long.Parse(HttpUtility.ParseQueryString(request.Body)["timestamp"]!);
            var isInTime = timestampMs < VenueMs() + 1000 && VenueMs() - timestampMs <= 5000;
            return new RestResponse(isInTime ? 200 : 400, System.Text.Encoding.UTF8.GetBytes(isInTime ? Body("id-1", "NEW") : """{"code":-1021,"msg":"skew"}"""));
        });
        OrderAnswerKind Place() => clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default)).Kind;
        Place().ShouldBe(OrderAnswerKind.Accepted);
        foreach (var (jumpS, posts) in new[] { (3, 3), (-9, 5), (-0.5, 6) })
        {
            time.ShiftWallClock(TimeSpan.FromSeconds(jumpS));
            Place().ShouldBe(OrderAnswerKind.Accepted);
            clients.Rest.Count(Post).ShouldBe(posts);
        }
    }

    [Fact]
    public void Rate_limited_orders_are_held_back_here_until_the_limit_ends()
    {
        var clients = new Clients();
        clients.Rest.On(Post, 429, """{"code":-1003,"msg":"slow down"}""", retryAfterS: 5).On(Post, 200, Body("id-1", "NEW"));
        OrderAnswer Place() => clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default));
        Place().Kind.ShouldBe(OrderAnswerKind.NotSent);
        Place().Kind.ShouldBe(OrderAnswerKind.NotSent);
        clients.Rest.Count(Post).ShouldBe(1);
        clients.World.AdvanceSeconds(5);
        Place().Kind.ShouldBe(OrderAnswerKind.Accepted);
    }

    [Fact]
    public void Orders_pass_where_queries_have_used_up_their_share()
    {
        var clients = new Clients();
        clients.Rest.On("GET /fapi/v1/openOrders", 200, "[]", weight: 1900).On(Delete, 200, Body("id-1", "CANCELED"));
        clients.World.Run(() => clients.Client.GetOpenOrdersAsync("BTCUSDT", default));
        var query = clients.World.Start(() => clients.Client.GetOpenOrdersAsync("BTCUSDT", default));
        query.IsCompleted.ShouldBeFalse();
        clients.World.Run(() => clients.Client.CancelAsync("BTCUSDT", "id-1", default)).Report!.Status.ShouldBe(OrderStatus.Canceled);
        query.IsCompleted.ShouldBeFalse();
        clients.World.AdvanceSeconds(30);
        World.Result(query).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", 1, "60000")]
    [InlineData("0123456789012345678901234567890123456", 1, "60000")]
    [InlineData("id 1", 1, "60000")]
    [InlineData("id-1", 0, "60000")]
    [InlineData("id-1", -1, "60000")]
    [InlineData("id-1", 1, "0")]
    [InlineData("id-1", 1, null)]
    public void A_request_that_breaks_a_visible_rule_is_refused_here(string id, int quantity, string? price)
    {
        var clients = new Clients();
        var order = Limit(id) with { Quantity = quantity, Price = price is null ? null : decimal.Parse(price) };
        var answer = clients.World.Run(() => clients.Client.PlaceAsync(order, default));
        (answer.Kind, answer.Code).ShouldBe((OrderAnswerKind.Rejected, 0));
        answer.Message.ShouldStartWith("refused before sending: ");
        clients.Rest.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_key_orders_are_refused_and_signed_queries_fail()
    {
        var clients = new Clients(hasKey: false);
        clients.World.Run(() => clients.Client.PlaceAsync(Limit("id-1"), default)).Kind.ShouldBe(OrderAnswerKind.Rejected);
        Should.Throw<VenueException>(() => clients.World.Run(() => clients.Client.GetBalancesAsync(default))).Message.ShouldContain("no API key");
        clients.Rest.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_question_for_an_order_is_rejected_by_2013_alone_and_repeated_when_it_fails()
    {
        var clients = new Clients();
        clients.Rest.On(Get, 400, """{"code":-2013,"msg":"Order does not exist."}""").On(Get, 503, "").On(Get, 502, "<html>")
            .On(Get, 200, Body("id-1", "PARTIALLY_FILLED")).On(Get, 400, """{"code":-1121,"msg":"Invalid symbol."}""")
            .OnThrow(Get, new RestTransportException("no answer", true));
        OrderAnswer Ask() => clients.World.Run(() => clients.Client.QueryAsync("BTCUSDT", "id-1", default));
        var missing = Ask();
        (missing.Kind, missing.Code).ShouldBe((OrderAnswerKind.Rejected, -2013));
        Ask().Report!.Status.ShouldBe(OrderStatus.PartiallyFilled);
        clients.Rest.Count(Get).ShouldBe(4);
        var refused = Ask();
        (refused.Kind, refused.Code).ShouldBe((OrderAnswerKind.Unknown, -1121));
        clients.Rest.Count(Get).ShouldBe(5);
        Ask().Kind.ShouldBe(OrderAnswerKind.Unknown);
        clients.Rest.Count(Get).ShouldBe(9);
    }

    internal static OrderRequest Limit(string id) => new(id, "BTCUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Gtx, 0.0100m, 60000.10m, false);

    private static string Body(string id, string status) =>
        $$"""
        {"clientOrderId":"{{id}}","cumQty":"0","executedQty":"0","orderId":22542179,"origQty":"0.010","price":"60000.10","reduceOnly":true,"side":"BUY",
        "positionSide":"BOTH","status":"{{status}}","stopPrice":"0","closePosition":false,"symbol":"BTCUSDT","timeInForce":"GTX","type":"LIMIT","origType":"LIMIT",
        "updateTime":1566818724722,"workingType":"CONTRACT_PRICE","newField":{"nested":[1] } }
        """;
}
