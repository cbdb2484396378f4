using System.Text.Json;
using Granary.Exchange.Contracts;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

public class ListenKeyTests
{
    private const string Path = "/fapi/v1/listenKey";
    private const long Minute = 60_000;

    private readonly ProtocolRig _rig = new();

    private RestReply Call(string method, string body = "") => _rig.Call(method, Path, "", body, "granary-test-key");

    private string Post()
    {
        var reply = Call("POST");
        reply.Status.ShouldBe(200, ProtocolRig.Text(reply));
        using var json = JsonDocument.Parse(reply.Body);
        json.RootElement.EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe("listenKey");
        return json.RootElement.GetProperty("listenKey").GetString()!;
    }

    private void Tick(long ms)
    {
        _rig.Exchange.ServerTimeMs += ms;
        _rig.Streams.OnMarkPrice("BTCUSDT", _rig.Exchange.Mark);
    }

    private void Publish() => _rig.Streams.OnAccount("main", new AccountEvent("ORDER", _rig.Exchange.Wallet, 0, [], FakeExchange.Start));

    [Fact]
    public void A_key_needs_an_api_key_and_no_signature()
    {
        Post().Length.ShouldBe(64);
        ProtocolRig.Code(_rig.Call("POST", Path)).ShouldBe(-2014);
        ProtocolRig.Code(_rig.Call("POST", Path, "", "", "nobody")).ShouldBe(-2015);
    }

    [Fact]
    public void Posting_again_gives_the_same_key_and_another_account_another()
    {
        var key = Post();
        Post().ShouldBe(key);
        ProtocolRig.Text(_rig.Call("POST", Path, "", "", "other-key")).ShouldNotContain(key);
    }

    [Fact]
    public void Extending_keeps_a_key_alive_beyond_an_hour()
    {
        var key = Post();
        for (var i = 0; i < 5; i++)
        {
            Tick(30 * Minute);
            ProtocolRig.Text(Call("PUT", i % 2 == 0 ? "" : $"listenKey={key}")).ShouldBe($$"""{"listenKey":"{{key}}"}""");
        }
        Post().ShouldBe(key);
    }

    [Fact]
    public void A_key_ends_after_sixty_minutes_with_an_event_and_then_silence()
    {
        var key = Post();
        using var session = _rig.Streams.Open($"/private/ws/{key}");
        Tick((60 * Minute) - 1);
        Publish();
        ProtocolRig.Drain(session).ShouldHaveSingleItem().ShouldContain("ACCOUNT_UPDATE");
        Tick(1001);
        ProtocolRig.Drain(session).ShouldBe([$$"""{"e":"listenKeyExpired","E":{{_rig.Exchange.ServerTimeMs}},"listenKey":"{{key}}"}"""]);
        Publish();
        ProtocolRig.Drain(session).ShouldBeEmpty();
        session.CloseReason.ShouldBeNull();
        ProtocolRig.Send(session, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        ProtocolRig.Drain(session).ShouldBe(["""{"result":[],"id":1}"""]);
        ProtocolRig.Text(Call("PUT")).ShouldBe("""{"code":-1125,"msg":"This listenKey does not exist."}""");
        Post().ShouldNotBe(key);
    }

    [Fact]
    public void Expiry_is_exact_for_requests_whatever_the_market_does()
    {
        Post();
        _rig.Exchange.ServerTimeMs += 60 * Minute;
        Call("PUT").Status.ShouldBe(400);
    }

    [Fact]
    public void Deleting_ends_the_key()
    {
        var key = Post();
        using var session = _rig.Streams.Open($"/private/stream?listenKey={key}");
        ProtocolRig.Text(Call("DELETE")).ShouldBe("{}");
        ProtocolRig.Drain(session).ShouldHaveSingleItem().ShouldStartWith($$"""{"stream":"{{key}}","data":{"e":"listenKeyExpired",""");
        ProtocolRig.Code(Call("DELETE")).ShouldBe(-1125);
        ProtocolRig.Code(Call("PUT")).ShouldBe(-1125);
    }

    [Fact]
    public void Extending_another_key_is_refused()
    {
        Post();
        ProtocolRig.Code(Call("PUT", "listenKey=wrong")).ShouldBe(-1125);
    }

    [Fact]
    public void Keys_are_the_same_in_an_equal_run_and_unguessable_across_accounts()
    {
        var other = new ProtocolRig();
        ProtocolRig.Text(other.Call("POST", Path, "", "", "granary-test-key")).ShouldContain(Post());
    }

    [Fact]
    public void A_session_without_the_key_hears_nothing_of_the_account()
    {
        var key = Post();
        using var stranger = _rig.Streams.Open("/private/ws/not-a-key");
        using var wrongRoot = _rig.Streams.Open($"/market/ws/{key}");
        using var other = _rig.Streams.Open($"/private/ws/{key}");
        Publish();
        ProtocolRig.Drain(stranger).ShouldBeEmpty();
        ProtocolRig.Drain(wrongRoot).ShouldBeEmpty();
        ProtocolRig.Drain(other).Count.ShouldBe(1);
    }
}
