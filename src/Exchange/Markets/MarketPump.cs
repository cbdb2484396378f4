namespace Granary.Exchange.Markets;

/// <summary>
/// Steps a market at a pace. Has no thread of its own: it runs wherever <see cref="RunAsync"/> is awaited and keeps that scheduler.
/// </summary>
/// <param name="driver">The market.</param>
/// <param name="time">The clock that paces it.</param>
/// <param name="speed">Market seconds per second of the clock; 0 is as fast as it goes.</param>
/// <param name="room">Awaited after each step: completes when those who receive the events can take more. Null for always.</param>
public sealed class MarketPump(IMarketDriver driver, TimeProvider time, double speed, Func<CancellationToken, ValueTask>? room = null)
{
    /// <summary>Steps in a row before other work of the scheduler gets its turn.</summary>
    public const int BatchSteps = 64;

    /// <summary>How long the pump waits before it looks again at a market that has not started, milliseconds.</summary>
    public const int IdleMs = 20;

    /// <summary>
    /// A market further behind than this, in milliseconds of the clock (a suspended process, a full receiver), goes on from where it is instead of
    /// racing to catch up.
    /// </summary>
    public const int BehindMsMax = 5000;

    private double _speed = speed;
    private volatile bool _isAnchored;

    /// <summary>Market seconds per second of the clock; 0 is as fast as it goes. May be changed while it runs, from any thread.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within 0 to 1,000,000.</exception>
    public double Speed
    {
        get => Volatile.Read(ref _speed);
        set
        {
            if (!(value >= 0 && value <= 1_000_000)) throw new ArgumentOutOfRangeException(nameof(value), value, "Speed must be within 0 to 1000000");
            Volatile.Write(ref _speed, value);
            // The old anchor belongs to the old speed.
            _isAnchored = false;
        }
    }

    /// <summary>Runs until the market is finished or the token is cancelled (which is no error).</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PumpAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        var anchorMarketMs = 0L;
        var anchorStamp = 0L;
        var steps = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (driver.NextTimeMs() is not { } nextMs)
            {
                if (driver.Progress.Finished) return;
                _isAnchored = false;
                await Task.Delay(TimeSpan.FromMilliseconds(IdleMs), time, cancellationToken);
                continue;
            }
            var speed = Speed;
            if (speed > 0)
            {
                var isAnchored = _isAnchored;
                var elapsedMs = isAnchored ? time.GetElapsedTime(anchorStamp).TotalMilliseconds : 0;
                var waitMs = isAnchored ? ((nextMs - anchorMarketMs) / speed) - elapsedMs : 0;
                if (!isAnchored || waitMs < -BehindMsMax)
                {
                    _isAnchored = true;
                    anchorMarketMs = nextMs;
                    anchorStamp = time.GetTimestamp();
                }
                else if (waitMs >= 1)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(waitMs), 60_000)), time, cancellationToken);
                    continue;
                }
            }
            driver.Step();
            if (room is not null) await room(cancellationToken);
            if (++steps % BatchSteps == 0) await Task.Yield();
        }
    }
}
