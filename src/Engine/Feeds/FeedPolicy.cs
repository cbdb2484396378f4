namespace Granary.Engine.Feeds;

/// <summary>What the operator wants when the primary feed is not to be trusted.</summary>
public enum FeedPolicy
{
    /// <summary>Trade on with the primary; the alarm is all.</summary>
    TradeOn,

    /// <summary>Open nothing until the primary agrees again.</summary>
    Pause,

    /// <summary>Guard what is open by a backup's prices too. The engine's bars are the primary's, so that it opens nothing meanwhile.</summary>
    FallBack,
}
