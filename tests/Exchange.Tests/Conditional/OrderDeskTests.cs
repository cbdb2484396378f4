using Granary.Engine.Orders;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Conditional;

public class OrderDeskTests : IDisposable
{
    private const string Path = "/fapi/v1/order";
    private const string Limit = "symbol=TSTUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.2&price=99";

    private readonly DeskRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void An_amended_order_keeps_its_id_and_goes_to_the_end_of_its_queue()
    {
        var id = _rig.Ask("POST", Path, Limit + "&newClientOrderId=o1").GetProperty("orderId").GetInt64();
        _rig.Exchange.Place("b", Exchanges.Limit(OrderSide.Buy, 98, 0.2m));
        _rig.Told();
        var amended = _rig.Ask("PUT", Path, $"symbol=TSTUSDT&side=BUY&orderId={id}&quantity=0.3&price=98");
        amended.GetProperty("orderId").GetInt64().ShouldBe(id);
        amended.GetProperty("price").GetString().ShouldBe("98.0");
        amended.GetProperty("modifyId").GetInt64().ShouldBe(1);
        var told = _rig.Told().Single().GetProperty("o");
        told.GetProperty("x").GetString().ShouldBe("AMENDMENT");
        told.GetProperty("q").GetString().ShouldBe("0.300");
        _rig.Exchange.Place("b", Exchanges.Limit(OrderSide.Sell, 98, 0.2m, TimeInForce.Ioc));
        _rig.Exchange.GetOrder("a", Exchanges.Symbol, id, null).ExecutedQuantity.ShouldBe(0, "b was first at 98, so b met itself and a kept waiting");
        var history = _rig.Ask("GET", "/fapi/v1/orderAmendment", "symbol=TSTUSDT")[0];
        history.GetProperty("amendment").GetProperty("price").GetProperty("before").GetString().ShouldBe("99.0");
        history.GetProperty("amendment").GetProperty("origQty").GetProperty("after").GetString().ShouldBe("0.300");
        history.GetProperty("amendment").GetProperty("count").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void An_amendment_may_trade_or_cancel()
    {
        _rig.Ask("POST", Path, Limit + "&newClientOrderId=o1");
        _rig.Exchange.Place("b", Exchanges.Limit(OrderSide.Sell, 101, 0.1m));
        _rig.Ask("PUT", Path, "symbol=TSTUSDT&side=BUY&origClientOrderId=o1&quantity=0.2&price=101").GetProperty("status").GetString().ShouldBe("PARTIALLY_FILLED");
        _rig.Ask("PUT", Path, "symbol=TSTUSDT&side=BUY&origClientOrderId=o1&quantity=0.1&price=100").GetProperty("status").GetString().ShouldBe("CANCELED");
        _rig.Refusal("PUT", Path, "symbol=TSTUSDT&side=BUY&origClientOrderId=o1&quantity=0.1&price=100").ShouldBe(-2013);
        _rig.Exchange.ShouldAddUp("a", "b");
    }

    [Fact]
    public void Amendments_have_their_refusals()
    {
        _rig.Ask("POST", Path, Limit + "&newClientOrderId=o1");
        const string Amend = "symbol=TSTUSDT&origClientOrderId=o1";
        _rig.Refusal("PUT", Path, Amend + "&side=BUY&quantity=0.2&price=99").ShouldBe(-5027);
        _rig.Refusal("PUT", Path, Amend + "&side=SELL&quantity=0.2&price=98").ShouldBe(-1117);
        _rig.Refusal("PUT", Path, Amend + "&side=BUY&quantity=0.2").ShouldBe(-1102);
        _rig.Refusal("PUT", Path, Amend + "&side=BUY&quantity=0.01&price=98").ShouldBe(-4164);
        _rig.Refusal("PUT", Path, Amend + "&side=BUY&quantity=990&price=105").ShouldBe(-2019, "margin");
    }

    [Fact]
    public void A_batch_answers_each_order_in_its_place()
    {
        var items = Uri.EscapeDataString(
            """[{"symbol":"TSTUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"0.2","price":"99","newClientOrderId":"b1"},{"symbol":"TSTUSDT","side":"SELL","type":"MARKET","quantity":0.2,"reduceOnly":"true"},{"symbol":"NOPE"}]""");
        var reply = _rig.Reply("POST", "/fapi/v1/batchOrders", "batchOrders=" + items);
        reply.OrderCount10s.ShouldBe(3);
        using var json = System.Text.Json.JsonDocument.Parse(reply.Body);
        var answers = json.RootElement;
        answers[0].GetProperty("clientOrderId").GetString().ShouldBe("b1");
        answers[1].GetProperty("code").GetInt32().ShouldBe(-2022);
        answers[2].GetProperty("code").GetInt32().ShouldBe(-1121);
        var amend = Uri.EscapeDataString("""[{"symbol":"TSTUSDT","side":"BUY","origClientOrderId":"b1","quantity":"0.2","price":"98"}]""");
        _rig.Ask("PUT", "/fapi/v1/batchOrders", "batchOrders=" + amend)[0].GetProperty("price").GetString().ShouldBe("98.0");
        var ids = Uri.EscapeDataString("""["b1","none"]""");
        var cancelled = _rig.Ask("DELETE", "/fapi/v1/batchOrders", "symbol=TSTUSDT&origClientOrderIdList=" + ids);
        cancelled[0].GetProperty("status").GetString().ShouldBe("CANCELED");
        cancelled[1].GetProperty("code").GetInt32().ShouldBe(-2011);
        _rig.Refusal("POST", "/fapi/v1/batchOrders", "batchOrders=x").ShouldBe(-1130);
        _rig.Refusal("POST", "/fapi/v1/batchOrders", "").ShouldBe(-1102);
        _rig.Ask("GET", "/fapi/v1/allOrders", "symbol=TSTUSDT")[0].GetProperty("status").GetString().ShouldBe("CANCELED");
    }

    [Fact]
    public void A_countdown_cancels_orders_and_leaves_conditional_ones()
    {
        _rig.Ask("POST", Path, Limit);
        _rig.Ask("POST", "/fapi/v1/algoOrder", "algoType=CONDITIONAL&symbol=TSTUSDT&side=SELL&type=STOP_MARKET&quantity=0.2&triggerPrice=98");
        var armed = _rig.Ask("POST", "/fapi/v1/countdownCancelAll", "symbol=TSTUSDT&countdownTime=1000");
        armed.GetRawText().ShouldBe("""{"symbol":"TSTUSDT","countdownTime":"1000"}""");
        _rig.Time.AdvanceTo(_rig.Exchange.ServerTimeMs + 999);
        _rig.Exchange.Driver.Step();
        _rig.Exchange.GetOpenOrders("a", null).Count.ShouldBe(1);
        _rig.Ask("POST", "/fapi/v1/countdownCancelAll", "symbol=TSTUSDT&countdownTime=1000");
        _rig.Time.AdvanceTo(_rig.Exchange.ServerTimeMs + 999);
        _rig.Exchange.Driver.Step();
        _rig.Exchange.GetOpenOrders("a", null).Count.ShouldBe(1);
        _rig.Time.AdvanceTo(_rig.Exchange.ServerTimeMs + 1);
        _rig.Exchange.Driver.Step();
        _rig.Exchange.GetOpenOrders("a", null).ShouldBeEmpty();
        _rig.Exchange.GetConditionals("a").Single().IsWaiting.ShouldBeTrue();
    }

    [Fact]
    public void A_disarmed_countdown_cancels_nothing()
    {
        _rig.Ask("POST", Path, Limit);
        _rig.Ask("POST", "/fapi/v1/countdownCancelAll", "symbol=TSTUSDT&countdownTime=1000");
        _rig.Ask("POST", "/fapi/v1/countdownCancelAll", "symbol=TSTUSDT&countdownTime=0");
        _rig.Time.AdvanceTo(_rig.Exchange.ServerTimeMs + 5000);
        _rig.Exchange.Driver.Step();
        _rig.Exchange.GetOpenOrders("a", null).Count.ShouldBe(1);
    }

    [Fact]
    public void A_good_till_date_cancels_its_order()
    {
        var placed = _rig.Ask("POST", Path, Limit.Replace("GTC", "GTD") + "&goodTillDate=1700000700500");
        placed.GetProperty("timeInForce").GetString().ShouldBe("GTD");
        placed.GetProperty("goodTillDate").GetInt64().ShouldBe(1_700_000_700_000);
        _rig.Time.AdvanceTo(1_700_000_699_999);
        _rig.Exchange.Driver.Step();
        _rig.Exchange.GetOpenOrders("a", null).Count.ShouldBe(1);
        _rig.Time.AdvanceTo(1_700_000_700_000);
        _rig.Exchange.RunDue();
        _rig.Exchange.GetOpenOrders("a", null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("BUY", "OPPONENT", "101.0")]
    [InlineData("BUY", "QUEUE", "99.0")]
    [InlineData("SELL", "OPPONENT", "99.0")]
    [InlineData("SELL", "QUEUE", "101.0")]
    public void A_price_match_takes_the_books_price(string side, string match, string price)
    {
        _rig.Quote(99, 101);
        var order = _rig.Ask("POST", Path, $"symbol=TSTUSDT&side={side}&type=LIMIT&timeInForce=GTC&quantity=0.2&priceMatch={match}");
        order.GetProperty("price").GetString().ShouldBe(price);
        order.GetProperty("priceMatch").GetString().ShouldBe(match);
        _rig.Refusal("POST", Path, $"symbol=TSTUSDT&side={side}&type=LIMIT&timeInForce=GTC&quantity=0.2&priceMatch={match}_5").ShouldBe(-5041);
    }

    [Theory]
    [InlineData("NONE", true, false)]
    [InlineData("EXPIRE_TAKER", true, false)]
    [InlineData("EXPIRE_MAKER", false, true)]
    [InlineData("EXPIRE_BOTH", false, false)]
    public void Self_trade_prevention_ends_what_it_names(string mode, bool makerLives, bool takerLives)
    {
        var maker = _rig.Ask("POST", Path, Limit).GetProperty("orderId").GetInt64();
        var taker = _rig.Ask("POST", Path, Limit.Replace("BUY", "SELL") + $"&selfTradePreventionMode={mode}").GetProperty("orderId").GetInt64();
        Status(maker).ShouldBe(makerLives ? "NEW" : "EXPIRED_IN_MATCH");
        Status(taker).ShouldBe(takerLives ? "NEW" : "EXPIRED_IN_MATCH");
        _rig.Exchange.GetUserTrades("a", Exchanges.Symbol, 0, 10).ShouldBeEmpty();

        string? Status(long id) => _rig.Ask("GET", Path, $"symbol=TSTUSDT&orderId={id}").GetProperty("status").GetString();
    }
}
