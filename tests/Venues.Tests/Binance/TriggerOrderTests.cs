using Granary.Engine.Orders;
using Granary.Venues.Binance;
using Granary.Venues.Ports;
using Granary.Venues.Tests.Support;

namespace Granary.Venues.Tests.Binance;

/// <summary>Trigger orders, amendments and what concerns all orders of a symbol: the wire form, and what an answer means.</summary>
public sealed class TriggerOrderTests
{
    private const string Post = "POST /fapi/v1/algoOrder";
    private const string Delete = "DELETE /fapi/v1/algoOrder";
    private const string Get = "GET /fapi/v1/algoOrder";
    private const string Open = "GET /fapi/v1/openAlgoOrders";
    private const string Id = "t/main/momentum/1.1";

    private readonly Clients _clients = new();

    [Fact]
    public void A_stop_for_a_quantity_reduces_only_and_one_for_the_position_closes_it()
    {
        _clients.Rest.On(Post, 200, Body("NEW"));
        var answer = Place(2.50m);
        answer.ShouldBe(new TriggerOrderAnswer(OrderAnswerKind.Accepted, Report(TriggerOrderStatus.Waiting), 0, ""));
        _clients.Rest.Requests.Last().Body.ShouldStartWith(
            "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=60000.1&workingType=MARK_PRICE&quantity=2.5&reduceOnly=true"
            + "&clientAlgoId=t%2Fmain%2Fmomentum%2F1.1&recvWindow=");

        Place(null);
        _clients.Rest.Requests.Last().Body.ShouldStartWith(
            "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=60000.1&workingType=MARK_PRICE&closePosition=true&clientAlgoId=");
    }

    [Theory]
    [InlineData(400, """{"code":-2021,"msg":"Order would immediately trigger."}""", OrderAnswerKind.Rejected, -2021)]
    [InlineData(400, """{"code":-4045,"msg":"Reach max stop order limit."}""", OrderAnswerKind.Rejected, -4045)]
    [InlineData(429, """{"code":-1003,"msg":"Too many requests"}""", OrderAnswerKind.NotSent, -1003)]
    [InlineData(503, """{"code":-1007,"msg":"Send status unknown"}""", OrderAnswerKind.Unknown, -1007)]
    [InlineData(400, """{"code":-4116,"msg":"ClientOrderId is duplicated."}""", OrderAnswerKind.Unknown, -4116)]
    [InlineData(502, "<html>Bad Gateway</html>", OrderAnswerKind.Unknown, 0)]
    [InlineData(200, "{}", OrderAnswerKind.Unknown, 0)]
    public void Outcomes_with_one_request_each(int status, string body, OrderAnswerKind kind, int code)
    {
        _clients.Rest.On(Post, status, body).On(Delete, status, body).On("PUT /fapi/v1/order", status, body).On("DELETE /fapi/v1/allOpenOrders", status, body)
            .On("POST /fapi/v1/countdownCancelAll", status, body);
        var client = _clients.Client;
        var placed = Place(1);
        (placed.Kind, placed.Code, placed.Report).ShouldBe((kind, code, null), placed.Message);
        _clients.World.Run(() => client.CancelTriggerAsync("BTCUSDT", Id, default)).Kind.ShouldBe(kind);
        _clients.World.Run(() => client.AmendAsync(Limit, default)).Kind.ShouldBe(kind);
        _clients.World.Run(() => client.CancelAllAsync("BTCUSDT", default)).Kind.ShouldBe(kind);
        _clients.World.Run(() => client.CountdownCancelAllAsync("BTCUSDT", 1, default)).Kind.ShouldBe(kind);
        foreach (var call in new[] { Post, Delete, "PUT /fapi/v1/order" }) _clients.Rest.Count(call).ShouldBeLessThanOrEqualTo(1, call);
    }

    [Fact]
    public void What_breaks_a_rule_is_refused_without_a_request()
    {
        foreach (var request in new[]
        {
            Stop(1) with { ClientId = "a b" }, Stop(1) with { ClientId = new string('x', 37) }, Stop(0), Stop(1) with { TriggerPrice = 0 }, Stop(1) with { Symbol = "" },
        })
        {
            var answer = _clients.World.Run(() => _clients.Client.PlaceTriggerAsync(request, default));
            (answer.Kind, answer.Code).ShouldBe((OrderAnswerKind.Rejected, 0), answer.Message);
        }
        _clients.Rest.Count(Post).ShouldBe(0);
    }

    [Fact]
    public void A_cancel_is_acknowledged_without_a_report()
    {
        _clients.Rest.On(Delete, 200, $$"""{"algoId":7,"clientAlgoId":"{{Id}}","code":"200","msg":"success"}""");
        _clients.World.Run(() => _clients.Client.CancelTriggerAsync("BTCUSDT", Id, default)).ShouldBe(new TriggerOrderAnswer(OrderAnswerKind.Accepted, null, 0, ""));
        _clients.World.Run(() => _clients.Client.CancelTriggerAsync("BTCUSDT", "another", default)).Kind.ShouldBe(OrderAnswerKind.Unknown);
    }

    [Fact]
    public void A_query_tells_what_it_became_and_only_minus_2013_is_absence()
    {
        _clients.Rest.On(Get, 200, Body("FINISHED", "4711")).On(Get, 400, """{"code":-2013,"msg":"Order does not exist."}""").On(Get, 400, """{"code":-1121,"msg":"?"}""");
        TriggerOrderAnswer Query() => _clients.World.Run(() => _clients.Client.QueryTriggerAsync("BTCUSDT", Id, default));
        Query().Report.ShouldBe(Report(TriggerOrderStatus.Triggered) with { OrderId = 4711 });
        Query().Kind.ShouldBe(OrderAnswerKind.Rejected);
        Query().Kind.ShouldBe(OrderAnswerKind.Unknown);
    }

    [Fact]
    public void Open_ones_are_listed_whatever_they_are()
    {
        var foreign = Body("HALF_BAKED").Replace("STOP_MARKET", "TRAILING_STOP_MARKET").Replace("\"closePosition\":false", "\"closePosition\":true");
        _clients.Rest.On(Open, 200, $"[{Body("NEW")},{foreign}]");
        var open = _clients.World.Run(() => _clients.Client.GetOpenTriggersAsync("BTCUSDT", default));
        open.ShouldBe([Report(TriggerOrderStatus.Waiting), Report(TriggerOrderStatus.Unknown) with { IsStop = false, Quantity = null }]);
    }

    [Fact]
    public void An_amendment_names_order_side_quantity_and_price()
    {
        _clients.Rest.On("PUT /fapi/v1/order", 200, """
            {"orderId":1,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"id-1","price":"60000.2","origQty":"2","executedQty":"0","side":"BUY","type":"LIMIT","timeInForce":"GTX","updateTime":5}
            """);
        var answer = _clients.World.Run(() => _clients.Client.AmendAsync(Limit, default));
        (answer.Kind, answer.Report?.Price, answer.Report?.Quantity).ShouldBe((OrderAnswerKind.Accepted, 60000.2m, 2m), answer.Message);
        _clients.Rest.Requests.Last().Body.ShouldStartWith("symbol=BTCUSDT&origClientOrderId=id-1&side=BUY&quantity=2&price=60000.2&recvWindow=");
        _clients.World.Run(() => _clients.Client.AmendAsync(Limit with { Type = OrderType.Market, Price = null }, default)).Kind.ShouldBe(OrderAnswerKind.Rejected);
    }

    [Fact]
    public void All_orders_of_a_symbol_are_cancelled_now_or_unless_one_says_otherwise()
    {
        _clients.Rest.On("DELETE /fapi/v1/allOpenOrders", 200, """{"code":200,"msg":"The operation of cancel all open order is done."}""")
            .On("POST /fapi/v1/countdownCancelAll", 200, """{"symbol":"BTCUSDT","countdownTime":"120000"}""");
        _clients.World.Run(() => _clients.Client.CancelAllAsync("BTCUSDT", default)).Kind.ShouldBe(OrderAnswerKind.Accepted);
        _clients.World.Run(() => _clients.Client.CountdownCancelAllAsync("BTCUSDT", 120_000, default)).Kind.ShouldBe(OrderAnswerKind.Accepted);
        _clients.Rest.Requests.Last().Body.ShouldStartWith("symbol=BTCUSDT&countdownTime=120000&");
        Should.Throw<ArgumentOutOfRangeException>(() => _clients.Client.CountdownCancelAllAsync("BTCUSDT", -1, default).AsTask().GetAwaiter().GetResult());
    }

    [Theory]
    [InlineData("NEW", "", TriggerOrderStatus.Waiting, 0)]
    [InlineData("TRIGGERING", "", TriggerOrderStatus.Triggered, 0)]
    [InlineData("FINISHED", "4711", TriggerOrderStatus.Triggered, 4711)]
    [InlineData("CANCELED", "", TriggerOrderStatus.Canceled, 0)]
    [InlineData("EXPIRED", "", TriggerOrderStatus.Expired, 0)]
    [InlineData("REJECTED", "", TriggerOrderStatus.Rejected, 0)]
    [InlineData("HALF_BAKED", "", TriggerOrderStatus.Unknown, 0)]
    public void The_streams_event_is_read(string word, string orderId, TriggerOrderStatus status, long expected)
    {
        var frame = new UserFrame();
        new UserFrameDecoder(new UnknownNames()).Decode(System.Text.Encoding.UTF8.GetBytes($$"""
            {"e":"ALGO_UPDATE","T":1566818724722,"E":1566818724723,"o":{"caid":"{{Id}}","aid":7,"at":"CONDITIONAL","o":"STOP_MARKET","s":"BTCUSDT","S":"SELL","ps":"BOTH",
            "f":"GTC","q":"2.5","X":"{{word}}","ai":"{{orderId}}","tp":"60000.1","p":"0","wt":"MARK_PRICE","cp":false,"pP":false,"R":true,"tt":0,"gtd":0,"rm":"Why"} }
            """), frame);
        frame.Kind.ShouldBe(UserFrameKind.Trigger);
        frame.ToTrigger().ShouldBe(Report(status) with { OrderId = expected, Reason = "Why" });
        frame.UnknownStatus.ShouldBe(status == TriggerOrderStatus.Unknown ? word : "");
    }

    [Theory]
    [InlineData("LIQUIDATION", "TRADE", "autoclose-1", ForcedClose.Liquidation)]
    [InlineData("LIMIT", "CALCULATED", "adl_autoclose-1", ForcedClose.Deleveraging)]
    [InlineData("LIQUIDATION", "TRADE", "settlement_autoclose-1", ForcedClose.Settlement)]
    [InlineData("LIMIT", "TRADE", "autoclose-by-hand", ForcedClose.None)]
    public void The_venues_own_orders_are_told_by_its_own_marks(string type, string execution, string clientId, ForcedClose expected) =>
        OrderText.Forced(type, execution, clientId).ShouldBe(expected);

    private static OrderRequest Limit => new("id-1", "BTCUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Gtx, 2, 60000.2m, false);

    private static TriggerOrderRequest Stop(decimal? quantity) => new(Id, "BTCUSDT", OrderSide.Sell, 60000.1m, quantity, WorkingPrice.Mark);

    private static TriggerOrderReport Report(TriggerOrderStatus status) =>
        new("BTCUSDT", Id, 7, status, OrderSide.Sell, true, 60000.1m, 2.5m, true, 0, "", 1566818724722);

    private static string Body(string status, string orderId = "") => $$"""
        {"algoId":7,"clientAlgoId":"{{Id}}","algoType":"CONDITIONAL","orderType":"STOP_MARKET","symbol":"BTCUSDT","side":"SELL","positionSide":"BOTH","timeInForce":"GTC",
        "quantity":"2.500","algoStatus":"{{status}}","actualOrderId":"{{orderId}}","triggerPrice":"60000.10","price":"0","icebergQuantity":null,"workingType":"MARK_PRICE",
        "closePosition":false,"priceProtect":false,"reduceOnly":true,"activatePrice":"","createTime":1,"updateTime":1566818724722,"triggerTime":0,"goodTillDate":0}
        """;

    private TriggerOrderAnswer Place(decimal? quantity) => _clients.World.Run(() => _clients.Client.PlaceTriggerAsync(Stop(quantity), default));
}
