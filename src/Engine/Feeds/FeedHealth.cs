namespace Granary.Engine.Feeds;

/// <summary>How the primary market feed stands beside its backups.</summary>
public enum FeedHealth
{
    /// <summary>The primary lives, and no backup does, or too few samples were taken since: nothing can be said about its prices.</summary>
    Unverified,

    /// <summary>The primary lives and agrees with its backups.</summary>
    Agreeing,

    /// <summary>The primary is silent or has not been back for long enough, while a backup lives.</summary>
    Stale,

    /// <summary>The primary lives, and its prices are away from those of its backups.</summary>
    Diverging,

    /// <summary>All feeds are silent: it is more likely our network than the venues.</summary>
    AllStale,
}
