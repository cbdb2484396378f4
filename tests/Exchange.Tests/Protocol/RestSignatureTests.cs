using FsCheck;
using FsCheck.Fluent;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

public class RestSignatureTests
{
    private const string Key = "granary-test-key";
    private const string Secret = "granary-test-secret";
    private const string Path = "/fapi/v1/openOrders";

    private readonly ProtocolRig _rig = new();

    private string Stamp => $"timestamp={_rig.Exchange.ServerTimeMs}";

    [Fact]
    public void The_venues_published_vector_is_accepted()
    {
        const string Query = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943";
        const string Signature = "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9";
        _rig.Exchange.ServerTimeMs = 1591702613943;
        ProtocolRig.Text(_rig.Call("GET", Path, $"{Query}&signature={Signature}", "", FakeExchange.Published.ApiKey)).ShouldBe("[]");
        ProtocolRig.Text(_rig.Call("GET", Path, "", $"{Query}&signature={Signature}", FakeExchange.Published.ApiKey)).ShouldBe("[]");
    }

    [Theory]
    [InlineData("query")]
    [InlineData("query, signature first")]
    [InlineData("query, signature in the middle")]
    [InlineData("query, upper-case signature")]
    [InlineData("body")]
    [InlineData("body, upper-case signature")]
    [InlineData("mixed, signature in the body")]
    [InlineData("mixed, signature in the query")]
    public void Every_spelling_is_verified(string spelling)
    {
        var (a, b) = ("symbol=BTCUSDT", $"recvWindow=5000&{Stamp}");
        var all = $"{a}&{b}";
        var signature = ProtocolRig.Sign(Secret, all);
        var mixed = ProtocolRig.Sign(Secret, a + b);
        var (query, body) = spelling switch
        {
            "query" => ($"{all}&signature={signature}", ""),
            "query, signature first" => ($"signature={signature}&{all}", ""),
            "query, signature in the middle" => ($"{a}&signature={signature}&{b}", ""),
            "query, upper-case signature" => ($"{all}&signature={signature.ToUpperInvariant()}", ""),
            "body" => ("", $"{all}&signature={signature}"),
            "body, upper-case signature" => ("", $"{all}&signature={signature.ToUpperInvariant()}"),
            "mixed, signature in the body" => (a, $"{b}&signature={mixed}"),
            "mixed, signature in the query" => ($"{a}&signature={mixed}", b),
            _ => throw new ArgumentOutOfRangeException(nameof(spelling)),
        };
        ProtocolRig.Text(_rig.Call("GET", Path, query, body, Key)).ShouldBe("[]");
    }

    [Fact]
    public void Any_parameters_split_anywhere_verify_and_one_changed_character_does_not()
    {
        var names = Gen.Elements("symbol", "limit", "a", "signatureless", "x%20y", "batchOrders").ArrayOf().Select(list => list.Distinct().ToArray());
        var values = Gen.Elements("BTCUSDT", "1", "%5b%7b%22", "a+b", "").ArrayOf(8);
        var cases = from keys in names from texts in values from cut in Gen.Choose(0, 8) select (keys, texts, cut);
        Prop.ForAll(Arb.From(cases), sample =>
        {
            var pairs = sample.keys.Select((key, i) => key == "symbol" ? "symbol=BTCUSDT" : $"{key}={sample.texts[i]}").Append(Stamp).ToArray();
            var query = string.Join('&', pairs.Take(sample.cut));
            var body = string.Join('&', pairs.Skip(sample.cut));
            var signature = ProtocolRig.Sign(Secret, query + body);
            var rig = new ProtocolRig();
            var good = rig.Call("GET", Path, query, $"{body}{(body.Length > 0 ? "&" : "")}signature={signature}", Key);
            var changed = (signature[0] == '0' ? '1' : '0') + signature[1..];
            var bad = rig.Call("GET", Path, query, $"{body}{(body.Length > 0 ? "&" : "")}signature={changed}", Key);
            return good.Status == 200 && bad.Status == 400 && ProtocolRig.Code(bad) == -1022;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("00")]
    [InlineData("zz61234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9a")]
    [InlineData("%00")]
    public void A_malformed_signature_is_refused(string signature)
    {
        var reply = _rig.Call("GET", Path, $"{Stamp}&signature={signature}", "", Key);
        reply.Status.ShouldBe(400);
        ProtocolRig.Text(reply).ShouldBe("""{"code":-1022,"msg":"Signature for this request is not valid."}""");
    }

    [Fact]
    public void Another_accounts_secret_is_refused()
    {
        var query = Stamp;
        ProtocolRig.Code(_rig.Call("GET", Path, $"{query}&signature={ProtocolRig.Sign("other-secret", query)}", "", Key)).ShouldBe(-1022);
    }

    [Fact]
    public void The_query_wins_over_the_body()
    {
        var (query, body) = ($"symbol=ETHUSDT&{Stamp}", "symbol=NOPE");
        _rig.Call("GET", Path, $"{query}&signature={ProtocolRig.Sign(Secret, query + body)}", body, Key).Status.ShouldBe(200);
        (query, body) = ($"symbol=NOPE&{Stamp}", "symbol=ETHUSDT");
        ProtocolRig.Code(_rig.Call("GET", Path, $"{query}&signature={ProtocolRig.Sign(Secret, query + body)}", body, Key)).ShouldBe(-1121);
    }

    [Theory]
    [InlineData(null, -2014, "API-key format invalid.")]
    [InlineData("", -2014, "API-key format invalid.")]
    [InlineData("nobody", -2015, "Invalid API-key, IP, or permissions for action.")]
    public void A_missing_or_unknown_key_is_401(string? key, int code, string message)
    {
        var reply = _rig.Call("GET", Path, $"{Stamp}&signature={ProtocolRig.Sign(Secret, Stamp)}", "", key);
        reply.Status.ShouldBe(401);
        ProtocolRig.Text(reply).ShouldBe($$"""{"code":{{code}},"msg":"{{message}}"}""");
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(-5000, 0, true)]
    [InlineData(-5001, 0, false)]
    [InlineData(999, 0, true)]
    [InlineData(1000, 0, false)]
    [InlineData(-60000, 60000, true)]
    [InlineData(-60001, 60000, false)]
    [InlineData(-101, 100, false)]
    public void The_timestamp_must_lie_in_the_window(int offsetMs, int recvWindow, bool accepted)
    {
        var query = $"timestamp={_rig.Exchange.ServerTimeMs + offsetMs}{(recvWindow == 0 ? "" : $"&recvWindow={recvWindow}")}";
        var reply = _rig.Call("GET", Path, $"{query}&signature={ProtocolRig.Sign(Secret, query)}", "", Key);
        reply.Status.ShouldBe(accepted ? 200 : 400);
        if (!accepted) ProtocolRig.Code(reply).ShouldBe(-1021);
    }

    [Fact]
    public void The_window_check_can_be_switched_off()
    {
        var rig = new ProtocolRig(new RestOptions { ChecksTimestamp = false });
        var reply = rig.Call("GET", Path, $"timestamp=1&signature={ProtocolRig.Sign(Secret, "timestamp=1")}", "", Key);
        reply.Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("", -1102)]
    [InlineData("timestamp=abc", -1102)]
    [InlineData("timestamp=", -1102)]
    [InlineData("timestamp=-9223372036854775808", -1102)]
    [InlineData("timestamp=9223372036854775807", -1021)]
    [InlineData("timestamp=1700000000000&recvWindow=60001", -1131)]
    [InlineData("timestamp=1700000000000&recvWindow=-1", -1102)]
    public void Timestamp_and_window_must_be_well_formed(string query, int code)
    {
        var signed = $"{query}&signature={ProtocolRig.Sign(Secret, query)}";
        ProtocolRig.Code(_rig.Call("GET", Path, signed, "", Key)).ShouldBe(code);
    }

    [Fact]
    public void An_unsigned_request_is_refused() => ProtocolRig.Code(_rig.Call("GET", Path, Stamp, "", Key)).ShouldBe(-1102);

    [Fact]
    public void Too_many_parameters_are_refused()
    {
        var query = string.Join('&', Enumerable.Range(0, 200).Select(i => $"p{i}=1"));
        ProtocolRig.Code(_rig.Call("GET", "/fapi/v1/ping", query)).ShouldBe(-1101);
    }
}
