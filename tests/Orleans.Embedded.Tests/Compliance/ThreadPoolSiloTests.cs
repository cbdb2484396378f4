using Granary.Orleans.Embedded.Tests.Grains;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>Silos of one process share threads and call objects and nothing else.</summary>
public sealed class ThreadPoolSiloTests
{
    [Fact]
    public void A_silos_clock_ends_the_calls_of_that_silo_only()
    {
        using var other = new ThreadPoolHarness();
        using var silo = new ThreadPoolHarness();

        // Call objects that have been in use in one silo are used again in the other.
        for (var round = 0; round < 20; round++)
        {
            var open = $"open{round}";
            other.Probe.Open(open);
            other.Run(() => other.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName).Exclusive(open));
        }

        var call = silo.Run(() => Task.FromResult(silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName).Exclusive("shut")));
        silo.Until(() => silo.Probe.Count("begin shut") == 1);
        other.Elapse(TimeSpan.FromHours(1));
        other.Silo.GetStatistics().TimeoutCount.ShouldBe(0);
        call.IsCompleted.ShouldBeFalse();
        Should.Throw<TimeoutException>(() => silo.Run(() => call, timePasses: true));
        silo.Silo.GetStatistics().TimeoutCount.ShouldBe(1);
    }
}
