using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

public sealed class MirrorGrain : Grain, IMirrorGrain
{
    private Node _kept = new();

    public Task<Node> Keep(Node node)
    {
        _kept = node;
        return Task.FromResult(_kept);
    }

    public Task<Node> Kept() => Task.FromResult(_kept);

    public Task<BigNode> Big(BigNode node) => Task.FromResult(node);

    public Task<Node> Polymorphic(Node node) => Task.FromResult(node);

    public Task<Letter> Record(Letter letter) => Task.FromResult(letter);

    public ValueTask<int[]> Array(int[] values) => new(values);

    public ValueTask<int[]> SharedArray(int[] values)
    {
        values[0]++;
        return new(values);
    }

    public ValueTask<List<Node>> Nodes(List<Node> nodes) => new(nodes);

    public ValueTask<Dictionary<string, Node>> Map(Dictionary<string, Node> nodes) => new(nodes);

    public ValueTask<ImmutableArray<int>> Immutables(ImmutableArray<int> values) => new(values);

    public ValueTask<ImmutableArray<Node>> ImmutableNodes(ImmutableArray<Node> values) => new(values);

    public ValueTask<Sealed> Shared(Sealed value) => new(value);

    public ValueTask<Foreign> Surrogate(Foreign value) => new(value);

    public ValueTask<Envelope<Node>> Generic(Envelope<Node> value) => new(value);

    public ValueTask<Box<int[]>> GenericStruct(Box<int[]> value) => new(value);

    public ValueTask<Point> Struct(Point value) => new(value);

    public ValueTask<(Node Left, int[] Right)> Tuple((Node Left, int[] Right) value) => new(value);

    public ValueTask<Point?> Maybe(Point? value) => new(value);

    public ValueTask<IReadOnlyList<Node>> Interface(IReadOnlyList<Node> nodes) => new(nodes);

    public ValueTask<object> Any(object value) => new(value);

    public ValueTask<ReadOnlyMemory<byte>> Memory(ReadOnlyMemory<byte> bytes) => new(bytes);
}
