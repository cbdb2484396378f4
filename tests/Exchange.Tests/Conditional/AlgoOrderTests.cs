using Granary.Engine.Orders;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Conditional;

public class AlgoOrderTests : IDisposable
{
    private const string Path = "/fapi/v1/algoOrder";
    private const string Stop = "algoType=CONDITIONAL&symbol=TSTUSDT&side=SELL&type=STOP_MARKET&quantity=0.2&triggerPrice=98";

    private readonly DeskRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void The_answer_has_the_venues_fields()
    {
        var order = _rig.Ask("POST", Path, Stop + "&clientAlgoId=c1");
        order.EnumerateObject().Select(m => m.Name).ShouldBe(
        [
            "algoId", "clientAlgoId", "algoType", "orderType", "symbol", "side", "positionSide", "timeInForce", "quantity", "algoStatus", "triggerPrice", "price",
            "icebergQuantity", "selfTradePreventionMode", "workingType", "priceMatch", "closePosition", "priceProtect", "reduceOnly", "activatePrice",
            "callbackRate", "createTime", "updateTime", "triggerTime", "goodTillDate",
        ]);
        order.GetProperty("algoStatus").GetString().ShouldBe("NEW");
        order.GetProperty("triggerPrice").GetString().ShouldBe("98.0");
        order.GetProperty("quantity").GetString().ShouldBe("0.200");
        order.GetProperty("selfTradePreventionMode").GetString().ShouldBe("EXPIRE_MAKER");
        var open = _rig.Ask("GET", "/fapi/v1/openAlgoOrders", "symbol=TSTUSDT");
        open.GetArrayLength().ShouldBe(1);
        open[0].GetProperty("actualOrderId").GetString().ShouldBe("");
        _rig.Ask("GET", "/fapi/v1/openOrders", "symbol=TSTUSDT").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void A_stop_places_its_order_when_the_last_price_reaches_it()
    {
        _rig.Quote(99, 101);
        _rig.Ask("POST", Path, Stop + "&clientAlgoId=c1");
        _rig.TradeAt(98.1m);
        _rig.Algo().ShouldBe(["NEW"]);
        _rig.Exchange.CancelAll("b", Exchanges.Symbol);
        _rig.Exchange.Place("b", Exchanges.Limit(OrderSide.Buy, 98, 1));
        _rig.Exchange.Place("a", Exchanges.Limit(OrderSide.Sell, 98, 0.1m, TimeInForce.Ioc));
        _rig.Algo().ShouldBe(["TRIGGERING", "TRIGGERED", "FINISHED"]);
        var order = _rig.Ask("GET", Path, "clientAlgoId=c1");
        order.GetProperty("algoStatus").GetString().ShouldBe("FINISHED");
        order.GetProperty("actualQty").GetString().ShouldBe("0.200");
        var placed = _rig.Ask("GET", "/fapi/v1/order", "symbol=TSTUSDT&orderId=" + order.GetProperty("actualOrderId").GetString());
        placed.GetProperty("status").GetString().ShouldBe("FILLED");
        placed.GetProperty("type").GetString().ShouldBe("MARKET");
        placed.GetProperty("origType").GetString().ShouldBe("STOP_MARKET");
        placed.GetProperty("stopPrice").GetString().ShouldBe("98.0");
        _rig.Exchange.ShouldAddUp("a", "b");
    }

    [Fact]
    public void Close_position_closes_what_is_there_and_expires_when_nothing_is()
    {
        _rig.Quote(99, 101);
        _rig.Exchange.Place("a", Exchanges.Market(OrderSide.Buy, 0.5m));
        const string Close = "algoType=CONDITIONAL&symbol=TSTUSDT&side=SELL&type=TAKE_PROFIT_MARKET&triggerPrice=103&closePosition=true";
        _rig.Ask("POST", Path, Close + "&clientAlgoId=c1");
        _rig.Refusal("POST", Path, Close).ShouldBe(-4130);
        _rig.Refusal("POST", Path, Close + "&quantity=1").ShouldBe(-1106);
        _rig.Told();
        _rig.Exchange.Place("b", Exchanges.Limit(OrderSide.Buy, 103, 5, TimeInForce.Gtc, id: "b1"));
        _rig.Exchange.GetPositions("a", null).Single().Quantity.ShouldBe(0.5m);
        _rig.Quote(103, 104);
        _rig.Exchange.Place("a", Exchanges.Limit(OrderSide.Sell, 103, 0.1m, TimeInForce.Ioc));
        _rig.Exchange.GetPositions("a", null).ShouldBeEmpty();
        _rig.Ask("POST", Path, Close.Replace("103", "105"));
        _rig.Told();
        _rig.Quote(105, 106);
        _rig.Exchange.Place("a", Exchanges.Limit(OrderSide.Sell, 105, 0.1m, TimeInForce.Ioc));
        _rig.Algo()[^1].ShouldBe("EXPIRED");
    }

    [Fact]
    public void A_refused_order_rejects_its_conditional_with_the_reason()
    {
        _rig.Quote(99, 101);
        _rig.Ask("POST", Path, Stop.Replace("SELL", "BUY").Replace("=98", "=103") + "&reduceOnly=true");
        _rig.Told();
        _rig.Quote(103, 104);
        _rig.Exchange.Place("a", Exchanges.Limit(OrderSide.Buy, 104, 0.1m, TimeInForce.Ioc));
        var update = _rig.Told().Last(e => e.GetProperty("e").GetString() == "ALGO_UPDATE").GetProperty("o");
        update.GetProperty("X").GetString().ShouldBe("REJECTED");
        update.GetProperty("rm").GetString().ShouldBe("ReduceOnly Order is rejected.");
    }

    [Theory]
    [InlineData("&triggerPrice=101", -2021)]
    [InlineData("&triggerPrice=98.05", -1111)]
    [InlineData("&triggerPrice=0", -4006)]
    [InlineData("", -1102)]
    [InlineData("&triggerPrice=98&callbackRate=1", -1106)]
    [InlineData("&triggerPrice=98&price=98", -1106)]
    [InlineData("&triggerPrice=98&workingType=INDEX", -1130)]
    [InlineData("&triggerPrice=98&priceMatch=QUEUE", -5038)]
    public void Bad_ones_are_refused(string rest, int code) =>
        _rig.Refusal("POST", Path, "algoType=CONDITIONAL&symbol=TSTUSDT&side=SELL&type=STOP_MARKET&quantity=0.2" + rest).ShouldBe(code);

    [Fact]
    public void Trailing_stops_need_their_rate_in_range()
    {
        const string Trailing = "algoType=CONDITIONAL&symbol=TSTUSDT&side=SELL&type=TRAILING_STOP_MARKET&quantity=0.2";
        _rig.Refusal("POST", Path, Trailing).ShouldBe(-1102);
        _rig.Refusal("POST", Path, Trailing + "&callbackRate=0.05").ShouldBe(-2007);
        _rig.Refusal("POST", Path, Trailing + "&callbackRate=1&activatePrice=99").ShouldBe(-2021);
        _rig.Ask("POST", Path, Trailing + "&callbackRate=1&activatePrice=103").GetProperty("callbackRate").GetString().ShouldBe("1");
    }

    [Fact]
    public void They_are_cancelled_alone_or_together_and_apart_from_orders()
    {
        var id = _rig.Ask("POST", Path, Stop).GetProperty("algoId").GetInt64();
        _rig.Ask("POST", Path, Stop + "&clientAlgoId=c2");
        _rig.Refusal("POST", Path, Stop + "&clientAlgoId=c2").ShouldBe(-4116);
        _rig.Ask("DELETE", "/fapi/v1/allOpenOrders", "symbol=TSTUSDT");
        _rig.Ask("GET", "/fapi/v1/openAlgoOrders", "").GetArrayLength().ShouldBe(2);
        var cancelled = _rig.Ask("DELETE", Path, $"algoId={id}");
        cancelled.GetProperty("code").GetString().ShouldBe("200");
        _rig.Refusal("DELETE", Path, $"algoId={id}").ShouldBe(-2011);
        _rig.Refusal("DELETE", Path, "").ShouldBe(-1102);
        _rig.Refusal("GET", Path, "algoId=5").ShouldBe(-2013);
        _rig.Ask("DELETE", "/fapi/v1/algoOpenOrders", "symbol=TSTUSDT").GetProperty("code").GetInt32().ShouldBe(200);
        _rig.Ask("GET", "/fapi/v1/openAlgoOrders", "").GetArrayLength().ShouldBe(0);
        _rig.Ask("GET", "/fapi/v1/allAlgoOrders", "symbol=TSTUSDT").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void They_survive_a_restart()
    {
        using var folder = new TempFolder();
        var options = Exchanges.TwoAccounts with { DataPath = folder.Path };
        string digest;
        using (var first = new DeskRig(options))
        {
            first.Quote(99, 101);
            first.Ask("POST", Path, Stop + "&clientAlgoId=c1");
            first.Ask("POST", "/fapi/v1/order", "symbol=TSTUSDT&side=BUY&type=LIMIT&timeInForce=GTD&goodTillDate=1700001000999&quantity=0.1&price=95");
            digest = first.Exchange.StateDigest();
        }
        using var second = new DeskRig(options);
        second.Exchange.StateDigest().ShouldBe(digest);
        second.Ask("GET", Path, "clientAlgoId=c1").GetProperty("algoStatus").GetString().ShouldBe("NEW");
        second.Ask("GET", "/fapi/v1/openOrders", "")[0].GetProperty("goodTillDate").GetInt64().ShouldBe(1_700_001_000_000);
        second.TradeAt(98);
        second.Ask("GET", Path, "clientAlgoId=c1").GetProperty("algoStatus").GetString().ShouldBe("FINISHED");
    }
}
