namespace Granary.Engine.Feeds;

/// <summary>What is to be done about a verdict.</summary>
/// <param name="Feed">The feed whose prices count: 0 for the primary, else the number of a backup.</param>
/// <param name="MayOpen">Whether positions may be opened or increased. Closing is never stopped.</param>
public readonly record struct FeedDecision(int Feed, bool MayOpen)
{
    /// <summary>Applies the operator's choice.</summary>
    public static FeedDecision Of(in FeedVerdict verdict, FeedPolicy policy)
    {
        var isTrusted = verdict.Health is FeedHealth.Agreeing or FeedHealth.Unverified;
        if (isTrusted || policy == FeedPolicy.TradeOn) return new FeedDecision(0, true);
        return policy == FeedPolicy.FallBack && verdict.BestBackup is { } backup ? new FeedDecision(backup, true) : new FeedDecision(0, false);
    }
}
