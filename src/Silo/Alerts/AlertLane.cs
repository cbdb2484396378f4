using System.Threading.Channels;
using Granary.Silo.Alerts.Channels;

namespace Granary.Silo.Alerts;

/// <summary>
/// The way to one channel: a bounded queue and one sender. A channel that is slow or dead holds up nothing but its own notices; each is tried
/// <see cref="AttemptsMax"/> times with growing pauses, and when the queue is full the oldest gives way. What was lost is counted.
/// </summary>
public sealed partial class AlertLane
{
    /// <summary>Notices that can wait: 100.</summary>
    public const int QueueMax = 100;

    /// <summary>Attempts for one notice: 4.</summary>
    public const int AttemptsMax = 4;

    private static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(1);

    private readonly IAlertChannel _channel;
    private readonly AlertSeverity _severityMin;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<AlertNotice> _queue;
    private long _sent;
    private long _lost;
    private long _failures;

    /// <summary>Creates a lane; <see cref="RunAsync"/> sends.</summary>
    /// <param name="channel">Where it leads.</param>
    /// <param name="severityMin">What matters less is not sent.</param>
    /// <param name="time">Clock of pauses and timeouts.</param>
    /// <param name="logger">Hears of failures, by the channel's name alone.</param>
    public AlertLane(IAlertChannel channel, AlertSeverity severityMin, TimeProvider time, ILogger logger)
    {
        _channel = channel;
        _severityMin = severityMin;
        _time = time;
        _logger = logger;
        _queue = Channel.CreateBounded<AlertNotice>(
            new BoundedChannelOptions(QueueMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _lost));
    }

    /// <summary>The channel's name.</summary>
    public string Name => _channel.Name;

    /// <summary>Notices that arrived.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Notices that were given up, or gave way to newer ones.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Attempts that failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Notices that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Takes a notice; never waits.</summary>
    public void Post(AlertNotice notice)
    {
        if (notice.Severity >= _severityMin) _queue.Writer.TryWrite(notice);
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var notice in _queue.Reader.ReadAllAsync(cancellationToken)) await SendAsync(notice, cancellationToken);
    }

    private async Task SendAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var timeout = new CancellationTokenSource(AttemptTime, _time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
                await _channel.SendAsync(notice, either.Token);
                Interlocked.Increment(ref _sent);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Interlocked.Increment(ref _failures);
                var failure = e as AlertChannelException;
                var why = failure?.Message ?? (e is OperationCanceledException ? $"no answer within {AttemptTime.TotalSeconds:0} s" : e.GetType().Name);
                if (attempt == AttemptsMax || failure is { IsFinal: true })
                {
                    Interlocked.Increment(ref _lost);
                    LogLost(Name, notice.Rule, notice.Scope, attempt, why);
                    return;
                }

                LogFailed(Name, attempt, why);
                var wait = failure?.RetryAfter is { } asked && asked > pause ? asked : pause;
                await Task.Delay(wait < PauseMax ? wait : PauseMax, _time, cancellationToken);
                pause *= 4;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "alert channel {Channel}: attempt {Attempt} failed: {Why}")]
    private partial void LogFailed(string channel, int attempt, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "alert channel {Channel}: the notice of {Rule}, {Scope}, was given up after {Attempts} attempts: {Why}")]
    private partial void LogLost(string channel, string rule, string scope, int attempts, string why);
}
