using Orleans;
using Orleans.Concurrency;

namespace Granary.Orleans.Embedded.Benchmarks;

public interface ICallerGrain : IGrainWithStringKey
{
    /// <summary>Calls another grain so many times, one call after another.</summary>
    ValueTask<long> CallInTurn(string target, int count);

    /// <summary>Calls other grains, so many calls at once, until so many are done.</summary>
    [ResponseTimeout("00:05:00")]
    Task<long> CallAtOnce(string prefix, int targets, int inFlight, int count);
}
