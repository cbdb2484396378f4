using Granary.Client.Conformance;

namespace Granary.Client.Tests.Conformance;

public sealed class ParamNodeTests : IDisposable
{
    private readonly ConformanceFolder _folder = new();

    [Fact]
    public void Numbers_may_be_written_as_numbers_or_as_text()
    {
        var node = Load("""{"a":{"n":5,"t":"0.9","list":[1,"2"],"e":1e-3},"name":"x"}""");
        node["a"]["n"].Int(1, 5).ShouldBe(5);
        node["a"]["t"].Decimal(0, 1).ShouldBe(0.9m);
        node["a"]["list"].Items.Select(item => item.Int(0, 9)).ShouldBe([1, 2]);
        node["a"]["list"][1].Long(0, 9).ShouldBe(2);
        node["a"]["e"].Double(0, 1).ShouldBe(0.001);
        node["a"]["n"].Threshold().ShouldBe(5);
        node["name"].Text().ShouldBe("x");
        node.Optional("none").ShouldBeNull();
    }

    [Fact]
    public void What_is_wrong_is_named_with_file_key_value_and_range()
    {
        var node = Load("""{"a":{"n":0,"f":1.5,"s":"x","list":[1],"t":"0.123456789","z":-1,"flag":true}}""");
        Message(() => node["a"]["n"].Int(1, 10)).ShouldBe("params.json: a.n was 0, expected a whole number from 1 to 10");
        Message(() => node["a"]["f"].Int(1, 10)).ShouldContain("a.f was 1.5");
        Message(() => node["a"]["s"].Decimal(0, 1)).ShouldContain("a.s was \"x\", expected a number from 0 to 1");
        Message(() => node["a"]["s"].Double(0, 1)).ShouldContain("a.s was \"x\"");
        Message(() => node["a"]["flag"].Int(0, 1)).ShouldContain("a.flag was true");
        Message(() => node["a"]["t"].Threshold()).ShouldContain("a.t was \"0.123456789\", expected a number above 0");
        Message(() => node["a"]["z"].Threshold()).ShouldContain("a.z was -1");
        Message(() => node["a"]["list"][0].Text()).ShouldBe("params.json: a.list[0] was 1, expected text");
        Message(() => node["a"]["list"][3].Text()).ShouldContain("a.list was [1], expected a list of at least 4 items");
        Message(() => _ = node["a"]["n"].Items).ShouldContain("expected a list");
        Message(() => _ = node["a"]["none"]).ShouldBe("params.json has no key a.none");
        Message(() => _ = node["a"]["n"]["x"]).ShouldContain("a.n was 0, expected an object");
        Message(() => ParamNode.Load(Path.Combine(_folder.Path, "absent.json"))).ShouldContain("absent.json does not exist");
        Message(() => Load("[1]")).ShouldContain("is not a JSON object");
        Message(() => Load("{,")).ShouldContain("is not JSON");
    }

    public void Dispose() => _folder.Dispose();

    private ParamNode Load(string json)
    {
        _folder.Write("params.json", json);
        return ParamNode.Load(Path.Combine(_folder.Path, "params.json"));
    }

    private static string Message(Action action) => Should.Throw<ConformanceException>(action).Message;
}
