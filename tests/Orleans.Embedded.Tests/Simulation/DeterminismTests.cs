using Granary.Orleans.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Embedded.Simulation;

namespace Granary.Orleans.Embedded.Tests.Simulation;

/// <summary>The same seed gives the same run.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_seed_gives_the_same_run(ulong seed)
    {
        var first = RunBusyHour(seed);
        RunBusyHour(seed).ShouldBe(first);
    }

    [Fact]
    public void Another_seed_gives_another_run()
    {
        var runs = Enumerable.Range(1, 5).Select(seed => RunBusyHour((ulong)seed).Hash).ToList();
        runs.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void The_order_of_turns_is_left_to_the_seed()
    {
        var orders = Enumerable.Range(1, 20).Select(seed =>
        {
            var scheduler = new DeterministicScheduler(new SimulationOptions { Seed = (ulong)seed });
            var order = "";
            foreach (var name in new[] { "a", "b", "c" }) scheduler.StartBackground(_ => { order += name; return Task.CompletedTask; });
            scheduler.RunFor(TimeSpan.Zero);
            return order;
        }).ToList();
        orders.ShouldAllBe(order => order.Length == 3);
        orders.Distinct().Count().ShouldBeGreaterThan(3);
    }

    /// <summary>Hashes of strings differ from process to process, so nothing may hang on them; this one is the same in all.</summary>
    [Fact]
    public void The_trace_does_not_depend_on_the_process()
    {
        var scheduler = new DeterministicScheduler(new SimulationOptions { Seed = 5 });
        var silo = Start(scheduler, new Probe());
        scheduler.Run(() => silo.GrainFactory.GetGrain<ICallerGrain>("x").FanOut("fan", 10).AsTask()).ShouldBe(10);
        scheduler.TraceHash.ToString("x16").ShouldBe("4481a1f272fe6d40");
    }

    private static (ulong Hash, long Turns, string Log) RunBusyHour(ulong seed)
    {
        var probe = new Probe();
        var scheduler = new DeterministicScheduler(new SimulationOptions
        {
            Seed = seed,
            MessageDelayMin = TimeSpan.FromMilliseconds(1),
            MessageDelayMax = TimeSpan.FromMilliseconds(40),
            OneWayDropProbability = 0.2
        });
        var silo = Start(scheduler, probe);
        for (var number = 0; number < 3; number++)
        {
            var name = $"worker{number}";
            scheduler.StartBackground(async _ =>
            {
                for (var round = 0; round < 20; round++)
                {
                    await Task.Delay(TimeSpan.FromSeconds(7), scheduler.TimeProvider);
                    await silo.GrainFactory.GetGrain<ICallerGrain>(name).FanOut("shared", 5);
                    await silo.GrainFactory.GetGrain<ICounterGrain>("sum").AddOneWay(1);
                    probe.Tell($"{name} {round}");
                }
            });
        }

        scheduler.Run(() => silo.GrainFactory.GetGrain<ILifeGrain>("timer").StartTimer("t", TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(11), "plain"));
        scheduler.RunFor(TimeSpan.FromHours(1));
        return (scheduler.TraceHash, scheduler.TurnCount, string.Join('\n', probe.Log));
    }

    private static SimulatedSilo Start(DeterministicScheduler scheduler, Probe probe) =>
        SimulatedSilo.Start(scheduler, services => services.AddSingleton(probe), typeof(DeterminismTests).Assembly);
}
