using Granary.Silo.Alerts;
using Granary.Silo.Alerts.Channels;
using Granary.Silo.Tests.Dashboard.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Silo.Tests.Alerts;

public sealed class AlertLaneTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly ScriptedChannel _channel = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly AlertLane _lane;
    private readonly Task _running;

    public AlertLaneTests()
    {
        _lane = new AlertLane(_channel, AlertSeverity.Warning, _time, NullLogger.Instance);
        _running = _lane.RunAsync(_stop.Token);
    }

    [Fact]
    public async Task A_failing_channel_is_tried_four_times_with_growing_pauses_then_the_notice_is_counted_as_lost()
    {
        _channel.OnSend = _ => throw new AlertChannelException("it answered 500");
        _lane.Post(Notice());
        foreach (var seconds in new[] { 1, 4, 16 })
        {
            await _time.WaitForTimerAsync(TimeSpan.FromSeconds(seconds));
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        await UntilAsync(() => _lane.Lost == 1);
        (_lane.Failures, _lane.Sent).ShouldBe((4, 0));

        // And the channel goes on.
        _channel.OnSend = static _ => Task.CompletedTask;
        _lane.Post(Notice());
        await UntilAsync(() => _lane.Sent == 1);
    }

    [Fact]
    public async Task A_final_refusal_is_not_repeated_and_a_wish_to_wait_is_heard()
    {
        _channel.OnSend = _ => throw new AlertChannelException("it answered 404", isFinal: true);
        _lane.Post(Notice());
        await UntilAsync(() => _lane.Lost == 1);
        _lane.Failures.ShouldBe(1);

        _channel.OnSend = _ => throw new AlertChannelException("it answered 429", retryAfter: TimeSpan.FromSeconds(30));
        _lane.Post(Notice());
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_channel_that_never_answers_is_given_up_by_the_clock_and_posting_never_waits()
    {
        _channel.OnSend = cancel => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        for (var i = 0; i < AlertLane.QueueMax + 51; i++) _lane.Post(Notice());

        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(10));
        _lane.Waiting.ShouldBeLessThanOrEqualTo(AlertLane.QueueMax);
        _lane.Lost.ShouldBeGreaterThanOrEqualTo(50);
        _time.Advance(TimeSpan.FromSeconds(10));
        await UntilAsync(() => _lane.Failures == 1);
    }

    [Fact]
    public async Task What_matters_less_is_not_sent()
    {
        _lane.Post(Notice() with { Severity = AlertSeverity.Info });
        _lane.Post(Notice());

        await UntilAsync(() => _lane.Sent == 1);
        _channel.Sent.ShouldHaveSingleItem().Severity.ShouldBe(AlertSeverity.Warning);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(_running);
        _stop.Dispose();
    }

    private static AlertNotice Notice() => new(AlertState.Firing, "r", "s", AlertSeverity.Warning, "seen", 1, 0, 0);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, timeout.Token);
    }

    private sealed class ScriptedChannel : IAlertChannel
    {
        public string Name => "scripted";

        public List<AlertNotice> Sent { get; } = [];

        public Func<CancellationToken, Task> OnSend { get; set; } = static _ => Task.CompletedTask;

        public async Task SendAsync(AlertNotice notice, CancellationToken cancellationToken)
        {
            await OnSend(cancellationToken);
            Sent.Add(notice);
        }
    }
}
