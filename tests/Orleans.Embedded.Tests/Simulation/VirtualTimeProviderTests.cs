using Orleans.Embedded.Simulation;

namespace Granary.Orleans.Embedded.Tests.Simulation;

/// <summary>The clock on its own.</summary>
public sealed class VirtualTimeProviderTests
{
    private readonly VirtualTimeProvider _clock = new(new DateTimeOffset(2020, 5, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Time_moves_only_when_told()
    {
        var start = _clock.GetUtcNow();
        var stamp = _clock.GetTimestamp();
        _clock.GetUtcNow().ShouldBe(start);
        _clock.Advance(TimeSpan.FromSeconds(2.5));
        _clock.GetUtcNow().ShouldBe(start + TimeSpan.FromSeconds(2.5));
        _clock.GetElapsedTime(stamp).ShouldBe(TimeSpan.FromSeconds(2.5));
        Should.Throw<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_and_see_them()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        void Note(object? name) => fired.Add(((string)name!, _clock.GetUtcNow() - start));
        using var late = _clock.CreateTimer(Note, "late", TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var periodic = _clock.CreateTimer(Note, "periodic", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        using var never = _clock.CreateTimer(Note, "never", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(5));
        fired.ShouldBe([("periodic", TimeSpan.FromSeconds(1)), ("late", TimeSpan.FromSeconds(3)), ("periodic", TimeSpan.FromSeconds(3)), ("periodic", TimeSpan.FromSeconds(5))]);
    }

    [Fact]
    public void A_timer_can_be_changed_and_disposed()
    {
        var count = 0;
        var timer = _clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        count.ShouldBe(2);
        timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(9));
        count.ShouldBe(2);
        _clock.Advance(TimeSpan.FromSeconds(20));
        count.ShouldBe(3);
        timer.Dispose();
        timer.Change(TimeSpan.Zero, TimeSpan.Zero).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(20));
        count.ShouldBe(3);
        Should.Throw<ArgumentOutOfRangeException>(() => _clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(-5), TimeSpan.Zero));
    }

    [Fact]
    public void A_schedulers_clock_is_moved_by_the_scheduler() =>
        Should.Throw<InvalidOperationException>(() => new DeterministicScheduler().TimeProvider.Advance(TimeSpan.FromSeconds(1)));
}
