using System.Diagnostics.Metrics;
using Granary.Grains.Gateway;
using Granary.Venues.Feeds;

namespace Granary.Silo.Metrics;

/// <summary>
/// What the backup feeds count, as granary_feed_*, on the meter "Granary", with the feed's name as label. Counters count since the feed was made.
/// </summary>
public sealed class FeedMetrics
{
    private readonly Meter _meter;
    private readonly IReadOnlyList<(FeedCounters Counters, KeyValuePair<string, object?> Label)> _feeds;

    /// <summary>Creates the instruments; they are read when somebody looks.</summary>
    /// <param name="meters">The host's factory; the meter ends with it.</param>
    /// <param name="backups">The feeds, by unique name; those that count nothing are left out.</param>
    public FeedMetrics(IMeterFactory meters, IReadOnlyList<BackupFeed> backups)
    {
        _meter = meters.Create(new MeterOptions("Granary"));
        _feeds = [.. backups.Where(static backup => backup.Market is MarketFeed)
            .Select(static backup => (((MarketFeed)backup.Market).Counters, KeyValuePair.Create("feed", (object?)backup.Name)))];
        Counter("granary_feed_reconnects_total", "connections", "Connections of backup feeds given up or lost.", static counters => counters.Reconnects);
        Counter("granary_feed_book_gaps_total", "gaps", "Gaps in the books of backup feeds, each subscribed anew.", static counters => counters.BookGaps);
        Counter("granary_feed_rejects_total", "frames", "Frames of backup feeds that could not be understood.", static counters => counters.Rejects);
        Counter(
            "granary_feed_handler_faults_total", "faults", "Exceptions that a handler threw into a backup feed's read loop.",
            static counters => counters.HandlerFaults);
    }

    private void Counter(string name, string unit, string help, Func<FeedCounters, long> read) => _meter.CreateObservableCounter(
        name, () => _feeds.Select(feed => new Measurement<long>(read(feed.Counters), feed.Label)), unit, help);
}
