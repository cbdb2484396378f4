using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

/// <summary>A grain that goes on when nobody expects it any more.</summary>
public interface ILateGrain : IGrainWithStringKey
{
    Task Ping();

    /// <summary>Waits at a gate, then calls a counter and sets a timer, and tells what came of both.</summary>
    Task CallAfter(string gate, string counter);

    /// <summary>Holds its thread until the gate opens.</summary>
    Task HoldThread(string gate);
}
