using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[GenerateSerializer]
public sealed class Envelope<T>
{
    public Envelope(T content) => Content = content;

    [Id(0)]
    public T Content { get; }
}
