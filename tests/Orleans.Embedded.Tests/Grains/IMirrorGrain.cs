using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

/// <summary>Hands back what it was given, so that a test sees what was copied on the way.</summary>
public interface IMirrorGrain : IGrainWithStringKey
{
    Task<Node> Keep(Node node);

    Task<Node> Kept();

    Task<BigNode> Big(BigNode node);

    Task<Node> Polymorphic(Node node);

    Task<Letter> Record(Letter letter);

    ValueTask<int[]> Array(int[] values);

    ValueTask<int[]> SharedArray([Immutable] int[] values);

    ValueTask<List<Node>> Nodes(List<Node> nodes);

    ValueTask<Dictionary<string, Node>> Map(Dictionary<string, Node> nodes);

    ValueTask<ImmutableArray<int>> Immutables(ImmutableArray<int> values);

    ValueTask<ImmutableArray<Node>> ImmutableNodes(ImmutableArray<Node> values);

    ValueTask<Sealed> Shared(Sealed value);

    ValueTask<Foreign> Surrogate(Foreign value);

    ValueTask<Envelope<Node>> Generic(Envelope<Node> value);

    ValueTask<Box<int[]>> GenericStruct(Box<int[]> value);

    ValueTask<Point> Struct(Point value);

    ValueTask<(Node Left, int[] Right)> Tuple((Node Left, int[] Right) value);

    ValueTask<Point?> Maybe(Point? value);

    ValueTask<IReadOnlyList<Node>> Interface(IReadOnlyList<Node> nodes);

    ValueTask<object> Any(object value);

    ValueTask<ReadOnlyMemory<byte>> Memory(ReadOnlyMemory<byte> bytes);
}
