using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Gateway;

/// <summary>
/// The venue's clock against this machine's, measured every half minute. The venue's time is taken to be that of the middle of the round trip, so the offset is
/// right to half of it. One per silo.
/// </summary>
public sealed partial class VenueClock(IMarketDataPort market, TimeProvider time, ILogger<VenueClock> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>A measurement older than this says nothing any more: clocks drift, and machines sleep.</summary>
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(5);

    private Measurement? _latest;

    /// <summary>The venue's time less ours, milliseconds; null when there is no measurement of the last five minutes.</summary>
    public long? SkewMs => Volatile.Read(ref _latest) is { } latest && time.GetElapsedTime(latest.Timestamp) <= AgeMax ? latest.SkewMs : null;

    /// <summary>Measures until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await MeasureAsync(cancellationToken);
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    /// <summary>Measures once; a venue that does not answer leaves the measurement before in force.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (sentAt, started) = (time.GetUtcNow(), time.GetTimestamp());
            var venueMs = await market.GetServerTimeMsAsync(cancellationToken);
            var roundTrip = time.GetElapsedTime(started);
            var skewMs = venueMs - (sentAt + (roundTrip / 2)).ToUnixTimeMilliseconds();
            Volatile.Write(ref _latest, new Measurement(skewMs, time.GetTimestamp()));
        }
        catch (VenueException e)
        {
            LogFailed(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "the venue's clock could not be read: {Error}")]
    private partial void LogFailed(string error);

    private sealed record Measurement(long SkewMs, long Timestamp);
}
