namespace Granary.Engine.Protection;

/// <summary>What the venue's refusal of a stop means for the position.</summary>
public enum StopRefusal
{
    /// <summary>The price is there already (-2021): the position is to be left now.</summary>
    WouldTrigger,

    /// <summary>No more trigger orders fit (-4045): the venue will not protect this position.</summary>
    LimitReached,

    /// <summary>One for the whole position stands already on this side (-4130), a foreign one: ours has to name its quantity.</summary>
    CloseTaken,

    /// <summary>The position is gone already (-2022 and the like): its fill is on the way.</summary>
    NothingToReduce,

    /// <summary>Anything else, for example an endpoint that moved (-4120): the engine's own stop stands alone until a later attempt succeeds.</summary>
    Unsupported,
}
