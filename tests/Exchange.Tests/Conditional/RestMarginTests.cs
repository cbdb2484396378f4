using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Conditional;

public class RestMarginTests : IDisposable
{
    private readonly DeskRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Leverage_and_margin_type_are_set_and_told()
    {
        var answer = _rig.Ask("POST", "/fapi/v1/leverage", "symbol=TSTUSDT&leverage=7");
        answer.GetProperty("leverage").GetInt32().ShouldBe(7);
        var told = _rig.Told().Single();
        told.GetProperty("e").GetString().ShouldBe("ACCOUNT_CONFIG_UPDATE");
        told.GetProperty("ac").GetRawText().ShouldBe("""{"s":"TSTUSDT","l":7}""");
        _rig.Ask("POST", "/fapi/v1/marginType", "symbol=TSTUSDT&marginType=ISOLATED").GetRawText().ShouldBe("""{"code":200,"msg":"success"}""");
        _rig.Refusal("POST", "/fapi/v1/marginType", "symbol=TSTUSDT&marginType=ISOLATED").ShouldBe(-4046);
        _rig.Refusal("POST", "/fapi/v1/leverage", "symbol=TSTUSDT&leverage=1000").ShouldBe(-4028);
        var settings = _rig.Ask("GET", "/fapi/v1/symbolConfig", "symbol=TSTUSDT")[0];
        settings.GetProperty("marginType").GetString().ShouldBe("ISOLATED");
        settings.GetProperty("leverage").GetInt32().ShouldBe(7);
        _rig.Quote(99, 101);
        _rig.Exchange.Place("a", Exchanges.Market(OrderSide.Buy, 0.7m));
        _rig.Ask("POST", "/fapi/v1/positionMargin", "symbol=TSTUSDT&amount=5&type=1").GetProperty("amount").GetDecimal().ShouldBe(5m);
        var position = _rig.Ask("GET", "/fapi/v2/positionRisk", "symbol=TSTUSDT")[0];
        position.GetProperty("marginType").GetString().ShouldBe("isolated");
        position.GetProperty("isolatedWallet").GetString().ShouldBe("15.10000000");
        _rig.Ask("GET", "/fapi/v1/income", "incomeType=COMMISSION").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void Moves_of_isolated_margin_are_listed_newest_first_by_time_and_type()
    {
        const string Path = "/fapi/v1/positionMargin/history";
        _rig.Ask("POST", "/fapi/v1/marginType", "symbol=TSTUSDT&marginType=ISOLATED");
        _rig.Quote(99, 101);
        _rig.Exchange.Place("a", Exchanges.Market(OrderSide.Buy, 0.7m));
        _rig.Ask("POST", "/fapi/v1/positionMargin", "symbol=TSTUSDT&amount=5&type=1");
        _rig.Ask("POST", "/fapi/v1/positionMargin", "symbol=TSTUSDT&amount=1.5&type=2");
        _rig.Ask("POST", "/fapi/v1/positionMargin", "symbol=TSTUSDT&amount=2&type=1");

        string[] Listed(string filter) => [.. _rig.Ask("GET", Path, "symbol=TSTUSDT" + filter).EnumerateArray()
            .Select(move => $"{move.GetProperty("type").GetInt32()} {move.GetProperty("amount").GetString()}")];
        Listed("").ShouldBe(["1 2.00000000", "2 1.50000000", "1 5.00000000"]);
        Listed("&type=2").ShouldBe(["2 1.50000000"]);
        Listed("&limit=1").ShouldBe(["1 2.00000000"]);
        Listed("&endTime=1").ShouldBeEmpty();
        _rig.Refusal("GET", Path, "symbol=TSTUSDT&type=3").ShouldBe(-1130);
    }

    [Fact]
    public void Conditional_orders_keep_to_the_position_mode()
    {
        const string Stop = "algoType=CONDITIONAL&symbol=TSTUSDT&side=SELL&type=STOP_MARKET&triggerPrice=98";
        var waiting = _rig.Ask("POST", "/fapi/v1/algoOrder", Stop + "&quantity=0.2").GetProperty("algoId").GetInt64();
        _rig.Refusal("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=true").ShouldBe(-4067);
        _rig.Exchange.CancelConditional("a", waiting, null);
        _rig.Ask("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=true");
        _rig.Ask("GET", "/fapi/v1/positionSide/dual", "").GetProperty("dualSidePosition").GetBoolean().ShouldBeTrue();
        _rig.Refusal("POST", "/fapi/v1/algoOrder", Stop + "&quantity=0.2").ShouldBe(-4061);
        _rig.Refusal("POST", "/fapi/v1/algoOrder", Stop + "&quantity=0.2&positionSide=LONG&reduceOnly=true").ShouldBe(-1106);
        _rig.Quote(99, 101);
        _rig.Ask("POST", "/fapi/v1/order", "symbol=TSTUSDT&side=BUY&type=MARKET&quantity=0.5&positionSide=LONG");
        _rig.Ask("POST", "/fapi/v1/order", "symbol=TSTUSDT&side=SELL&type=MARKET&quantity=0.3&positionSide=SHORT");
        _rig.Ask("GET", "/fapi/v2/account", "").GetProperty("positions").EnumerateArray().Select(p => p.GetProperty("positionAmt").GetString())
            .ShouldBe(["0.500", "-0.300"]);
        _rig.Ask("POST", "/fapi/v1/algoOrder", Stop + "&closePosition=true&positionSide=LONG").GetProperty("positionSide").GetString().ShouldBe("LONG");
        _rig.Told();
        _rig.Quote(98, 101);
        _rig.Exchange.Place("a", Exchanges.Limit(OrderSide.Sell, 98, 0.1m, TimeInForce.Ioc) with { PositionSide = PositionSide.Short });
        _rig.Algo()[^1].ShouldBe("FINISHED");
        _rig.Exchange.GetPositions("a", null).Select(p => (p.PositionSide, p.Quantity)).ShouldBe([(PositionSide.Short, -0.4m)]);
        _rig.Exchange.GetTotals().Difference.ShouldBe(0);
    }

    [Fact]
    public void An_amendment_is_held_against_the_position_it_is_for()
    {
        _rig.Ask("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=true");
        _rig.Quote(99, 101);
        _rig.Ask("POST", "/fapi/v1/order", "symbol=TSTUSDT&side=BUY&type=MARKET&quantity=0.5&positionSide=LONG");
        _rig.Ask("POST", "/fapi/v1/order", "symbol=TSTUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.5&price=105&positionSide=LONG&newClientOrderId=o1");
        _rig.Ask("PUT", "/fapi/v1/order", "symbol=TSTUSDT&side=SELL&origClientOrderId=o1&quantity=0.5&price=99").GetProperty("status").GetString().ShouldBe("FILLED");
        _rig.Exchange.GetPositions("a", null).ShouldBeEmpty();
    }
}
