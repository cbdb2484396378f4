using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

public interface INumberGrain : IGrainWithIntegerKey
{
    ValueTask<long> Key();
}
