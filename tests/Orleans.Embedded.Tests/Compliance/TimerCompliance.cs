using System.Globalization;
using Granary.Orleans.Embedded.Tests.Grains;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>Grain timers.</summary>
public abstract class TimerCompliance
{
    protected abstract SiloHarness Create();

    [Fact]
    public void A_timer_ticks_until_it_is_disposed_and_its_token_is_cancelled()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        silo.Run(() => grain.StartTimer("t", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), "plain"));
        silo.Until(() => Ticks(silo, "t").Count >= 3, timePasses: true);
        silo.Run(() => grain.StopTimers());
        silo.Probe.Log.ShouldContain("token cancelled");
        var count = Ticks(silo, "t").Count;
        silo.Elapse(TimeSpan.FromSeconds(10));
        silo.Run(() => grain.Ping());
        Ticks(silo, "t").Count.ShouldBe(count);
    }

    [Fact]
    public void Ticks_never_overlap_and_the_period_counts_from_the_end_of_the_callback()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        silo.Run(() => grain.StartTimer("t", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "long"));
        silo.Until(() => Ticks(silo, "t").Count >= 4, timePasses: true);
        silo.Probe.Log.ShouldNotContain("overlap");
        var ticks = Ticks(silo, "t");
        for (var index = 1; index < ticks.Count; index++) (ticks[index] - ticks[index - 1]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void A_tick_waits_for_a_running_call()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        silo.Run(() => grain.StartTimer("t", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), "plain"));
        silo.Until(() => Ticks(silo, "t").Count >= 1, timePasses: true);
        var held = grain.Hold("gate");
        silo.Until(() => silo.Probe.Count("holding") == 1);
        var before = Ticks(silo, "t").Count;
        silo.Elapse(TimeSpan.FromSeconds(10));
        Ticks(silo, "t").Count.ShouldBe(before);
        silo.Probe.Open("gate");
        silo.Run(() => held);
        silo.Until(() => Ticks(silo, "t").Count > before, timePasses: true);
        var log = silo.Probe.Log.ToList();
        log.FindIndex(log.IndexOf("holding"), entry => entry.StartsWith("tick", StringComparison.Ordinal)).ShouldBeGreaterThan(log.IndexOf("released"));
    }

    [Fact]
    public void An_interleaving_tick_does_not_wait()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        silo.Run(() => grain.StartTimer("t", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), "interleave"));
        var held = grain.Hold("gate");
        silo.Until(() => silo.Probe.Count("holding") == 1);
        var before = Ticks(silo, "t").Count;
        silo.Until(() => Ticks(silo, "t").Count >= before + 2, timePasses: true);
        held.IsCompleted.ShouldBeFalse();
        silo.Probe.Open("gate");
        silo.Run(() => held);
    }

    [Fact]
    public void A_tick_that_fails_does_not_end_the_timer()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        silo.Run(() => grain.StartTimer("t", TimeSpan.Zero, TimeSpan.FromSeconds(1), "fails"));
        silo.Until(() => Ticks(silo, "t").Count >= 3, timePasses: true);
    }

    [Fact]
    public void Deactivation_ends_timers()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        silo.Run(() => grain.StartTimer("t", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), "plain"));
        silo.Until(() => Ticks(silo, "t").Count >= 1, timePasses: true);
        silo.Run(() => silo.Silo.StopAsync(CancellationToken.None));
        silo.Probe.Log.ShouldContain("token cancelled");
        var count = Ticks(silo, "t").Count;
        silo.Elapse(TimeSpan.FromSeconds(10));
        Ticks(silo, "t").Count.ShouldBe(count);
    }

    private static List<TimeSpan> Ticks(SiloHarness silo, string name) =>
        [.. silo.Probe.Log.Where(entry => entry.StartsWith($"tick {name} ", StringComparison.Ordinal)).Select(entry => TimeSpan.Parse(entry[^8..], CultureInfo.InvariantCulture))];
}
