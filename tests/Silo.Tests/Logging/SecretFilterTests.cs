using FsCheck;
using FsCheck.Fluent;
using Granary.Silo.Logging;

namespace Granary.Silo.Tests.Logging;

public sealed class SecretFilterTests
{
    private static readonly string Key = string.Concat(Enumerable.Repeat("aB3dEf9h", 8));

    private readonly SecretFilter _filter = new();

    [Theory]
    [InlineData("an order was filled: g1-main-12 at 60000.5")]
    [InlineData("sign of the times, token for token, the signature is missing")]
    [InlineData("g1|BTCUSDT|momentum|12|Entry approved as g1-main-1-0")]
    public void What_holds_no_secret_stays_the_same_object(string text) => _filter.Clean(text).ShouldBeSameAs(text);

    [Fact]
    public void What_has_the_form_of_a_key_is_taken_out()
    {
        _filter.Clean($"GET /ws/{Key} lost").ShouldBe("GET /ws/*** lost");
        _filter.Clean($"{Key}0").ShouldBe($"{Key}0");
    }

    [Theory]
    [InlineData("POST /fapi/v1/order?symbol=X&signature=0123456789abcdef&x=1", "POST /fapi/v1/order?symbol=X&signature=***&x=1")]
    [InlineData("{\"listenKey\":\"pqia91ma19a5s61cv6a81va65sdf19v8\"}", "{\"listenKey\":\"***\"}")]
    [InlineData("Authorization: Bearer secret-token-1 sent", "Authorization: Bearer *** sent")]
    [InlineData("https://oapi.example/robot/send?access_token=abcdef123456&timestamp=1", "https://oapi.example/robot/send?access_token=***&timestamp=1")]
    [InlineData("X-MBX-APIKEY: abcdefghijkl", "X-MBX-APIKEY: ***")]
    public void What_is_named_a_secret_is_taken_out(string text, string clean) => _filter.Clean(text).ShouldBe(clean);

    [Fact]
    public void A_told_secret_is_taken_out_wherever_it_stands_the_longest_first()
    {
        _filter.Add("hooks.example/T0/B0");
        _filter.Add("https://hooks.example/T0/B0");
        _filter.Add("short");

        _filter.Clean("sent to https://hooks.example/T0/B0, short").ShouldBe("sent to ***, short");
    }

    [Fact]
    public void For_any_text_around_it_a_secret_does_not_survive() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), (before, after) =>
        {
            _filter.Add("planted-secret");
            return !_filter.Clean(before.Get + "planted-secret" + after.Get).Contains("planted-secret", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
}
