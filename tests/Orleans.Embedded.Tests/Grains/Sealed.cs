using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[GenerateSerializer, Immutable]
public sealed class Sealed
{
    [Id(0)]
    public int[] Shared { get; init; } = [];
}
