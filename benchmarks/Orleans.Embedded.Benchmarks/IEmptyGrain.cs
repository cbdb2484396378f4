using Orleans;

namespace Granary.Orleans.Embedded.Benchmarks;

public interface IEmptyGrain : IGrainWithStringKey
{
    ValueTask Touch();
}
