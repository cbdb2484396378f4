using Orleans;
using Orleans.Concurrency;

namespace Granary.Orleans.Embedded.Tests.Grains;

/// <summary>Calls others in chains.</summary>
public interface ICallerGrain : IGrainWithStringKey
{
    Task<string> Chain(string[] keys);

    [AlwaysInterleave]
    Task<string> ChainInterleaved(string[] keys);

    Task<string> SelfCall();

    ValueTask<int> Repeat(string counter, int times);

    ValueTask<string?> ContextThrough(string key, string? next);

    Task PassMyself(string key);

    Task TakeCaller(ICallerGrain caller);

    ValueTask<string> NameOf(ICallerGrain caller);

    ValueTask<int> FanOut(string prefix, int count);
}
