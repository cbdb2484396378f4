using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

public sealed class GuidGrain : Grain, IGuidGrain
{
    public ValueTask<Guid> Key() => new(this.GetPrimaryKey());
}
