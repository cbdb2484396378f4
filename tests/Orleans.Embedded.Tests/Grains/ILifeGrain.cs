using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

/// <summary>Beginnings and ends that go wrong, and timers.</summary>
public interface ILifeGrain : IGrainWithStringKey
{
    Task Ping();

    Task Delay(TimeSpan time);

    Task StartTimer(string name, TimeSpan due, TimeSpan period, string kind);

    Task StopTimers();

    Task Hold(string gate);
}
