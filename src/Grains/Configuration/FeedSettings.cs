using Granary.Engine.Feeds;

namespace Granary.Grains.Configuration;

/// <summary>How the primary market feed is held against backups; without backups nothing is compared.</summary>
public sealed record FeedSettings
{
    /// <summary>What happens when the primary is not to be trusted; default Pause.</summary>
    public FeedPolicy Policy { get; init; } = FeedPolicy.Pause;

    /// <summary>When that is; the number of backups in it is replaced by the number that there are.</summary>
    public FeedComparisonOptions Comparison { get; init; } = new();
}
