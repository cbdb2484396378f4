using System.Collections.Immutable;
using Granary.Orleans.Embedded.Tests.Grains;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>Caller and callee never share what may change, and always share what is said not to.</summary>
public abstract class CopyCompliance : IDisposable
{
    private readonly SiloHarness _silo;

    protected CopyCompliance() => _silo = Create();

    private IMirrorGrain Mirror => _silo.Grains.GetGrain<IMirrorGrain>("m");

    public void Dispose()
    {
        _silo.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract SiloHarness Create();

    [Fact]
    public void An_argument_and_a_result_are_copies()
    {
        var node = new Node { Name = "n", Numbers = [1, 2], Next = new Node { Name = "next" } };
        var result = _silo.Run(() => Mirror.Keep(node));
        result.ShouldNotBeSameAs(node);
        (result.Name, result.Next!.Name).ShouldBe(("n", "next"));
        result.Numbers.ShouldBe([1, 2]);
        node.Name = "changed by caller";
        result.Numbers[0] = 99;
        var kept = _silo.Run(() => Mirror.Kept());
        kept.Name.ShouldBe("n");
        kept.Numbers.ShouldBe([1, 2]);
    }

    [Fact]
    public void What_has_no_id_is_not_carried() =>
        _silo.Run(() => Mirror.Keep(new Node { NotCarried = 123 })).NotCarried.ShouldBe(7);

    [Fact]
    public void Cycles_and_shared_objects_stay_what_they_are()
    {
        var node = new Node { Name = "a" };
        node.Next = node;
        var result = _silo.Run(() => Mirror.Keep(node));
        result.Next.ShouldBeSameAs(result);
        var shared = new Node { Name = "s" };
        var list = _silo.Run(() => Mirror.Nodes([shared, shared]).AsTask());
        list[0].ShouldBeSameAs(list[1]);
        list[0].ShouldNotBeSameAs(shared);
    }

    [Fact]
    public void A_derived_object_is_copied_whole()
    {
        var big = new BigNode { Name = "base member", Children = { new Node { Name = "child" } } };
        var result = _silo.Run(() => Mirror.Polymorphic(big)).ShouldBeOfType<BigNode>();
        result.Name.ShouldBe("base member");
        result.Children[0].Name.ShouldBe("child");
        result.Children[0].ShouldNotBeSameAs(big.Children[0]);
        _silo.Run(() => Mirror.Big(big)).Children.ShouldNotBeSameAs(big.Children);
    }

    [Fact]
    public void Records_and_structs_are_copied()
    {
        var letter = new Letter("t", ["one"], [1]);
        var copy = _silo.Run(() => Mirror.Record(letter));
        copy.Title.ShouldBe("t");
        copy.Lines.ShouldBe(["one"]);
        copy.Lines.ShouldNotBeSameAs(letter.Lines);
        copy.Marks.ShouldNotBeSameAs(letter.Marks);
        _silo.Run(() => Mirror.Struct(new Point(1, 2)).AsTask()).ShouldBe(new Point(1, 2));
        _silo.Run(() => Mirror.Maybe(new Point(3, 4)).AsTask()).ShouldBe(new Point(3, 4));
        _silo.Run(() => Mirror.Maybe(null).AsTask()).ShouldBeNull();
    }

    [Fact]
    public void Generic_types_are_copied()
    {
        var node = new Node { Name = "n" };
        var envelope = _silo.Run(() => Mirror.Generic(new Envelope<Node>(node)).AsTask());
        envelope.Content.Name.ShouldBe("n");
        envelope.Content.ShouldNotBeSameAs(node);
        int[] numbers = [1];
        var box = _silo.Run(() => Mirror.GenericStruct(new Box<int[]> { Content = numbers }).AsTask());
        box.Content.ShouldBe([1]);
        box.Content.ShouldNotBeSameAs(numbers);
    }

    [Fact]
    public void Collections_are_copied_element_by_element()
    {
        int[] numbers = [1, 2, 3];
        var array = _silo.Run(() => Mirror.Array(numbers).AsTask());
        array.ShouldBe(numbers);
        array.ShouldNotBeSameAs(numbers);
        var node = new Node { Name = "v" };
        var map = _silo.Run(() => Mirror.Map(new Dictionary<string, Node>(StringComparer.OrdinalIgnoreCase) { ["Key"] = node }).AsTask());
        map["key"].Name.ShouldBe("v");
        map["key"].ShouldNotBeSameAs(node);
        var list = _silo.Run(() => Mirror.Interface(new List<Node> { node }).AsTask());
        list.ShouldBeOfType<List<Node>>()[0].ShouldNotBeSameAs(node);
        var tuple = _silo.Run(() => Mirror.Tuple((node, numbers)).AsTask());
        tuple.Left.ShouldNotBeSameAs(node);
        tuple.Right.ShouldBe(numbers);
        tuple.Right.ShouldNotBeSameAs(numbers);
        byte[] bytes = [1, 2, 3];
        var memory = _silo.Run(() => Mirror.Memory(bytes.AsMemory(1)).AsTask());
        bytes[1] = 99;
        memory.ToArray().ShouldBe([(byte)2, (byte)3]);
    }

    [Fact]
    public void Immutable_arrays_are_shared_when_their_elements_cannot_change()
    {
        var numbers = ImmutableArray.Create(1, 2);
        _silo.Run(() => Mirror.Immutables(numbers).AsTask()).Equals(numbers).ShouldBeTrue();
        var nodes = ImmutableArray.Create(new Node { Name = "n" });
        var copied = _silo.Run(() => Mirror.ImmutableNodes(nodes).AsTask());
        copied[0].Name.ShouldBe("n");
        copied[0].ShouldNotBeSameAs(nodes[0]);
    }

    [Fact]
    public void Immutable_types_and_parameters_are_shared()
    {
        var value = new Sealed { Shared = [1] };
        _silo.Run(() => Mirror.Shared(value).AsTask()).ShouldBeSameAs(value);
        int[] numbers = [1];
        var result = _silo.Run(() => Mirror.SharedArray(numbers).AsTask());
        numbers[0].ShouldBe(2);
        result.ShouldNotBeSameAs(numbers);
    }

    [Fact]
    public void Foreign_types_travel_by_their_surrogates()
    {
        var foreign = new Foreign([1, 2]);
        var result = _silo.Run(() => Mirror.Surrogate(foreign).AsTask());
        result.ShouldNotBeSameAs(foreign);
        result.Values.ShouldBe([1, 2]);
        result.Values.ShouldNotBeSameAs(foreign.Values);
    }

    [Fact]
    public void A_value_that_cannot_travel_is_refused_by_name()
    {
        _silo.Run(() => Mirror.Any("text").AsTask()).ShouldBe("text");
        var exception = Should.Throw<NotSupportedException>(() => _silo.Run(() => Mirror.Any(new System.Text.StringBuilder()).AsTask()));
        exception.Message.ShouldContain("System.Text.StringBuilder");
        exception.Message.ShouldContain("[GenerateSerializer]");
    }
}
