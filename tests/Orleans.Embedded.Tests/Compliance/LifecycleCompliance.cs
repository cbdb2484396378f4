using Granary.Orleans.Embedded.Tests.Grains;
using Orleans;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>How activations begin and end.</summary>
public abstract class LifecycleCompliance
{
    protected abstract SiloHarness Create();

    [Fact]
    public void A_failed_activation_reaches_all_callers_and_the_next_call_tries_again()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("fails-once");
        var calls = new[] { grain.Ping(), grain.Ping() };
        Should.Throw<TestFailureException>(() => silo.Run(() => calls[0])).Message.ShouldBe("Activation failed.");
        Should.Throw<TestFailureException>(() => silo.Run(() => calls[1]));
        silo.Run(() => grain.Ping());
        silo.Probe.Count("activating fails-once").ShouldBe(2);
        silo.Probe.Count("activated fails-once").ShouldBe(1);
    }

    [Fact]
    public void Deactivation_runs_and_the_next_call_makes_a_new_activation()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        silo.Run(() => grain.Add(5).AsTask());
        silo.Run(() => grain.Deactivate());
        silo.Until(() => silo.Probe.Count("deactivated a ApplicationRequested") == 1);
        silo.Run(() => grain.Add(1).AsTask()).ShouldBe(1);
        silo.Probe.Log.ShouldBe(["activated a", "deactivated a ApplicationRequested", "activated a"]);
    }

    [Fact]
    public void Calls_that_wait_while_the_activation_ends_go_to_the_new_one()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("slow-end");
        silo.Run(() => grain.Ping());
        var held = grain.Hold("hold");
        silo.Until(() => silo.Probe.Count("holding") == 1);
        var reason = new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Test.");
        silo.Silo.References.FindClass(grain.GetGrainId().Type)!.Find(grain.GetGrainId().Key)!.Deactivate(reason);
        var waiting = Enumerable.Range(0, 5).Select(_ => grain.Ping()).ToArray();
        silo.Probe.Log.ShouldNotContain("deactivating slow-end ApplicationRequested");
        silo.Probe.Open("hold");
        silo.Run(() => held);
        silo.Until(() => silo.Probe.Count("deactivating slow-end ApplicationRequested") == 1);
        waiting.ShouldAllBe(call => !call.IsCompleted);
        silo.Probe.Open("end");
        silo.Run(() => Task.WhenAll(waiting));
        silo.Probe.Log.Where(entry => entry.Contains("slow-end", StringComparison.Ordinal)).ShouldBe(
            ["activating slow-end", "activated slow-end", "deactivating slow-end ApplicationRequested", "deactivated slow-end", "disposed slow-end", "activating slow-end", "activated slow-end"]);
    }

    [Fact]
    public void An_activation_that_does_not_end_is_given_up_after_the_timeout()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("hangs");
        silo.Run(() => grain.Ping());
        var reason = new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Test.");
        silo.Silo.References.FindClass(grain.GetGrainId().Type)!.Find(grain.GetGrainId().Key)!.Deactivate(reason);
        silo.Until(() => silo.Probe.Count("disposed hangs") == 1, timePasses: true);
        silo.Run(() => grain.Ping());
        silo.Probe.Count("activated hangs").ShouldBe(2);
    }

    [Fact]
    public void An_idle_activation_is_collected_and_a_kept_one_is_not()
    {
        using var silo = Create();
        var idle = silo.Grains.GetGrain<ICounterGrain>("idle");
        var delayed = silo.Grains.GetGrain<ILifeGrain>("delayed");
        var pinned = silo.Grains.GetGrain<IPinnedGrain>("pinned");
        silo.Run(async () =>
        {
            await idle.Add(1);
            await delayed.Delay(TimeSpan.FromMinutes(25));
            await pinned.Ping();
        });
        silo.Silo.IsActive(idle.GetGrainId()).ShouldBeTrue();
        silo.Elapse(TimeSpan.FromMinutes(18));
        silo.Until(() => silo.Probe.Count("deactivated idle ActivationIdle") == 1);
        silo.Silo.IsActive(delayed.GetGrainId()).ShouldBeTrue();
        silo.Elapse(TimeSpan.FromMinutes(12));
        silo.Until(() => silo.Probe.Count("deactivating delayed ActivationIdle") == 1);
        silo.Silo.IsActive(pinned.GetGrainId()).ShouldBeTrue();
        silo.Run(() => idle.Add(1).AsTask()).ShouldBe(1);
    }

    [Fact]
    public void A_call_under_way_and_a_keep_alive_timer_are_activity_and_a_plain_timer_is_not()
    {
        using var silo = Create();
        silo.Run(async () =>
        {
            await silo.Grains.GetGrain<ILifeGrain>("plain").StartTimer("p", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), "plain");
            await silo.Grains.GetGrain<ILifeGrain>("kept").StartTimer("k", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), "keep-alive");
        });
        silo.Until(() => silo.Probe.Log.Any(entry => entry.StartsWith("tick k", StringComparison.Ordinal)), timePasses: true);
        for (var minute = 0; minute < 20; minute++)
        {
            var before = silo.Probe.Log.Count(entry => entry.StartsWith("tick k", StringComparison.Ordinal));
            silo.Elapse(TimeSpan.FromMinutes(1));
            silo.Until(() => silo.Probe.Log.Count(entry => entry.StartsWith("tick k", StringComparison.Ordinal)) > before, timePasses: true);
        }

        silo.Until(() => silo.Probe.Count("deactivating plain ActivationIdle") == 1);
        silo.Probe.Count("deactivating kept ActivationIdle").ShouldBe(0);
    }

    [Fact]
    public void Stopping_the_silo_ends_every_activation_and_refuses_calls()
    {
        using var silo = Create();
        var grains = Enumerable.Range(0, 20).Select(index => silo.Grains.GetGrain<ICounterGrain>($"g{index}")).ToList();
        silo.Run(() => Task.WhenAll(grains.Select(grain => grain.Add(1).AsTask())));
        silo.Run(() => silo.Silo.StopAsync(CancellationToken.None));
        silo.Silo.State.ShouldBe(SiloState.Stopped);
        silo.Probe.Log.Count(entry => entry.EndsWith("ShuttingDown", StringComparison.Ordinal)).ShouldBe(20);
        Should.Throw<SiloUnavailableException>(() => silo.Run(() => grains[0].Add(1).AsTask()));
        Should.Throw<SiloUnavailableException>(() => silo.Run(() => silo.Grains.GetGrain<ICounterGrain>("new").Add(1).AsTask()));
    }

    [Fact]
    public void Stopping_has_a_bound_and_frees_whoever_waits()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("hangs");
        silo.Run(() => grain.Ping());
        silo.Run(() => silo.Silo.StopAsync(CancellationToken.None), timePasses: true);
        silo.Silo.State.ShouldBe(SiloState.Stopped);
        silo.Probe.Count("deactivated hangs").ShouldBe(0);
    }

    [Fact]
    public void Statistics_count_what_is_there()
    {
        using var silo = Create();
        silo.Run(() => Task.WhenAll(Enumerable.Range(0, 10).Select(index => silo.Grains.GetGrain<ICounterGrain>($"g{index}").Add(1).AsTask())));
        var statistics = silo.Silo.GetStatistics();
        statistics.State.ShouldBe(SiloState.Running);
        statistics.ActivationCount.ShouldBe(10);
        statistics.TurnCount.ShouldBeGreaterThanOrEqualTo(20);
        var counters = statistics.GrainClasses.Single(entry => entry.GrainType == "counter");
        (counters.ActivationCount, counters.ActivatedCount, counters.QueuedCallCount).ShouldBe((10, 10L, 0L));
        silo.Silo.IsActive(GrainId.Create("counter", "g3")).ShouldBeTrue();
        silo.Silo.IsActive(GrainId.Create("counter", "g99")).ShouldBeFalse();
        silo.Silo.GetStatistics().ActivationCount.ShouldBe(10);
    }
}
