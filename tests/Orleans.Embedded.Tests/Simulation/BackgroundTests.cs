using System.Threading.Channels;
using Orleans.Embedded.Simulation;

namespace Granary.Orleans.Embedded.Tests.Simulation;

/// <summary>Plain asynchronous code on the deterministic scheduler.</summary>
public sealed class BackgroundTests
{
    private readonly DeterministicScheduler _scheduler = new(new SimulationOptions { Seed = 3 });

    [Fact]
    public void Delays_take_virtual_time_and_come_back_to_the_scheduler()
    {
        var start = _scheduler.Now;
        var onScheduler = _scheduler.Run(async () =>
        {
            var before = TaskScheduler.Current;
            await Task.Delay(TimeSpan.FromMinutes(10), _scheduler.TimeProvider);
            return TaskScheduler.Current == before && before == _scheduler.TaskScheduler;
        });
        onScheduler.ShouldBeTrue();
        _scheduler.Now.ShouldBe(start + TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Channels_and_completion_sources_work()
    {
        var channel = Channel.CreateBounded<int>(4);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var received = new List<int>();
        _scheduler.StartBackground(async _ =>
        {
            while (await channel.Reader.WaitToReadAsync())
            {
                while (channel.Reader.TryRead(out var item)) received.Add(item);
            }

            done.SetResult();
        });
        _scheduler.StartBackground(async _ =>
        {
            for (var index = 0; index < 100; index++) await channel.Writer.WriteAsync(index);
            channel.Writer.Complete();
        });
        _scheduler.Run(async () => await done.Task);
        received.ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public void Periodic_timers_and_timeouts_run_on_virtual_time()
    {
        var ticks = new List<DateTimeOffset>();
        var start = _scheduler.Now;
        _scheduler.StartBackground(async _ =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), _scheduler.TimeProvider);
            while (ticks.Count < 3 && await timer.WaitForNextTickAsync()) ticks.Add(_scheduler.Now);
        });
        _scheduler.RunFor(TimeSpan.FromMinutes(1));
        ticks.ShouldBe([start + TimeSpan.FromSeconds(10), start + TimeSpan.FromSeconds(20), start + TimeSpan.FromSeconds(30)]);
        Should.Throw<TimeoutException>(() => _scheduler.Run(async () => await new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(5), _scheduler.TimeProvider)));
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(5), _scheduler.TimeProvider);
        _scheduler.RunFor(TimeSpan.FromSeconds(4));
        cancellation.IsCancellationRequested.ShouldBeFalse();
        _scheduler.RunFor(TimeSpan.FromSeconds(1));
        cancellation.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void An_exception_in_background_work_ends_the_run()
    {
        var task = _scheduler.StartBackground(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _scheduler.TimeProvider);
            throw new InvalidOperationException("Lost?");
        });
        _scheduler.RunFor(TimeSpan.FromMilliseconds(900));
        var exception = Should.Throw<SimulationException>(() => _scheduler.RunFor(TimeSpan.FromSeconds(1)));
        exception.Message.ShouldContain("Lost?");
        exception.Message.ShouldContain("seed 3");
        exception.InnerException.ShouldBeOfType<InvalidOperationException>();
        task.IsFaulted.ShouldBeTrue();
    }

    [Fact]
    public void An_exception_in_a_timer_callback_ends_the_run()
    {
        using var timer = _scheduler.TimeProvider.CreateTimer(static _ => throw new InvalidOperationException("Tick."), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        Should.Throw<SimulationException>(() => _scheduler.RunFor(TimeSpan.FromSeconds(2))).Message.ShouldContain("Tick.");
    }

    [Fact]
    public void A_foreign_thread_ends_the_run()
    {
        var isOver = false;
        var gate = new TaskCompletionSource();
        _scheduler.StartBackground(async _ => await gate.Task);
        _scheduler.StartBackground(async _ =>
        {
            new Thread(() => { gate.SetResult(); Volatile.Write(ref isOver, true); }).Start();
            while (!Volatile.Read(ref isOver)) await Task.Yield();
        });
        Should.Throw<SimulationException>(() => _scheduler.RunFor(TimeSpan.FromSeconds(1))).Message.ShouldContain("outside of the simulation");
    }

    /// <summary>The framework's own code does not come back to the scheduler where it awaits with ConfigureAwait(false), for example in ReadAllAsync.</summary>
    [Fact]
    public void Work_that_slips_away_to_the_thread_pool_ends_the_run()
    {
        var channel = Channel.CreateUnbounded<int>();
        _scheduler.StartBackground(async _ =>
        {
            await foreach (var item in channel.Reader.ReadAllAsync()) item.ShouldBe(1);
        });
        _scheduler.StartBackground(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _scheduler.TimeProvider);
            await channel.Writer.WriteAsync(1);
            channel.Writer.Complete();
            await Task.Delay(TimeSpan.FromSeconds(1), _scheduler.TimeProvider);
        });
        Should.Throw<SimulationException>(() =>
        {
            // The pool takes its own time.
            SpinWait.SpinUntil(
                () =>
                {
                    _scheduler.RunFor(TimeSpan.FromSeconds(1));
                    return false;
                },
                TimeSpan.FromSeconds(30));
        }).Message.ShouldContain("outside of the simulation");
    }

    [Fact]
    public void Time_that_stands_still_is_an_error()
    {
        var scheduler = new DeterministicScheduler(new SimulationOptions { TurnsPerInstantMax = 1000 });
        scheduler.StartBackground(static async _ =>
        {
            while (true) await Task.Yield();
        });
        Should.Throw<SimulationException>(() => scheduler.RunFor(TimeSpan.FromSeconds(1))).Message.ShouldContain("1000 turns");
    }

    [Fact]
    public void Work_that_does_not_end_is_an_error() =>
        Should.Throw<TimeoutException>(() => _scheduler.Run(static () => new TaskCompletionSource().Task, TimeSpan.FromMinutes(1))).Message.ShouldContain("seed 3");

    [Fact]
    public void Running_until_an_instant_moves_time_there_and_conditions_stop_early()
    {
        var start = _scheduler.Now;
        _scheduler.RunUntil(start + TimeSpan.FromDays(1));
        _scheduler.Now.ShouldBe(start + TimeSpan.FromDays(1));
        Should.Throw<ArgumentOutOfRangeException>(() => _scheduler.RunUntil(start));
        var isDone = false;
        _scheduler.StartBackground(async _ =>
        {
            await Task.Delay(TimeSpan.FromMinutes(3), _scheduler.TimeProvider);
            isDone = true;
        });
        _scheduler.RunUntil(() => isDone, TimeSpan.FromHours(1)).ShouldBeTrue();
        _scheduler.Now.ShouldBe(start + TimeSpan.FromDays(1) + TimeSpan.FromMinutes(3));
        _scheduler.RunUntil(static () => false, TimeSpan.FromHours(1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1, 0, 0.0)]
    [InlineData(5, 4, 0.0)]
    [InlineData(0, 0, 1.5)]
    [InlineData(0, 0, double.NaN)]
    public void Options_out_of_range_are_refused(int delayMinMs, int delayMaxMs, double drop) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DeterministicScheduler(new SimulationOptions
        {
            MessageDelayMin = TimeSpan.FromMilliseconds(delayMinMs),
            MessageDelayMax = TimeSpan.FromMilliseconds(delayMaxMs),
            OneWayDropProbability = drop
        }));
}
