using System.Globalization;
using System.Text.Json;
using Granary.Exchange.Faults;
using Granary.Exchange.Protocol;

namespace Granary.Exchange.Tests.Protocol;

public class SocketApiTests
{
    private readonly ProtocolRig _rig = new();
    private readonly StreamSession _session;

    public SocketApiTests() => _session = _rig.Streams.Open("/ws-fapi/v1");

    [Fact]
    public void An_order_is_placed_with_a_signature_over_the_sorted_parameters_and_the_id_comes_back_verbatim()
    {
        var answer = Ask(
            "\"3f7d-x\"", "order.place", Signed(("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "MARKET"), ("quantity", "1"), ("newClientOrderId", "a:1")));

        answer.GetProperty("id").GetRawText().ShouldBe("\"3f7d-x\"");
        answer.GetProperty("status").GetInt32().ShouldBe(200);
        answer.GetProperty("result").GetProperty("symbol").GetString().ShouldBe("BTCUSDT");
        answer.GetProperty("rateLimits").EnumerateArray()
            .Select(limit => (limit.GetProperty("rateLimitType").GetString(), limit.GetProperty("count").GetInt32()))
            .ShouldBe([("REQUEST_WEIGHT", 0), ("ORDERS", 1), ("ORDERS", 1)]);
        _rig.Exchange.Placed.ShouldHaveSingleItem().ClientOrderId.ShouldBe("a:1");
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void A_value_that_needs_escaping_is_signed_as_it_is_or_percent_encoded_and_arrives_as_it_was_sent(bool isEscaped)
    {
        (string, string)[] order = [("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "MARKET"), ("quantity", "1"), ("newClientOrderId", "a:1/b")];

        Ask("1", "order.place", Signed(isEscaped ? Uri.EscapeDataString : Plain, order)).GetProperty("status").GetInt32().ShouldBe(200);

        _rig.Exchange.Placed.ShouldHaveSingleItem().ClientOrderId.ShouldBe("a:1/b");
    }

    [Theory]
    [InlineData("a+b")]
    [InlineData("a%41")]
    [InlineData("a&quantity=9")]
    [InlineData("ö")]
    public void A_value_is_not_taken_apart(string clientOrderId)
    {
        (string, string)[] order = [("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "MARKET"), ("quantity", "1"), ("newClientOrderId", clientOrderId)];
        foreach (var write in (Func<string, string>[])[Plain, Uri.EscapeDataString])
            // Refused for its characters, not for its signature.
            Ask("1", "order.place", Signed(write, order)).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1100);
        _rig.Exchange.Placed.ShouldBeEmpty();
    }

    [Fact]
    public void A_signature_of_other_parameters_is_refused()
    {
        var order = Signed(("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "MARKET"), ("quantity", "1"));
        order["quantity"] = "2";

        Ask("1", "order.place", order).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1022);
        _rig.Exchange.Placed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("order.modify")]
    [InlineData("order.cancel")]
    [InlineData("order.status")]
    [InlineData("algoOrder.cancel")]
    [InlineData("v2/account.position")]
    [InlineData("v2/account.balance")]
    [InlineData("v2/account.status")]
    public void Every_method_reaches_its_endpoint(string method)
    {
        var answer = Ask(
            "1", method, Signed(("symbol", "BTCUSDT"), ("side", "BUY"), ("orderId", "1"), ("algoId", "1"), ("quantity", "1"), ("price", "60000")));

        var code = answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0;
        ((int[])[0, -2011, -2013]).ShouldContain(code, answer.GetRawText());
    }

    [Fact]
    public void Listen_keys_are_opened_extended_and_closed_with_a_key_alone()
    {
        var apiKey = FakeExchange.Main.ApiKey;
        var key = Ask("1", "userDataStream.start", new() { ["apiKey"] = apiKey }).GetProperty("result").GetProperty("listenKey").GetString();
        Ask("2", "userDataStream.ping", new() { ["apiKey"] = apiKey }).GetProperty("result").GetProperty("listenKey").GetString().ShouldBe(key);
        Ask("3", "userDataStream.stop", new() { ["apiKey"] = apiKey }).GetProperty("result").GetRawText().ShouldBe("{}");
        Ask("4", "userDataStream.ping", new() { ["apiKey"] = apiKey }).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1125);
    }

    [Theory]
    [InlineData("""{"id":7,"method":"order.play","params":{}}""", "7", -1100)]
    [InlineData("""{"id":8}""", "8", -1102)]
    [InlineData("""[1]""", "null", -1102)]
    [InlineData("""{""", "null", -1102)]
    [InlineData("""{"id":9,"method":"order.place","params":{"symbol":"BTCUSDT"}}""", "9", -2014)]
    public void What_cannot_be_answered_is_refused_under_its_id(string message, string id, int code)
    {
        ProtocolRig.Send(_session, message);

        var answer = JsonDocument.Parse(ProtocolRig.Drain(_session).ShouldHaveSingleItem()).RootElement;
        answer.GetProperty("id").GetRawText().ShouldBe(id);
        answer.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(code);
    }

    [Fact]
    public void A_refused_request_says_when_to_come_again()
    {
        _rig.Streams.Faults.Add(new FaultScript(null, [new FaultRule(FaultKind.RateLimited) { Value = 3 }]));

        var answer = Ask("1", "time", []);

        answer.GetProperty("status").GetInt32().ShouldBe(429);
        answer.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1003);
        answer.GetProperty("error").GetProperty("data").GetProperty("retryAfter").GetInt64().ShouldBe(_rig.Exchange.ServerTimeMs + 3000);
    }

    [Fact]
    public void A_lost_answer_cuts_the_connection()
    {
        _rig.Streams.Faults.Add(new FaultScript(null, [new FaultRule(FaultKind.LostAfter)]));

        ProtocolRig.Send(_session, """{"id":1,"method":"time"}""");

        ProtocolRig.Drain(_session).ShouldBeEmpty();
        _session.CloseReason.ShouldNotBeNull();
    }

    private static string Json(Dictionary<string, string> parameters) => JsonSerializer.Serialize(parameters);

    private static string Plain(string value) => value;

    private Dictionary<string, string> Signed(params ReadOnlySpan<(string Name, string Value)> parameters) => Signed(Plain, parameters);

    private Dictionary<string, string> Signed(Func<string, string> write, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["apiKey"] = FakeExchange.Main.ApiKey,
            ["timestamp"] = _rig.Exchange.ServerTimeMs.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in parameters) all[name] = value;
        var text = string.Join('&', all.Select(pair => $"{pair.Key}={write(pair.Value)}"));
        return new Dictionary<string, string>(all) { ["signature"] = ProtocolRig.Sign(FakeExchange.Main.ApiSecret, text) };
    }

    private JsonElement Ask(string id, string method, Dictionary<string, string> parameters)
    {
        ProtocolRig.Send(_session, $$"""{"id":{{id}},"method":"{{method}}","params":{{Json(parameters)}}}""");
        return JsonDocument.Parse(ProtocolRig.Drain(_session).ShouldHaveSingleItem()).RootElement;
    }
}
