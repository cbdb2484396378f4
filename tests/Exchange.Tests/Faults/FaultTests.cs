using System.Text.Json;
using Granary.Exchange.Contracts;
using Granary.Exchange.Faults;
using Granary.Exchange.Protocol;
using Granary.Exchange.Tests.Protocol;

namespace Granary.Exchange.Tests.Faults;

public class FaultTests
{
    private const string Order = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=60000.10";

    private readonly ProtocolRig _rig = new();

    private void Script(string rules, ulong seed = 1) =>
        _rig.Call("POST", "/granary/faults", "", $$"""{"seed":{{seed}},"rules":[{{rules}}]}""").Status.ShouldBe(200);

    [Theory]
    [InlineData("LostBefore", 0, 0)]
    [InlineData("UnknownBefore", 0, -1007)]
    [InlineData("UnknownAfter", 1, -1007)]
    [InlineData("Overloaded", 0, -1008)]
    [InlineData("RateLimited", 0, -1003)]
    [InlineData("Banned", 0, -1003)]
    public void A_request_fails_before_or_after_it_is_executed(string kind, int executed, int code)
    {
        Script($$"""{"kind":"{{kind}}","request":"POST /fapi/v1/order","account":"main","symbol":"BTCUSDT","times":1}""");
        var reply = _rig.Signed("POST", "/fapi/v1/order", Order);
        _rig.Exchange.Placed.Count.ShouldBe(executed);
        if (code == 0) reply.IsLost.ShouldBeTrue();
        else ProtocolRig.Code(reply).ShouldBe(code);
        if (kind is "RateLimited" or "Banned") reply.RetryAfterS.ShouldBeGreaterThan(0);
        _rig.Signed("POST", "/fapi/v1/order", Order).Status.ShouldBe(200);
    }

    [Fact]
    public void An_answer_is_lost_after_execution()
    {
        Script("""{"kind":"LostAfter","times":1}""");
        _rig.Signed("POST", "/fapi/v1/order", Order).IsLost.ShouldBeTrue();
        _rig.Exchange.Placed.Count.ShouldBe(1);
    }

    [Fact]
    public void Rules_name_account_symbol_request_and_moment()
    {
        Script(
            $$"""{"kind":"BadGateway","account":"other"},{"kind":"BadGateway","symbol":"ETHUSDT"},{"kind":"BadGateway","request":"GET /fapi/v1/ping","fromMs":{{FakeExchange.Start + 10}},"untilMs":{{FakeExchange.Start + 20}}}""");
        _rig.Signed("GET", "/fapi/v3/balance").Status.ShouldBe(200);
        _rig.Signed("GET", "/fapi/v3/balance", account: FakeExchange.Other).Status.ShouldBe(502);
        _rig.Call("GET", "/fapi/v1/depth", "symbol=BTCUSDT").Status.ShouldBe(200);
        _rig.Call("GET", "/fapi/v1/depth", "symbol=ETHUSDT").ContentType.ShouldBe("text/html");
        _rig.Call("GET", "/fapi/v1/ping").Status.ShouldBe(200);
        _rig.Exchange.ServerTimeMs += 10;
        _rig.Call("GET", "/fapi/v1/ping").Status.ShouldBe(502);
        _rig.Exchange.ServerTimeMs += 10;
        _rig.Call("GET", "/fapi/v1/ping").Status.ShouldBe(200);
    }

    [Fact]
    public void A_skewed_clock_refuses_timestamps_and_tells_its_own_time()
    {
        Script("""{"kind":"ClockSkew","value":60000}""");
        ProtocolRig.Code(_rig.Signed("GET", "/fapi/v3/balance")).ShouldBe(-1021);
        _rig.Get("/fapi/v1/time").ShouldBe($$"""{"serverTime":{{FakeExchange.Start + 60_000}}}""");
    }

    [Fact]
    public void A_stale_depth_is_the_last_one_again()
    {
        var before = _rig.Get("/fapi/v1/depth", "symbol=BTCUSDT");
        Script("""{"kind":"StaleDepth","after":1}""");
        _rig.Get("/fapi/v1/depth", "symbol=BTCUSDT").ShouldBe(before);
        _rig.Exchange.Depth = _rig.Exchange.Depth with { LastUpdateId = 200 };
        _rig.Get("/fapi/v1/depth", "symbol=BTCUSDT").ShouldContain("\"lastUpdateId\":200");
        _rig.Exchange.Depth = _rig.Exchange.Depth with { LastUpdateId = 300 };
        _rig.Get("/fapi/v1/depth", "symbol=BTCUSDT").ShouldContain("\"lastUpdateId\":200");
    }

    [Fact]
    public void A_stale_answer_is_the_one_before_to_the_same_question()
    {
        var position = new ExchangePosition("BTCUSDT", 0.5m, 60000m, 60000m, 0, 0, 0, 0, 0, 20, FakeExchange.Start);
        _rig.Exchange.Positions.Add(position);
        Script("""{"kind":"StaleAnswer","times":1}""");
        var before = Ask();
        _rig.Exchange.Positions[0] = position with { Quantity = 0.7m };
        Ask().ShouldBe(before);
        Ask().ShouldContain("0.7");

        string Ask() => _rig.SignedText("GET", "/fapi/v3/positionRisk", "symbol=BTCUSDT");
    }

    [Theory]
    [InlineData("EventLost", "2,3,4")]
    [InlineData("EventTwice", "1,1,2,3,4")]
    [InlineData("EventLate\",\"value\":\"2", "2,3,1,4")]
    public void Events_are_lost_doubled_or_overtaken(string kind, string expected)
    {
        Script($$"""{"kind":"{{kind.Replace(":\"2", ":2")}}{{(kind.Contains("value") ? "" : "\"")}},"stream":"btcusdt@aggTrade","times":1}""");
        using var session = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        for (var id = 1; id <= 4; id++) _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(id, FakeExchange.Start, 1m, 1m));
        string.Join(',', ProtocolRig.Drain(session).Select(frame =>
        {
            using var json = JsonDocument.Parse(frame);
            return json.RootElement.GetProperty("a").GetInt64();
        })).ShouldBe(expected);
    }

    [Fact]
    public void One_socket_is_cut_and_the_other_lives()
    {
        Script("""{"kind":"SocketCut","connection":2}""");
        using var first = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        using var second = _rig.Streams.Open("/market/ws/btcusdt@aggTrade");
        _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(1, FakeExchange.Start, 1m, 1m));
        first.CloseReason.ShouldBeNull();
        second.CloseReason.ShouldBe("cut by a fault");
    }

    [Fact]
    public void Acknowledgements_are_lost_or_refused_and_wrapping_is_missing()
    {
        Script("""{"kind":"AckLost","times":1},{"kind":"AckError","times":1},{"kind":"EventBare","times":1}""");
        using var session = _rig.Streams.Open("/market/stream");
        ProtocolRig.Send(session, """{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":1}""");
        ProtocolRig.Drain(session).ShouldBeEmpty();
        ProtocolRig.Send(session, """{"method":"SUBSCRIBE","params":["ethusdt@aggTrade"],"id":2}""");
        ProtocolRig.Drain(session).ShouldBe(["""{"error":{"code":2,"msg":"Invalid request"},"id":2}"""]);
        _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(1, FakeExchange.Start, 1m, 1m));
        _rig.Streams.OnAggTrade("BTCUSDT", RestMarketTests.Trade(2, FakeExchange.Start, 1m, 1m));
        var events = ProtocolRig.Drain(session);
        events[0].ShouldStartWith("{\"e\":");
        events[1].ShouldStartWith("{\"stream\":");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void A_listen_key_is_lost_with_and_without_a_word(int value, int told)
    {
        var key = JsonDocument.Parse(_rig.Call("POST", "/fapi/v1/listenKey", "", "", "granary-test-key").Body).RootElement.GetProperty("listenKey").GetString();
        using var session = _rig.Streams.Open($"/private/ws?listenKey={key}");
        Script($$"""{"kind":"ListenKeyLost","value":{{value}},"times":1}""");
        ProtocolRig.Code(_rig.Call("PUT", "/fapi/v1/listenKey", "", "", "granary-test-key")).ShouldBe(-1125);
        ProtocolRig.Drain(session).Count(frame => frame.Contains("listenKeyExpired", StringComparison.Ordinal)).ShouldBe(told);
    }

    [Fact]
    public void The_same_seed_gives_the_same_faults()
    {
        Run(7).ShouldBe(Run(7));
        Run(7).ShouldNotBe(Run(8));

        static string Run(ulong seed)
        {
            var plan = new FaultPlan();
            plan.Add(new FaultScript(seed, [new FaultRule(FaultKind.LostAfter) { Probability = 0.5 }, new FaultRule(FaultKind.UnknownAfter) { Probability = 0.3 }]));
            FaultKind[] kinds = [FaultKind.LostAfter, FaultKind.UnknownAfter];
            return string.Concat(Enumerable.Range(0, 200).Select(_ => plan.OnRequest(kinds, "GET /x", null, null, 0)?.Kind switch
            {
                null => '.',
                FaultKind.LostAfter => 'l',
                _ => 'u',
            }));
        }
    }

    [Theory]
    [InlineData("""{"rules":[{"kind":"Meteor"}]}""")]
    [InlineData("""{"rules":[{"kind":"Delay","probability":0}]}""")]
    [InlineData("""{"rules":[{"kind":"Delay","often":1}]}""")]
    [InlineData("""{"seed":1}""")]
    [InlineData("nonsense")]
    public void A_wrong_script_is_refused_whole(string script)
    {
        ProtocolRig.Code(_rig.Call("POST", "/granary/faults", "", script)).ShouldBe(-1130);
        _rig.Streams.Faults.HasRules.ShouldBeFalse();
    }

    [Fact]
    public void Rules_are_told_with_their_counts_and_forgotten()
    {
        Script("""{"kind":"BadGateway","request":"GET /fapi/v1/ping"}""");
        _rig.Call("GET", "/fapi/v1/ping");
        _rig.Get("/granary/faults").ShouldContain("\"happened\":1");
        ProtocolRig.Text(_rig.Call("DELETE", "/granary/faults")).ShouldBe("[]");
        _rig.Call("GET", "/fapi/v1/ping").Status.ShouldBe(200);
    }
}
