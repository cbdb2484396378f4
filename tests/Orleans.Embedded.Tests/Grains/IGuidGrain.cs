using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

public interface IGuidGrain : IGrainWithGuidKey
{
    ValueTask<Guid> Key();
}
