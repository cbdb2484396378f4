namespace Granary.Venues.Binance;

/// <summary>
/// The venue's clock as an offset to ours. Measured as Cristian's algorithm does: the server's time is taken to be that of the middle of
/// the round trip, so the error is at most half of it. Of up to three samples the one with the shortest round trip counts.
/// </summary>
internal sealed class ServerClock(TimeProvider time, Func<CancellationToken, ValueTask<long>> askServerTimeMs)
{
    private const int SamplesMax = 3;
    private static readonly TimeSpan _goodRoundTrip = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _ageMax = TimeSpan.FromHours(1);
    private TaskCompletionSource? _running;
    private long _offsetMs;
    private long _roundTripMs;
    private long _syncedTimestamp;
    private volatile bool _isSynced;

    /// <summary>Venue time minus ours, milliseconds.</summary>
    public long OffsetMs => Interlocked.Read(ref _offsetMs);

    /// <summary>Round trip of the measurement, milliseconds; the offset is right to half of it.</summary>
    public long RoundTripMs => Interlocked.Read(ref _roundTripMs);

    /// <summary>Whether a measurement has succeeded.</summary>
    public bool IsSynced => _isSynced;

    /// <summary>Whether the measurement is older than an hour, or missing.</summary>
    public bool IsStale => !_isSynced || time.GetElapsedTime(Interlocked.Read(ref _syncedTimestamp)) > _ageMax;

    /// <summary>The venue's time now, milliseconds since the Unix epoch.</summary>
    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds() + OffsetMs;

    /// <summary>Measures; callers at the same moment share one measurement. Throws what the question throws.</summary>
    public Task SyncAsync()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Interlocked.CompareExchange(ref _running, mine, null);
        if (running is not null) return running.Task;
        _ = RunAsync(mine);
        return mine.Task;
    }

    private async Task RunAsync(TaskCompletionSource mine)
    {
        try
        {
            await MeasureAsync();
            _running = null;
            mine.SetResult();
        }
        catch (Exception e)
        {
            _running = null;
            mine.SetException(e);
        }
    }

    private async Task MeasureAsync()
    {
        var best = TimeSpan.MaxValue;
        long offsetMs = 0;
        for (var sample = 0; sample < SamplesMax && best > _goodRoundTrip; sample++)
        {
            var sentAt = time.GetUtcNow();
            var started = time.GetTimestamp();
            long serverMs;
            try
            {
                serverMs = await askServerTimeMs(CancellationToken.None);
            }
            catch when (sample > 0)
            {
                break;
            }
            var roundTrip = time.GetElapsedTime(started);
            if (roundTrip >= best) continue;
            best = roundTrip;
            offsetMs = serverMs - (sentAt + (roundTrip / 2)).ToUnixTimeMilliseconds();
        }
        Interlocked.Exchange(ref _offsetMs, offsetMs);
        Interlocked.Exchange(ref _roundTripMs, (long)best.TotalMilliseconds);
        Interlocked.Exchange(ref _syncedTimestamp, time.GetTimestamp());
        _isSynced = true;
    }
}
