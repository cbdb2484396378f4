using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[GenerateSerializer]
public struct ForeignSurrogate
{
    [Id(0)]
    public int[] Values;
}
