using Granary.Engine.Feeds;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>
/// Backup venues that the primary market feed is compared with, by best prices. With FallBack, open positions are guarded by the backup's prices as well;
/// nothing is opened then, because bars and signals are the primary's.
/// </summary>
public sealed record FeedsSection
{
    /// <summary>The backups, the preferred one first; 0 to 2 entries, default none.</summary>
    [Entries(0, 2)]
    public IReadOnlyList<BackupFeedSection> Backups { get; init; } = [];

    /// <summary>
    /// What happens while the primary is stale or diverging: TradeOn nothing, Pause no entries, FallBack no entries, and open positions are guarded by the
    /// backup's prices as well; TradeOn, Pause, FallBack, default Pause.
    /// </summary>
    public FeedPolicy Policy { get; init; } = FeedPolicy.Pause;

    /// <summary>A feed without a price for longer is stale, milliseconds; 100 to 600,000, default 3,000.</summary>
    [Within(100, 600_000)]
    public int StaleAfterMs { get; init; } = 3_000;

    /// <summary>How long a primary that was stale must have spoken to be trusted again, milliseconds; 0 to 600,000, default 5,000.</summary>
    [Within(0, 600_000)]
    public int RecoverAfterMs { get; init; } = 5_000;

    /// <summary>Distance between two comparisons, milliseconds; 50 to 60,000, default 250.</summary>
    [Within(50, 60_000)]
    public int SampleMs { get; init; } = 250;

    /// <summary>Comparisons that a judgement about prices rests on; 1 to 10,000, default 40.</summary>
    [Within(1, 10_000)]
    public int WindowSamples { get; init; } = 40;

    /// <summary>The primary diverges at this mean deviation, basis points; 0.01 to 10,000, default 30.</summary>
    [Within(0.01, 10_000)]
    public double DivergeBps { get; init; } = 30;

    /// <summary>It agrees again at this mean deviation, basis points, at most DivergeBps; 0 to 10,000, default 15.</summary>
    [Within(0, 10_000)]
    public double AgreeBps { get; init; } = 15;
}
