using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

public interface IPinnedGrain : IGrainWithStringKey
{
    ValueTask Ping();
}
