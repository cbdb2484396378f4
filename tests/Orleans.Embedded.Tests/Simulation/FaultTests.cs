using Granary.Orleans.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Embedded;
using Orleans.Embedded.Simulation;
using Orleans.Runtime;

namespace Granary.Orleans.Embedded.Tests.Simulation;

/// <summary>Delays, losses and crashes.</summary>
public sealed class FaultTests
{
    [Fact]
    public void Messages_take_the_time_that_was_asked_for()
    {
        var scheduler = new DeterministicScheduler(new SimulationOptions { MessageDelayMin = TimeSpan.FromMilliseconds(10), MessageDelayMax = TimeSpan.FromMilliseconds(30) });
        var silo = Start(scheduler, new Probe());
        var lengths = new List<TimeSpan>();
        scheduler.Run(async () =>
        {
            var grain = silo.GrainFactory.GetGrain<ICounterGrain>("a");
            for (var index = 0; index < 50; index++)
            {
                var start = scheduler.Now;
                await grain.Add(1);
                lengths.Add(scheduler.Now - start);
            }
        });
        lengths.ShouldAllBe(length => length >= TimeSpan.FromMilliseconds(20) && length <= TimeSpan.FromMilliseconds(60));
        lengths.Distinct().Count().ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Delays_keep_the_order_of_a_pair_unless_told_otherwise(bool keeps)
    {
        var scheduler = new DeterministicScheduler(new SimulationOptions { MessageDelayMax = TimeSpan.FromMilliseconds(50), KeepsMessageOrder = keeps });
        var silo = Start(scheduler, new Probe());
        var results = scheduler.Run(() =>
        {
            var grain = silo.GrainFactory.GetGrain<ICounterGrain>("a");
            return Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grain.Add(1).AsTask()));
        });
        (string.Join(',', results) == string.Join(',', Enumerable.Range(1, 20))).ShouldBe(keeps);
        results.Order().ShouldBe(Enumerable.Range(1, 20));
    }

    [Fact]
    public void One_way_calls_are_lost_with_the_chance_given_and_others_never()
    {
        var scheduler = new DeterministicScheduler(new SimulationOptions { OneWayDropProbability = 0.5 });
        var silo = Start(scheduler, new Probe());
        var sum = scheduler.Run(async () =>
        {
            var grain = silo.GrainFactory.GetGrain<ICounterGrain>("a");
            for (var index = 0; index < 1000; index++) await grain.AddOneWay(1);
            return await grain.Add(0);
        });
        sum.ShouldBeInRange(400, 600);
        silo.Silo.GetStatistics().OneWayDropCount.ShouldBe(1000 - sum);
        scheduler.Run(() => silo.GrainFactory.GetGrain<ICallerGrain>("c").Repeat("b", 1000).AsTask()).ShouldBe(1000);
    }

    [Fact]
    public void A_crash_takes_everything_and_a_new_silo_starts_on_the_same_clock()
    {
        var scheduler = new DeterministicScheduler(new SimulationOptions { Seed = 11 });
        var probe = new Probe();
        var silo = Start(scheduler, probe);
        var later = 0;
        scheduler.Run(async () =>
        {
            await silo.GrainFactory.GetGrain<ICounterGrain>("a").Add(5);
            await silo.GrainFactory.GetGrain<ILifeGrain>("t").StartTimer("t", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), "plain");
        });
        silo.StartBackground(async _ =>
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), silo.Services.GetRequiredService<TimeProvider>());
                later++;
            }
        });
        var world = 0;
        scheduler.StartBackground(async _ =>
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), scheduler.TimeProvider);
                world++;
            }
        });
        var call = silo.GrainFactory.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName).Exclusive("shut");
        scheduler.RunFor(TimeSpan.FromSeconds(3.5));
        (later, world).ShouldBe((3, 3));
        var ticks = Ticks(probe);
        ticks.ShouldBe(3);

        silo.Crash();
        var crashedAt = scheduler.Now;
        silo.IsAlive.ShouldBeFalse();
        probe.Open("shut");
        scheduler.RunFor(TimeSpan.FromMinutes(2));
        (later, world).ShouldBe((3, 123));
        Ticks(probe).ShouldBe(ticks);
        call.IsCompleted.ShouldBeFalse();
        probe.Log.ShouldNotContain(entry => entry.StartsWith("deactivat", StringComparison.Ordinal) || entry == "end shut");
        Should.Throw<SiloUnavailableException>(() => scheduler.Run(() => silo.GrainFactory.GetGrain<ICounterGrain>("a").Add(1).AsTask()));

        var second = Start(scheduler, probe);
        second.Services.GetRequiredService<TimeProvider>().GetUtcNow().ShouldBe(crashedAt + TimeSpan.FromMinutes(2));
        scheduler.Run(() => second.GrainFactory.GetGrain<ICounterGrain>("a").Add(1).AsTask()).ShouldBe(1);
        probe.Count("activated a").ShouldBe(2);
    }

    [Fact]
    public void A_silo_can_be_killed_at_every_turn_and_the_same_turn_is_the_same_crash()
    {
        var turns = CrashAt(long.MaxValue).Turns;
        turns.ShouldBeGreaterThan(20);
        var logs = new HashSet<string>();
        for (var turn = 1L; turn <= turns; turn++)
        {
            var crash = CrashAt(turn);
            crash.Turns.ShouldBe(turn);
            CrashAt(turn).ShouldBe(crash);
            logs.Add(crash.Log);
        }

        logs.Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Services_that_hold_files_are_told_of_a_crash()
    {
        var scheduler = new DeterministicScheduler();
        var participant = new Participant();
        var silo = SimulatedSilo.Start(scheduler, services => services.AddSingleton(new Probe()).AddSingleton<ICrashParticipant>(participant), typeof(FaultTests).Assembly);
        silo.Crash();
        silo.Crash();
        participant.Count.ShouldBe(1);
    }

    [Fact]
    public void Stopping_in_order_tells_background_work_and_deactivates()
    {
        var scheduler = new DeterministicScheduler();
        var probe = new Probe();
        var silo = Start(scheduler, probe);
        silo.StartBackground(async token =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, scheduler.TimeProvider, token);
            }
            finally
            {
                probe.Tell("background ended");
            }
        });
        scheduler.Run(async () =>
        {
            await silo.GrainFactory.GetGrain<ICounterGrain>("a").Add(1);
            await silo.StopAsync();
        });
        probe.Log.ShouldBe(["activated a", "background ended", "deactivated a ShuttingDown"]);
        silo.Silo.State.ShouldBe(SiloState.Stopped);
    }

    [Fact]
    public void Hosted_services_run_as_background_work()
    {
        var scheduler = new DeterministicScheduler();
        var probe = new Probe();
        var silo = SimulatedSilo.Start(scheduler, services => services.AddSingleton(probe).AddHostedService<Pinger>(), typeof(FaultTests).Assembly);
        silo.StartHostedServices();
        scheduler.RunFor(TimeSpan.FromSeconds(10.5));
        probe.Count("ping").ShouldBe(10);
        silo.Crash();
        scheduler.RunFor(TimeSpan.FromSeconds(10));
        probe.Count("ping").ShouldBe(10);
    }

    [Fact]
    public void A_simulation_becomes_quiet_when_no_call_is_under_way()
    {
        var scheduler = new DeterministicScheduler(new SimulationOptions { MessageDelayMin = TimeSpan.FromSeconds(1), MessageDelayMax = TimeSpan.FromSeconds(2) });
        var silo = Start(scheduler, new Probe());
        var call = silo.GrainFactory.GetGrain<ICallerGrain>("a").Chain(["b", "c", "d"]);
        scheduler.IsQuiet.ShouldBeFalse();
        scheduler.RunUntilQuiet(TimeSpan.FromSeconds(3)).ShouldBeFalse();
        scheduler.RunUntilQuiet(TimeSpan.FromMinutes(1)).ShouldBeTrue();
        call.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private static (ulong Hash, long Turns, string Log) CrashAt(long turn)
    {
        var scheduler = new DeterministicScheduler(new SimulationOptions { Seed = 4, MessageDelayMax = TimeSpan.FromMilliseconds(3) });
        var probe = new Probe();
        var silo = Start(scheduler, probe);
        silo.CrashAtTurn(turn);
        var done = silo.StartBackground(async _ => await silo.GrainFactory.GetGrain<ICallerGrain>("x").FanOut("fan", 5));
        scheduler.RunUntil(() => !silo.IsAlive || done.IsCompleted, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        return (scheduler.TraceHash, scheduler.TurnCount, string.Join('\n', probe.Log));
    }

    private static int Ticks(Probe probe) => probe.Log.Count(entry => entry.StartsWith("tick", StringComparison.Ordinal));

    private static SimulatedSilo Start(DeterministicScheduler scheduler, Probe probe) =>
        SimulatedSilo.Start(scheduler, services => services.AddSingleton(probe), typeof(FaultTests).Assembly);

    private sealed class Participant : ICrashParticipant
    {
        public int Count { get; private set; }

        public void OnCrash() => Count++;
    }

    private sealed class Pinger(Probe probe, IGrainFactory grains, TimeProvider time) : Microsoft.Extensions.Hosting.BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
                await grains.GetGrain<ICounterGrain>("pinged").Add(1);
                probe.Tell("ping");
            }
        }
    }
}
