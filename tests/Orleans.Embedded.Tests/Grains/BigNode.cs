using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[GenerateSerializer]
public sealed class BigNode : Node
{
    [Id(0)]
    public List<Node> Children { get; init; } = [];
}
