using Orleans;

namespace Granary.Orleans.Embedded.Benchmarks;

public sealed class EmptyGrain : Grain, IEmptyGrain
{
    public ValueTask Touch() => default;
}
