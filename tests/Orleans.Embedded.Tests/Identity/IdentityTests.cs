using Orleans.Runtime;

namespace Granary.Orleans.Embedded.Tests.Identity;

/// <summary>Grain ids.</summary>
public sealed class IdentityTests
{
    [Fact]
    public void Ids_are_read_as_they_are_written()
    {
        var id = GrainId.Create("execution", "main/BTCUSDT");
        id.ToString().ShouldBe("execution/main/BTCUSDT");
        GrainId.Parse(id.ToString()).ShouldBe(id);
        $"{id}".ShouldBe("execution/main/BTCUSDT");
        id.Key.ToString().ShouldBe("main/BTCUSDT");
        GrainId.TryParse("no-slash", out _).ShouldBeFalse();
        GrainId.TryParse(null, out _).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => GrainId.Parse("/key")).Message.ShouldContain("type/key");
        default(GrainId).IsDefault.ShouldBeTrue();
    }

    [Fact]
    public void Ids_compare_by_type_and_key()
    {
        var ids = new[] { "b/1", "a/2", "a/10", "a/1" }.Select(GrainId.Parse).Order().Select(id => id.ToString());
        ids.ShouldBe(["a/1", "a/10", "a/2", "b/1"]);
        (GrainId.Parse("a/1") == GrainId.Parse("a/1")).ShouldBeTrue();
        (GrainId.Parse("a/1") != GrainId.Parse("a/2")).ShouldBeTrue();
        GrainId.Parse("ü/ä").Key.ToString().ShouldBe("ä");
    }

    [Fact]
    public void Hashes_are_the_same_in_every_process()
    {
        IdSpan.Create("BTCUSDT").GetUniformHashCode().ShouldBe(2091407673u);
        GrainId.Parse("symbol/BTCUSDT").GetUniformHashCode().ShouldBe(3312073876u);
    }

    [Fact]
    public void Stream_ids_have_namespace_and_key()
    {
        var id = StreamId.Create("ns", "key");
        (id.GetNamespace(), id.GetKeyAsString(), id.ToString()).ShouldBe(("ns", "key", "ns/key"));
        StreamId.Create("ns", "key").ShouldBe(id);
        StreamId.Create(null, "key").ShouldNotBe(id);
        StreamId.Create(null, "key").GetNamespace().ShouldBeNull();
        StreamId.Create("ns", 255L).GetKeyAsString().ShouldBe("FF");
    }
}
