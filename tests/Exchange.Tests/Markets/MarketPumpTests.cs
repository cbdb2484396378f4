using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Markets;

public sealed class MarketPumpTests
{
    private readonly ManualTime _time = new(5000);
    private readonly TurnContext _context = new();

    [Fact]
    public void Steps_come_at_market_pace_times_speed()
    {
        var driver = new ScriptedDriver(_time, [100, 200, 350, 1100]);
        var run = _context.Start(() => new MarketPump(driver, _time, 2).RunAsync(default));
        AdvanceTo(7000);
        driver.SteppedAt.ShouldBe([5000L, 5050L, 5125L, 5500L]);
        run.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void At_full_speed_nothing_waits_and_receivers_are_asked_after_each_step()
    {
        var driver = new ScriptedDriver(_time, [.. Enumerable.Range(0, 300).Select(i => i * 60_000L)]);
        var asked = 0;
        var room = new TaskCompletionSource();
        var run = _context.Start(() => new MarketPump(driver, _time, 0, _ => ++asked == 100 ? new ValueTask(room.Task) : default).RunAsync(default));
        driver.SteppedAt.Count.ShouldBe(100);
        run.IsCompleted.ShouldBeFalse();
        room.SetResult();
        _context.Drain();
        driver.SteppedAt.Count.ShouldBe(300);
        asked.ShouldBe(300);
        run.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void It_waits_for_the_start_and_stops_quietly_when_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var driver = new ScriptedDriver(_time, [0, 1_000_000]) { IsStarted = false };
        var run = _context.Start(() => new MarketPump(driver, _time, 1).RunAsync(stop.Token));
        AdvanceTo(6000);
        driver.SteppedAt.ShouldBeEmpty();
        driver.Start();
        AdvanceTo(6100);
        driver.SteppedAt.Count.ShouldBe(1);
        stop.Cancel();
        _context.Drain();
        run.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void A_market_far_behind_goes_on_from_where_it_is()
    {
        var driver = new ScriptedDriver(_time, [0, 1000, 2000, 3000]);
        var room = new TaskCompletionSource();
        var asked = 0;
        _context.Start(() => new MarketPump(driver, _time, 1, _ => ++asked == 1 ? new ValueTask(room.Task) : default).RunAsync(default));
        AdvanceTo(60_000);
        driver.SteppedAt.ShouldBe([5000L]);
        room.SetResult();
        _context.Drain();
        AdvanceTo(70_000);
        driver.SteppedAt.ShouldBe([5000L, 60_000L, 61_000L, 62_000L]);
    }

    private void AdvanceTo(long nowMs)
    {
        _context.Drain();
        while (_time.NextTimerMs is { } next && next <= nowMs)
        {
            _time.AdvanceTo(next);
            _context.Drain();
        }
        _time.AdvanceTo(nowMs);
        _context.Drain();
    }

    private sealed class ScriptedDriver(ManualTime time, long[] times) : IMarketDriver
    {
        private int _next;

        public bool IsStarted { get; set; } = true;

        public List<long> SteppedAt { get; } = [];

        public string Kind => "scripted";

        public MarketProgress Progress => new(Kind, _next, _next == times.Length, null);

        public void Start() => IsStarted = true;

        public long? NextTimeMs() => IsStarted && _next < times.Length ? times[_next] : null;

        public void Step()
        {
            _next++;
            SteppedAt.Add(time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }
}
