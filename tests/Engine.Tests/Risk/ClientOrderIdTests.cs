using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

public sealed class ClientOrderIdTests
{
    [Theory]
    [InlineData(0, "g1/main/momentum/0")]
    [InlineData(35, "g1/main/momentum/z")]
    [InlineData(36, "g1/main/momentum/10")]
    [InlineData(ClientOrderId.SequenceMax, "g1/main/momentum/zzzzzz")]
    public void The_sequence_is_written_in_base_36(long sequence, string expected) =>
        ClientOrderId.Format("g1", "main", "momentum", sequence).ShouldBe(expected);

    [Fact]
    public void Every_id_is_short_legal_and_read_back() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1).ArrayOf(5)),
        seed =>
        {
            const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:_-";
            string Name(int n, int length) => string.Concat(Enumerable.Range(0, length).Select(i => Letters[(n / (i + 1)) % Letters.Length]));
            var id = new ClientOrderId(
                Name(seed[0], (seed[0] % 8) + 1), Name(seed[1], (seed[1] % 8) + 1), Name(seed[2], (seed[2] % 8) + 1),
                ((long)seed[3] * 36 + seed[4]) % (ClientOrderId.SequenceMax + 1))
            {
                Child = seed[4] % (ClientOrderId.ChildMax + 1),
            };
            var text = id.ToString();
            text.Length.ShouldBeLessThanOrEqualTo(36);
            text.ShouldMatch(@"^[\.A-Z\:/a-z0-9_-]{1,36}$");
            ClientOrderId.TryParse(text, out var parsed).ShouldBeTrue();
            parsed.ShouldBe(id);
            ClientOrderId.ParentOf(text).ShouldBe(ClientOrderId.Format(id.Engine, id.Account, id.Strategy, id.Sequence));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("web_4711")]
    [InlineData("autoclose-1717200000000")]
    [InlineData("a/b/c")]
    [InlineData("a/b/c/1/2")]
    [InlineData("a/b/c/01")]
    [InlineData("a/b/c/Z")]
    [InlineData("a//c/1")]
    [InlineData("a/b/c/zzzzzzz")]
    [InlineData("a/b/c/1-")]
    [InlineData("a/b/c/1-0")]
    [InlineData("a/b/c/1-01")]
    [InlineData("a/b/c/1-100")]
    [InlineData("a/b/c/1-2-3")]
    [InlineData("a/b/c/-1")]
    [InlineData("a/b/c/1.1")]
    public void Foreign_ids_are_not_taken_for_ours(string? text) => ClientOrderId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Names_that_do_not_fit_are_named()
    {
        Should.Throw<ArgumentException>(() => ClientOrderId.Format("g", "ma in", "s", 1)).Message.ShouldContain("account=ma in");
        Should.Throw<ArgumentException>(() => ClientOrderId.Format("g", "main", new string('s', 20), 1)).Message.ShouldContain("length=25 max=24");
        new ClientOrderId("g", "main", new string('s', 19), ClientOrderId.SequenceMax) { Child = ClientOrderId.ChildMax }.ToString().Length.ShouldBe(36);
    }

    [Fact]
    public void A_part_bears_the_id_of_its_order()
    {
        var id = new ClientOrderId("g1", "main", "momentum", 37);
        (id with { Child = 1 }).ToString().ShouldBe("g1/main/momentum/11-1");
        (id with { Child = ClientOrderId.ChildMax }).ToString().ShouldBe("g1/main/momentum/11-zz");
        (id with { Child = ClientOrderId.ChildMax + 1 }).ToString().ShouldBeEmpty();
        ClientOrderId.ParentOf("g1/main/momentum/11-1").ShouldBe("g1/main/momentum/11");
        ClientOrderId.ParentOf("g1/main/momentum/11.1").ShouldBe("g1/main/momentum/11.1");
        ClientOrderId.ParentOf("web_1").ShouldBe("web_1");
    }
}
