using Granary.Orleans.Embedded.Tests.Grains;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class ThreadPoolAbandonmentTests : AbandonmentCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();

    [Fact]
    public void A_turn_that_holds_its_thread_is_left_behind_and_everybody_who_waits_is_told()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILateGrain>("held");
        var held = grain.HoldThread("thread");
        silo.Until(() => silo.Probe.Count("waiting held") == 1);
        var waiting = grain.Ping();
        silo.Silo.GetActivations().Single(a => a.GrainId == grain.GetGrainId()).TurnFor.ShouldBeGreaterThan(TimeSpan.Zero);
        silo.Silo.Abandon(grain.GetGrainId(), "test").ShouldBeTrue();
        Should.Throw<TimeoutException>(() => silo.Run(() => held));
        Should.Throw<TimeoutException>(() => silo.Run(() => waiting));
        silo.Run(() => grain.Ping());
        silo.Probe.Open("thread");
        silo.Run(() => grain.Ping());
        silo.Silo.GetActivations().Count(a => a.GrainId == grain.GetGrainId()).ShouldBe(1);
    }
}
