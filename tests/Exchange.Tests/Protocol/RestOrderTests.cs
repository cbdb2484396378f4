using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Tests.Protocol;

public class RestOrderTests
{
    private const string Path = "/fapi/v1/order";
    private const string Limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=60000.10";

    private readonly ProtocolRig _rig = new();

    [Fact]
    public void A_limit_order_is_parsed_and_acknowledged()
    {
        _rig.SignedText("POST", Path, $"{Limit}&newClientOrderId=my-1").ShouldBe(
            """{"orderId":1001,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"my-1","price":"60000.10","avgPrice":"0.00000","origQty":"0.010","executedQty":"0.000","cumQty":"0.000","cumQuote":"0.00000","timeInForce":"GTC","type":"LIMIT","reduceOnly":false,"closePosition":false,"side":"BUY","positionSide":"BOTH","stopPrice":"0.00","workingType":"CONTRACT_PRICE","priceProtect":false,"origType":"LIMIT","priceMatch":"NONE","selfTradePreventionMode":"NONE","goodTillDate":0,"updateTime":1700000000000}""");
        _rig.Exchange.Placed.ShouldBe([new NewOrder("BTCUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Gtc, 0.01m, 60000.1m, false, "my-1")]);
    }

    [Theory]
    [InlineData("IOC", TimeInForce.Ioc)]
    [InlineData("FOK", TimeInForce.Fok)]
    [InlineData("GTX", TimeInForce.Gtx)]
    public void Every_time_in_force_is_parsed(string word, TimeInForce expected)
    {
        _rig.SignedText("POST", Path, Limit.Replace("GTC", word) + "&side=SELL");
        _rig.Exchange.Placed.ShouldHaveSingleItem().TimeInForce.ShouldBe(expected);
    }

    [Fact]
    public void A_market_order_is_parsed_from_the_body_alone()
    {
        var body = $"symbol=ETHUSDT&side=SELL&type=MARKET&quantity=2&reduceOnly=true&timestamp={FakeExchange.Start}";
        var reply = _rig.Call("POST", Path, "", $"{body}&signature={ProtocolRig.Sign("granary-test-secret", body).ToUpperInvariant()}", "granary-test-key");
        reply.Status.ShouldBe(200, ProtocolRig.Text(reply));
        _rig.Exchange.Placed.ShouldBe([new NewOrder("ETHUSDT", OrderSide.Sell, OrderType.Market, TimeInForce.Gtc, 2m, 0m, true, null)]);
    }

    [Fact]
    public void An_acknowledgement_hides_the_fill_and_a_result_tells_it()
    {
        _rig.Exchange.OnPlace = order => order with { Status = OrderStatus.Filled, ExecutedQuantity = 3m, ExecutedQuote = 1000m };
        const string Market = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=3";
        using var ack = JsonDocument.Parse(_rig.SignedText("POST", Path, Market));
        ack.RootElement.GetProperty("status").GetString().ShouldBe("NEW");
        ack.RootElement.GetProperty("executedQty").GetString().ShouldBe("0.000");
        using var result = JsonDocument.Parse(_rig.SignedText("POST", Path, $"{Market}&newOrderRespType=RESULT"));
        result.RootElement.GetProperty("status").GetString().ShouldBe("FILLED");
        result.RootElement.GetProperty("executedQty").GetString().ShouldBe("3.000");
        result.RootElement.GetProperty("cumQuote").GetString().ShouldBe("1000.00000");
        result.RootElement.GetProperty("avgPrice").GetString().ShouldBe("333.33333");
    }

    [Theory]
    [InlineData("side=BUY&type=LIMIT", -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")]
    [InlineData("symbol=BTCUSDT&type=LIMIT", -1102, "Mandatory parameter 'side' was not sent, was empty/null, or malformed.")]
    [InlineData("symbol=BTCUSDT&side=BUY", -1102, "Mandatory parameter 'type' was not sent, was empty/null, or malformed.")]
    [InlineData("symbol=NOPE&side=BUY&type=MARKET&quantity=1", -1121, "Invalid symbol.")]
    [InlineData("symbol=BTCUSDT&side=HOLD&type=MARKET&quantity=1", -1117, "Invalid side.")]
    [InlineData("symbol=BTCUSDT&side=buy&type=MARKET&quantity=1", -1117, "Invalid side.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=ICEBERG&quantity=1", -1116, "Invalid orderType.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=STOP_MARKET&stopPrice=1", -4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=TRAILING_STOP_MARKET", -4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1", -1102, "Mandatory parameter 'timeInForce' was not sent, was empty/null, or malformed.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTD&quantity=1&price=1", -1102, "Mandatory parameter 'goodTillDate' was not sent, was empty/null, or malformed.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTD&quantity=1&price=1&goodTillDate=1700000600000", -5040, "The goodTillDate timestamp must be greater than the current time plus 600 seconds and smaller than 253402300799000")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=DAY&quantity=1&price=1", -1115, "Invalid timeInForce.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1", -1102, "Mandatory parameter 'price' was not sent, was empty/null, or malformed.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=1", -1102, "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1e3&price=1", -1102, "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=1.005", -1111, "Precision is over the maximum defined for this asset.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.0001", -1111, "Precision is over the maximum defined for this asset.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=-1", -4001, "Price less than 0.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0", -4003, "Quantity less than zero.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=-1", -4003, "Quantity less than zero.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&price=5", -1106, "Parameter 'price' sent when not required.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&timeInForce=GTC", -1106, "Parameter 'timeInForce' sent when not required.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&stopPrice=5", -1106, "Parameter 'stopPrice' sent when not required.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&positionSide=UP", -1130, "Data sent for parameter 'positionSide' is not valid.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&closePosition=true", -4136, "Target strategy invalid for orderType LIMIT or MARKET, closePosition true.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&priceMatch=QUEUE", -5038, "Price match only supports order type: LIMIT, STOP AND TAKE_PROFIT")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&priceMatch=BEST", -5037, "Invalid price match")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=1&priceMatch=QUEUE", -1106, "Parameter 'price' sent when not required.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&selfTradePreventionMode=EXPIRE_ALL", -5039, "Invalid self trade prevention mode")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&reduceOnly=maybe", -1130, "Data sent for parameter 'reduceOnly' is not valid.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newOrderRespType=FULL", -1130, "Data sent for parameter 'newOrderRespType' is not valid.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId=", -1105, "Parameter 'newClientOrderId' was empty.")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId=1234567890123456789012345678901234567", -4015, "Client order id length should not be more than 36 chars")]
    public void A_bad_order_is_refused_before_the_exchange_sees_it(string parameters, int code, string message)
    {
        var reply = _rig.Signed("POST", Path, parameters);
        reply.Status.ShouldBe(400);
        using var json = JsonDocument.Parse(reply.Body);
        json.RootElement.GetProperty("code").GetInt32().ShouldBe(code);
        json.RootElement.GetProperty("msg").GetString().ShouldBe(message);
        _rig.Exchange.Placed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("%C3%A9")]
    [InlineData("a%22b")]
    public void A_client_order_id_has_a_legal_range(string id) =>
        ProtocolRig.Code(_rig.Signed("POST", Path, $"{Limit}&newClientOrderId={id}")).ShouldBe(-1100);

    [Fact]
    public void Numbers_with_trailing_zeros_are_not_over_the_precision()
    {
        _rig.SignedText("POST", Path, "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.0100000&price=60000.1000");
        _rig.Exchange.Placed.ShouldHaveSingleItem().Quantity.ShouldBe(0.01m);
    }

    [Theory]
    [InlineData(-2019, 400)]
    [InlineData(-1007, 503)]
    public void A_refusal_of_the_exchange_travels_as_it_is(int code, int status)
    {
        _rig.Exchange.OnPlace = _ => throw new ExchangeException(code, "Margin is \"insufficient\".", status);
        var reply = _rig.Signed("POST", Path, Limit);
        reply.Status.ShouldBe(status);
        ProtocolRig.Text(reply).ShouldBe($$"""{"code":{{code}},"msg":"Margin is \u0022insufficient\u0022."}""");
    }

    [Fact]
    public void Orders_are_queried_and_cancelled_by_either_id()
    {
        _rig.SignedText("POST", Path, $"{Limit}&newClientOrderId=my-1");
        const string Open = """{"orderId":1001,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"my-1","price":"60000.10","avgPrice":"0.00000","origQty":"0.010","executedQty":"0.000","cumQuote":"0.00000","timeInForce":"GTC","type":"LIMIT","reduceOnly":false,"closePosition":false,"side":"BUY","positionSide":"BOTH","stopPrice":"0.00","workingType":"CONTRACT_PRICE","priceProtect":false,"origType":"LIMIT","priceMatch":"NONE","selfTradePreventionMode":"NONE","goodTillDate":0,"time":1700000000000,"updateTime":1700000000000}""";
        _rig.SignedText("GET", Path, "symbol=BTCUSDT&orderId=1001").ShouldBe(Open);
        _rig.SignedText("GET", Path, "symbol=BTCUSDT&origClientOrderId=my-1").ShouldBe(Open);
        _rig.SignedText("GET", "/fapi/v1/openOrder", "symbol=BTCUSDT&origClientOrderId=my-1").ShouldBe(Open);
        _rig.SignedText("GET", "/fapi/v1/openOrders").ShouldBe($"[{Open}]");
        _rig.SignedText("GET", "/fapi/v1/openOrders", "symbol=ETHUSDT").ShouldBe("[]");
        using var cancelled = JsonDocument.Parse(_rig.SignedText("DELETE", Path, "symbol=BTCUSDT&origClientOrderId=my-1"));
        cancelled.RootElement.GetProperty("status").GetString().ShouldBe("CANCELED");
        cancelled.RootElement.GetProperty("cumQty").GetString().ShouldBe("0.000");
        ProtocolRig.Code(_rig.Signed("GET", "/fapi/v1/openOrder", "symbol=BTCUSDT&orderId=1001")).ShouldBe(-2013);
        _rig.SignedText("GET", "/fapi/v1/openOrders").ShouldBe("[]");
    }

    [Theory]
    [InlineData("GET", "symbol=BTCUSDT&orderId=9", -2013)]
    [InlineData("DELETE", "symbol=BTCUSDT&orderId=9", -2011)]
    [InlineData("GET", "symbol=BTCUSDT", -1102)]
    [InlineData("DELETE", "symbol=BTCUSDT", -1102)]
    [InlineData("DELETE", "orderId=9", -1102)]
    [InlineData("DELETE", "symbol=NOPE&orderId=9", -1121)]
    public void Unknown_and_unnamed_orders_have_their_code(string method, string parameters, int code) =>
        ProtocolRig.Code(_rig.Signed(method, Path, parameters)).ShouldBe(code);

    [Fact]
    public void Cancelling_all_needs_a_symbol()
    {
        _rig.SignedText("DELETE", "/fapi/v1/allOpenOrders", "symbol=BTCUSDT").ShouldBe("""{"code":200,"msg":"The operation of cancel all open order is done."}""");
        _rig.Exchange.Calls.ShouldBe(["CancelAll main BTCUSDT"]);
        ProtocolRig.Code(_rig.Signed("DELETE", "/fapi/v1/allOpenOrders")).ShouldBe(-1102);
    }

    [Fact]
    public void User_trades_are_exact_and_selected_by_id_time_or_recency()
    {
        const long Day = 86_400_000;
        for (var i = 0; i < 10; i++)
        {
            _rig.Exchange.Fills.Add(new ExchangeFill(
                i + 1, 1001, "c", "BTCUSDT", i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, 60000.1m, 0.003m, 0.0720012m, -0.123456789m, i == 0, FakeExchange.Start - ((9 - i) * Day)));
        }
        _rig.SignedText("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT&fromId=1&limit=1").ShouldBe(
            $$"""[{"symbol":"BTCUSDT","id":1,"orderId":1001,"side":"BUY","price":"60000.10","qty":"0.003","realizedPnl":"-0.123456789","quoteQty":"180.00030","commission":"0.07200120","commissionAsset":"USDT","time":{{FakeExchange.Start - (9 * Day)}},"positionSide":"BOTH","maker":true,"buyer":true}]""");
        Ids("fromId=9").ShouldBe([9, 10]);
        Ids("").ShouldBe([3, 4, 5, 6, 7, 8, 9, 10]);
        Ids("limit=2").ShouldBe([9, 10]);
        Ids($"startTime={FakeExchange.Start - (9 * Day)}&limit=3").ShouldBe([1, 2, 3]);
        Ids($"startTime={FakeExchange.Start - (4 * Day)}&endTime={FakeExchange.Start - (3 * Day)}").ShouldBe([6, 7]);
        Ids("fromId=1&orderId=5").ShouldBeEmpty();
        ProtocolRig.Code(_rig.Signed("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT&fromId=1&startTime=5")).ShouldBe(-1106);
        ProtocolRig.Code(_rig.Signed("GET", "/fapi/v1/userTrades", $"symbol=BTCUSDT&startTime=1&endTime={FakeExchange.Start}")).ShouldBe(-1130);

        long[] Ids(string query)
        {
            using var json = JsonDocument.Parse(_rig.SignedText("GET", "/fapi/v1/userTrades", $"symbol=BTCUSDT&{query}".TrimEnd('&')));
            return [.. json.RootElement.EnumerateArray().Select(fill => fill.GetProperty("id").GetInt64())];
        }
    }

    [Fact]
    public void Every_order_endpoint_demands_a_signature()
    {
        foreach (var (method, path) in new[]
        {
            ("POST", Path), ("DELETE", Path), ("GET", Path), ("GET", "/fapi/v1/openOrder"), ("GET", "/fapi/v1/openOrders"), ("DELETE", "/fapi/v1/allOpenOrders"),
            ("GET", "/fapi/v1/userTrades"),
        })
        {
            ProtocolRig.Code(_rig.Call(method, path, Limit)).ShouldBe(-2014, $"{method} {path}");
            ProtocolRig.Code(_rig.Call(method, path, $"{Limit}&timestamp={FakeExchange.Start}&signature={new string('0', 64)}", "", "granary-test-key"))
                .ShouldBe(-1022, $"{method} {path}");
        }
        _rig.Exchange.Placed.ShouldBeEmpty();
    }
}
