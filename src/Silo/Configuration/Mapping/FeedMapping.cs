using Granary.Engine.Feeds;
using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Silo.Configuration.Sections;
using Granary.Venues.Feeds;

namespace Granary.Silo.Configuration.Mapping;

/// <summary>Turns the configuration into backup feeds and how they are compared.</summary>
public static class FeedMapping
{
    /// <summary>How the primary is compared.</summary>
    public static FeedSettings ToFeedSettings(this FeedsSection feeds) => new()
    {
        Policy = feeds.Policy,
        Comparison = new FeedComparisonOptions
        {
            Backups = Math.Max(1, feeds.Backups.Count),
            StaleAfterMs = feeds.StaleAfterMs,
            RecoverAfterMs = feeds.RecoverAfterMs,
            SampleMs = feeds.SampleMs,
            WindowSamples = feeds.WindowSamples,
            DivergeBps = feeds.DivergeBps,
            AgreeBps = feeds.AgreeBps,
        },
    };

    /// <summary>The backups with real transports; nothing is sent yet.</summary>
    public static IReadOnlyList<BackupFeed> Connect(this FeedsSection feeds, TimeProvider time, ILogger logger) =>
        [.. feeds.Backups.Select(backup => new BackupFeed(backup.Name, Connect(backup, time, logger)))];

    private static MarketFeed Connect(BackupFeedSection backup, TimeProvider time, ILogger logger)
    {
        var options = backup.Name == BackupFeedSection.Okx ? FeedOptions.Okx() : FeedOptions.Bybit();
        if (backup.RestUrl.Length > 0) options = options with { RestUrl = new Uri(backup.RestUrl) };
        if (backup.StreamUrl.Length > 0) options = options with { StreamUrl = new Uri(backup.StreamUrl) };
        return backup.Name == BackupFeedSection.Okx ? OkxMarketClient.Connect(options, time, logger) : BybitMarketClient.Connect(options, time, logger);
    }
}
