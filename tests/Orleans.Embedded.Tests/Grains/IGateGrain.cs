using Orleans;
using Orleans.Concurrency;

namespace Granary.Orleans.Embedded.Tests.Grains;

/// <summary>Methods that wait at a gate of the probe, each with another way to share the activation.</summary>
public interface IGateGrain : IGrainWithStringKey
{
    Task Exclusive(string name);

    [ReadOnly]
    Task Read(string name);

    [AlwaysInterleave]
    Task Interleave(string name);

    [ResponseTimeout("00:00:02")]
    Task Impatient(string name);

    [AlwaysInterleave]
    ValueTask<int> Peek();

    Task WaitFor(string name, CancellationToken token);

    ValueTask<bool> SameScheduler();

    ValueTask<int> NotAwaited();
}
