using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[GenerateSerializer]
public class Node
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public Node? Next { get; set; }

    [Id(2)]
    private int[] _numbers = [];

    [NonSerialized]
    public int NotCarried = 7;

    public int[] Numbers
    {
        get => _numbers;
        set => _numbers = value;
    }
}

[GenerateSerializer]
public sealed class BigNode : Node
{
    [Id(0)]
    public List<Node> Children { get; init; } = [];
}

[GenerateSerializer]
public sealed record Letter(string Title, List<string> Lines, [property: Id(5)] int[]? Marks = null);

[GenerateSerializer]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);

[GenerateSerializer]
public struct Box<T>
{
    [Id(0)]
    public T Content;
}

[GenerateSerializer]
public sealed class Envelope<T>
{
    public Envelope(T content) => Content = content;

    [Id(0)]
    public T Content { get; }
}

[GenerateSerializer, Immutable]
public sealed class Sealed
{
    [Id(0)]
    public int[] Shared { get; init; } = [];
}

/// <summary>As if it came from a library: no attribute, no setter.</summary>
public sealed class Foreign(int[] values)
{
    public int[] Values { get; } = values;
}

[GenerateSerializer]
public struct ForeignSurrogate
{
    [Id(0)]
    public int[] Values;
}

[RegisterConverter]
public sealed class ForeignConverter : IConverter<Foreign, ForeignSurrogate>
{
    public Foreign ConvertFromSurrogate(in ForeignSurrogate surrogate) => new(surrogate.Values);

    public ForeignSurrogate ConvertToSurrogate(in Foreign value) => new() { Values = value.Values };
}

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
