using System.Text.Json;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Tests.Protocol;

public class StreamEventTests
{
    private readonly ProtocolRig _rig = new();

    private static ExchangeOrder Order(OrderStatus status = OrderStatus.New, decimal executed = 0, decimal quote = 0) => new(
        77, "my-1", "BTCUSDT", OrderSide.Sell, OrderType.Limit, TimeInForce.Gtx, 0.02m, 60000.1m, true, status, executed, quote, FakeExchange.Start - 9, FakeExchange.Start - 4);

    private string ListenKey()
    {
        using var json = JsonDocument.Parse(_rig.Call("POST", "/fapi/v1/listenKey", "", "", "granary-test-key").Body);
        return json.RootElement.GetProperty("listenKey").GetString()!;
    }

    [Fact]
    public void Agg_trade_is_bare_on_ws_and_wrapped_on_stream()
    {
        using var bare = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        using var wrapped = _rig.Streams.Open("/market/stream?streams=ethusdt@aggTrade/btcusdt@aggTrade");
        _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(5, FakeExchange.Start - 2, 60000.1m, 0.5m, count: 3, buyerMaker: true));
        const string Event = """{"e":"aggTrade","E":1700000000000,"s":"BTCUSDT","a":5,"p":"60000.10","q":"0.500","nq":"0.500","f":50,"l":52,"T":1699999999998,"m":true,"st":1}""";
        ProtocolRig.Drain(bare).ShouldBe([Event]);
        ProtocolRig.Drain(wrapped).ShouldBe([$$"""{"stream":"btcusdt@aggTrade","data":{{Event}}}"""]);
    }

    [Theory]
    [InlineData("public")]
    [InlineData("market")]
    public void Trade_is_served_under_both_roots(string root)
    {
        using var session = _rig.Streams.Open($"/{root}/ws/btcusdt@trade");
        _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(5, FakeExchange.Start - 2, 60000.1m, 0.5m));
        ProtocolRig.Drain(session).ShouldBe(
            ["""{"e":"trade","E":1700000000000,"T":1699999999998,"s":"BTCUSDT","t":50,"p":"60000.10","q":"0.500","X":"MARKET","m":false}"""]);
    }

    [Fact]
    public void Book_ticker()
    {
        using var session = _rig.Streams.Open("/public/ws/btcusdt@bookTicker");
        _rig.Streams.OnBookTicker("BTCUSDT", _rig.Exchange.Ticker);
        ProtocolRig.Drain(session).ShouldBe(
            ["""{"e":"bookTicker","u":100,"E":1700000000000,"T":1699999999993,"s":"BTCUSDT","ps":"BTCUSDT","b":"60000.00","B":"1.500","a":"60000.10","A":"0.002","st":1}"""]);
    }

    [Fact]
    public void Mark_price_comes_each_second_or_each_third()
    {
        using var fast = _rig.Streams.Open("/market/ws/btcusdt@markPrice@1s");
        using var slow = _rig.Streams.Open("/market/ws/btcusdt@markPrice");
        for (var i = 0; i < 7; i++) _rig.Streams.OnMarkPrice("BTCUSDT", _rig.Exchange.Mark with { TimeMs = FakeExchange.Start + (i * 1000) });
        var events = ProtocolRig.Drain(fast);
        events.Count.ShouldBe(7);
        events[0].ShouldBe(
            """{"e":"markPriceUpdate","E":1700000000000,"s":"BTCUSDT","p":"60001.12345678","ap":"60001.12345678","i":"60000.50000000","P":"60001.12345678","r":"0.00010000","T":1700003600000,"st":1}""");
        ProtocolRig.Drain(slow).Count.ShouldBe(3);
    }

    [Fact]
    public void A_new_order_is_told_without_a_fee()
    {
        using var session = _rig.Streams.Open($"/private/ws?listenKey={ListenKey()}");
        _rig.Streams.OnOrder("main", new ExecutionEvent("NEW", Order(), null, 0));
        ProtocolRig.Drain(session).ShouldBe(
            ["""{"e":"ORDER_TRADE_UPDATE","T":1699999999996,"E":1700000000000,"o":{"s":"BTCUSDT","c":"my-1","S":"SELL","o":"LIMIT","f":"GTX","q":"0.020","p":"60000.10","ap":"0.00000","sp":"0.00","x":"NEW","X":"NEW","i":77,"l":"0.000","z":"0.000","L":"0.00","T":1699999999996,"t":0,"b":"0","a":"0","m":false,"R":true,"wt":"CONTRACT_PRICE","ot":"LIMIT","ps":"BOTH","cp":false,"AP":"0","cr":"0","pP":false,"si":0,"ss":0,"rp":"0.00000000","V":"NONE","pm":"NONE","gtd":0,"er":"0"}}"""]);
    }

    [Fact]
    public void A_fill_is_told_lightly_and_fully()
    {
        using var session = _rig.Streams.Open($"/private/ws?listenKey={ListenKey()}");
        var fill = new ExchangeFill(9, 77, "my-1", "BTCUSDT", OrderSide.Sell, 60000.2m, 0.005m, 0.0600002m, -1.5m, true, FakeExchange.Start - 3);
        _rig.Streams.OnOrder("main", new ExecutionEvent("TRADE", Order(OrderStatus.PartiallyFilled, 0.015m, 900.0015m), fill, 0));
        ProtocolRig.Drain(session).ShouldBe(
            [
                """{"e":"TRADE_LITE","E":1700000000000,"T":1699999999997,"s":"BTCUSDT","q":"0.020","p":"60000.10","m":true,"c":"my-1","S":"SELL","L":"60000.20","l":"0.005","t":9,"i":77}""",
                """{"e":"ORDER_TRADE_UPDATE","T":1699999999997,"E":1700000000000,"o":{"s":"BTCUSDT","c":"my-1","S":"SELL","o":"LIMIT","f":"GTX","q":"0.020","p":"60000.10","ap":"60000.10000","sp":"0.00","x":"TRADE","X":"PARTIALLY_FILLED","i":77,"l":"0.005","z":"0.015","L":"60000.20","N":"USDT","n":"0.06000020","T":1699999999997,"t":9,"b":"0","a":"0","m":true,"R":true,"wt":"CONTRACT_PRICE","ot":"LIMIT","ps":"BOTH","cp":false,"AP":"0","cr":"0","pP":false,"si":0,"ss":0,"rp":"-1.50000000","V":"NONE","pm":"NONE","gtd":0,"er":"0"}}""",
            ]);
    }

    [Fact]
    public void An_account_change_names_balance_and_positions()
    {
        var key = ListenKey();
        using var session = _rig.Streams.Open($"/private/stream?listenKey={key}");
        var position = new ExchangePosition("BTCUSDT", -0.02m, 60000.15m, 60001m, -0.017m, 0, 0, 0, 0, 20, FakeExchange.Start)
        {
            BreakEvenPrice = 59970.15m,
            RealizedPnl = -1.5m,
        };
        _rig.Streams.OnAccount("main", new AccountEvent("ORDER", _rig.Exchange.Wallet, 0m, [position], FakeExchange.Start - 3));
        const string Event = """{"e":"ACCOUNT_UPDATE","T":1699999999997,"E":1700000000000,"a":{"m":"ORDER","B":[{"a":"USDT","wb":"100012.50000000","cw":"100012.50000000","bc":"0.00000000"}],"P":[{"s":"BTCUSDT","pa":"-0.020","ep":"60000.15000","bep":"59970.15000","cr":"-1.50000000","up":"-0.01700000","mt":"cross","iw":"0","ps":"BOTH"}]}}""";
        ProtocolRig.Drain(session).ShouldBe([$$"""{"stream":"{{key}}","data":{{Event}}}"""]);
    }

    [Fact]
    public void A_session_may_ask_for_some_user_events_only()
    {
        using var session = _rig.Streams.Open($"/private/ws?listenKey={ListenKey()}&events=ORDER_TRADE_UPDATE");
        _rig.Streams.OnAccount("main", new AccountEvent("ORDER", _rig.Exchange.Wallet, 0m, [], FakeExchange.Start));
        _rig.Streams.OnOrder("main", new ExecutionEvent("NEW", Order(), null, 0));
        ProtocolRig.Drain(session).ShouldHaveSingleItem().ShouldContain("ORDER_TRADE_UPDATE");
    }

    [Fact]
    public void One_accounts_events_do_not_reach_another()
    {
        using var session = _rig.Streams.Open($"/private/ws?listenKey={ListenKey()}");
        _rig.Streams.OnOrder("other", new ExecutionEvent("NEW", Order(), null, 0));
        ProtocolRig.Drain(session).ShouldBeEmpty();
    }

    [Fact]
    public void Sessions_share_the_bytes_of_an_event()
    {
        using var one = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        using var two = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(5, 1, 1m, 1m));
        one.TryRead(out var first).ShouldBeTrue();
        two.TryRead(out var second).ShouldBeTrue();
        first.Equals(second).ShouldBeTrue();
    }

    [Fact]
    public void Events_of_other_symbols_and_wrong_roots_are_not_delivered()
    {
        using var wrongRoot = _rig.Streams.Open("/public/ws/btcusdt@aggTrade");
        using var wrongSymbol = _rig.Streams.Open("/market/ws/ethusdt@aggTrade");
        using var upper = _rig.Streams.Open("/market/ws/BTCUSDT@aggTrade");
        _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(5, 1, 1m, 1m));
        ProtocolRig.Drain(wrongRoot).ShouldBeEmpty();
        ProtocolRig.Drain(wrongSymbol).ShouldBeEmpty();
        ProtocolRig.Drain(upper).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 2, "0.00000001")]
    [InlineData(-1, 2, "-0.00000001")]
    [InlineData(100_000_000, 2, "1.00")]
    [InlineData(100_000_000, 0, "1")]
    [InlineData(123_456_780_000, 2, "1234.5678")]
    [InlineData(long.MaxValue, 2, "92233720368.54775807")]
    [InlineData(0, 3, "0.000")]
    public void Scaled_numbers_are_padded_and_never_cut(long e8, int scale, string expected)
    {
        // Quantities of a symbol with the wanted scale, seen through the public book ticker.
        var exchange = new FakeExchange { Listed = [FakeExchange.Btc with { QuantityPrecision = scale, StepSize = 1m }] };
        var streams = new Granary.Exchange.Protocol.StreamProtocol(new());
        streams.Attach(exchange);
        using var session = streams.Open("/public/ws/btcusdt@bookTicker");
        streams.OnBookTicker("BTCUSDT", new BookTicker(1, 1, 0, e8, 0, 0));
        using var json = JsonDocument.Parse(ProtocolRig.Drain(session).Single());
        json.RootElement.GetProperty("B").GetString().ShouldBe(expected);
    }
}
