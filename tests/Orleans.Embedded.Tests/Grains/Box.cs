using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[GenerateSerializer]
public struct Box<T>
{
    [Id(0)]
    public T Content;
}
