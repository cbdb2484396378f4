using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Exchange.Faults;
using Granary.Exchange.Tests.Conditional;
using Granary.Exchange.Tests.Doubles;
using Granary.Exchange.Tests.Protocol;

namespace Granary.Exchange.Tests.Faults;

/// <summary>Faults in what is said rather than whether: on a real exchange with both protocols.</summary>
public sealed class DisguiseTests : IDisposable
{
    private const string Order = "symbol=TSTUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.2&price=99";

    private readonly DeskRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_request_is_refused_with_any_code()
    {
        Script("""{"kind":"Refused","value":4120,"request":"POST /fapi/v1/algoOrder","times":1}""");
        const string stop = "algoType=CONDITIONAL&symbol=TSTUSDT&side=SELL&type=STOP_MARKET&quantity=0.2&triggerPrice=90";
        _rig.Refusal("POST", "/fapi/v1/algoOrder", stop).ShouldBe(-4120);
        _rig.Exchange.GetConditionals("a").ShouldBeEmpty();
        _rig.Ask("POST", "/fapi/v1/algoOrder", stop);
    }

    [Fact]
    public void A_refusal_needs_a_code() => Should.Throw<ArgumentException>(() => Script("""{"kind":"Refused"}""")).Message.ShouldContain("4120");

    [Fact]
    public void A_halted_symbol_says_so_and_takes_no_orders()
    {
        var open = _rig.Ask("POST", "/fapi/v1/order", Order).GetProperty("orderId").GetInt64();
        Script("""{"kind":"Halted","symbol":"TSTUSDT"}""");
        _rig.Refusal("POST", "/fapi/v1/order", Order).ShouldBe(-4140);
        _rig.Ask("DELETE", "/fapi/v1/order", $"symbol=TSTUSDT&orderId={open}");
        Status().ShouldBe("TRADING_HALT");
        _rig.Streams.Faults.Clear();
        Status().ShouldBe("TRADING");

        string? Status() => _rig.Ask("GET", "/fapi/v1/exchangeInfo", "").GetProperty("symbols")[0].GetProperty("status").GetString();
    }

    [Fact]
    public void An_executed_request_is_answered_by_a_page()
    {
        Script("""{"kind":"NotJson","times":1}""");
        var reply = _rig.Reply("POST", "/fapi/v1/order", Order);
        (reply.Status, reply.ContentType).ShouldBe((200, "text/html"));
        Should.Throw<JsonException>(() => JsonDocument.Parse(reply.Body));
        _rig.Exchange.GetOpenOrders("a", null).Count.ShouldBe(1);
    }

    [Fact]
    public void An_answer_comes_late()
    {
        Script("""{"kind":"Delay","value":1500,"request":"GET /fapi/v1/time"}""");
        _rig.Reply("GET", "/fapi/v1/time", "").DelayMs.ShouldBe(1500);
        _rig.Reply("GET", "/fapi/v1/ping", "").DelayMs.ShouldBe(0);
    }

    [Fact]
    public void Answers_have_unknown_fields_and_values()
    {
        Script("""{"kind":"FieldAdded","request":"GET /fapi/v3/account","times":1},{"kind":"ValueUnknown","request":"POST /fapi/v1/order","times":1}""");
        var account = _rig.Ask("GET", "/fapi/v3/account", "");
        account.TryGetProperty("granaryUnknown", out _).ShouldBeTrue();
        account.GetProperty("assets")[0].TryGetProperty("granaryUnknown", out _).ShouldBeTrue();
        account.GetProperty("totalWalletBalance").GetString().ShouldNotBeNullOrEmpty();
        var order = _rig.Ask("POST", "/fapi/v1/order", Order);
        order.GetProperty("status").GetString().ShouldBe("GRANARY_UNKNOWN");
        order.GetProperty("side").GetString().ShouldBe("BUY");
    }

    [Fact]
    public void Balances_are_empty_texts()
    {
        Script("""{"kind":"BalanceEmpty","request":"GET /fapi/v3/balance","account":"a"}""");
        var balance = _rig.Ask("GET", "/fapi/v3/balance", "")[0];
        balance.GetProperty("balance").GetString().ShouldBe("");
        balance.GetProperty("asset").GetString().ShouldBe("USDT");
    }

    [Fact]
    public void A_user_event_lies_or_lacks()
    {
        Script("""{"kind":"CrossOverstated","value":1000,"stream":"ACCOUNT_UPDATE","times":1},{"kind":"BalanceEmpty","stream":"ACCOUNT_UPDATE","times":1}""");
        var told = Filled(2);
        var balances = told.Where(e => Name(e) == "ACCOUNT_UPDATE").Select(e => e.GetProperty("a").GetProperty("B")[0]).ToArray();
        (Number(balances[0], "cw") - Number(balances[0], "wb")).ShouldBe(1000m);
        balances[1].GetProperty("cw").GetString().ShouldBe("");
    }

    [Fact]
    public void An_account_update_is_overtaken_by_its_order_update()
    {
        Filled(1).Select(Name).Where(n => n != "TRADE_LITE").ShouldBe(["ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE"]);
        Script("""{"kind":"EventLate","stream":"ACCOUNT_UPDATE","value":2,"times":1}""");
        Filled(1).Select(Name).Where(n => n != "TRADE_LITE").ShouldBe(["ORDER_TRADE_UPDATE", "ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE"]);
    }

    [Fact]
    public void A_stream_is_acknowledged_and_silent()
    {
        Script("""{"kind":"EventLost","stream":"tstusdt@aggTrade"}""");
        using var session = _rig.Streams.Open("/market/ws");
        ProtocolRig.Send(session, """{"method":"SUBSCRIBE","params":["tstusdt@aggTrade","tstusdt@markPrice@1s"],"id":1}""");
        ProtocolRig.Drain(session).ShouldBe(["""{"result":null,"id":1}"""]);
        _rig.TradeAt(99m);
        ProtocolRig.Drain(session).ShouldBeEmpty();
    }

    [Fact]
    public void A_socket_is_closed_as_after_a_day()
    {
        Script("""{"kind":"SocketClosed","stream":"tstusdt@aggTrade"}""");
        using var session = _rig.Streams.Open("/market/ws/tstusdt@aggTrade");
        _rig.TradeAt(99m);
        session.CloseReason.ShouldNotBeNull();
        session.WasCut.ShouldBeFalse("it says goodbye");
        ProtocolRig.Drain(session).Count.ShouldBe(1);
    }

    private static string? Name(JsonElement e) => e.GetProperty("e").GetString();

    private static decimal Number(JsonElement e, string name) => decimal.Parse(e.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What account a's user stream tells of fills against b.</summary>
    private List<JsonElement> Filled(int times)
    {
        _rig.Told();
        for (var i = 0; i < times; i++)
        {
            _rig.Exchange.Place("b", Exchanges.Limit(OrderSide.Sell, 100m, 0.1m));
            _rig.Exchange.Place("a", Exchanges.Limit(OrderSide.Buy, 100m, 0.1m));
        }
        return _rig.Told();
    }

    private void Script(string rules) => _rig.Streams.Faults.Add(FaultScript.Parse($$"""{"rules":[{{rules}}]}"""));
}
