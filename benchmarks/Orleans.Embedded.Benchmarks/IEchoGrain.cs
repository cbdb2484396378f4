using Orleans;

namespace Granary.Orleans.Embedded.Benchmarks;

public interface IEchoGrain : IGrainWithStringKey
{
    ValueTask<int> Echo(int value);

    /// <summary>Keeps a processor busy for a time.</summary>
    ValueTask<int> Work(int microseconds);
}
