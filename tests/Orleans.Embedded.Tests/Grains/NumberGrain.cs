using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

public sealed class NumberGrain : Grain, INumberGrain
{
    public ValueTask<long> Key() => new(this.GetPrimaryKeyLong());
}
