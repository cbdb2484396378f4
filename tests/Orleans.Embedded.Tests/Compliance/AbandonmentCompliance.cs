using Granary.Orleans.Embedded.Tests.Grains;
using Orleans;
using Orleans.Embedded;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>What becomes of an activation that does not go on, of its callers, and of what wakes up late.</summary>
public abstract class AbandonmentCompliance
{
    protected abstract SiloHarness Create();

    [Fact]
    public void Whoever_waits_for_the_call_that_is_stuck_is_told_and_calls_behind_it_go_to_a_new_activation()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("stuck");
        silo.Run(() => grain.Ping());
        var held = grain.Hold("never");
        silo.Until(() => silo.Probe.Count("holding") == 1);
        var waiting = Enumerable.Range(0, 3).Select(_ => grain.Ping()).ToArray();
        silo.Silo.Abandon(grain.GetGrainId(), "test").ShouldBeTrue();
        Should.Throw<TimeoutException>(() => silo.Run(() => held)).Message.ShouldContain("left behind: test");
        silo.Run(() => Task.WhenAll(waiting));
        silo.Run(() => grain.Ping());
        silo.Probe.Count("activated stuck").ShouldBe(2);
        silo.Probe.Count("deactivating stuck ApplicationRequested").ShouldBe(0);
    }

    [Fact]
    public void What_wakes_up_late_calls_nobody_and_changes_nothing_of_its_successor()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILateGrain>("late");
        var held = grain.CallAfter("gate", "counter");
        silo.Until(() => silo.Probe.Count("waiting late") == 1);
        silo.Silo.Abandon(grain.GetGrainId(), "test").ShouldBeTrue();
        Should.Throw<TimeoutException>(() => silo.Run(() => held));
        silo.Run(() => grain.Ping());
        silo.Probe.Open("gate");
        silo.Until(() => silo.Probe.Log.Any(entry => entry.StartsWith("woke late", StringComparison.Ordinal)));
        silo.Probe.Log.ShouldContain("woke late OrleansMessageRejectionException InvalidOperationException");
        silo.Run(() => silo.Grains.GetGrain<ICounterGrain>("counter").Add(1).AsTask()).ShouldBe(1);
        silo.Silo.GetActivations().Count(a => a.GrainId == grain.GetGrainId()).ShouldBe(1);
    }

    [Fact]
    public void An_activation_that_does_not_begin_is_left_behind_too()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILateGrain>("slow-start");
        var first = grain.Ping();
        silo.Until(() => silo.Probe.Count("starting slow-start") == 1);
        silo.Silo.Abandon(grain.GetGrainId(), "test").ShouldBeTrue();
        silo.Until(() => silo.Probe.Count("starting slow-start") == 2);
        silo.Probe.Open("start");
        silo.Run(() => first);
        silo.Run(() => grain.Ping());
        silo.Silo.GetActivations().Count(a => a.GrainId == grain.GetGrainId()).ShouldBe(1);
    }

    [Fact]
    public void Only_an_activation_that_is_there_is_left_behind()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("none");
        silo.Silo.Abandon(grain.GetGrainId(), "test").ShouldBeFalse();
        silo.Run(() => grain.Ping());
        silo.Silo.Abandon(grain.GetGrainId(), "test").ShouldBeTrue();
        silo.Silo.Abandon(grain.GetGrainId(), "test").ShouldBeFalse();
    }

    [Fact]
    public void How_long_a_call_and_a_tick_have_run_and_how_many_wait_is_to_be_seen()
    {
        using var silo = Create();
        var busy = silo.Grains.GetGrain<ILifeGrain>("busy");
        var ticking = silo.Grains.GetGrain<ILifeGrain>("ticking");
        silo.Run(() => ticking.StartTimer("t", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), "long"));
        var held = busy.Hold("hold");
        silo.Until(() => silo.Probe.Count("holding") == 1);
        var waiting = Enumerable.Range(0, 2).Select(_ => busy.Ping()).ToArray();
        silo.Until(() => Look(busy).BusyFor >= TimeSpan.FromSeconds(2) && Look(ticking).TimerFor >= TimeSpan.FromSeconds(1), timePasses: true);
        Look(busy).QueuedCallCount.ShouldBe(2);
        Look(ticking).QueuedCallCount.ShouldBe(0);
        silo.Probe.Open("hold");
        silo.Run(() => Task.WhenAll([held, .. waiting]));
        silo.Until(() => Look(busy).BusyFor == TimeSpan.Zero && Look(ticking) is { TimerFor.Ticks: 0, BusyFor.Ticks: 0 }, timePasses: true);

        ActivationStatistics Look(IGrain grain) => silo.Silo.GetActivations().Single(a => a.GrainId == grain.GetGrainId());
    }
}
