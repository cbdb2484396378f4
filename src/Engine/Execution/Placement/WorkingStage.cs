namespace Granary.Engine.Execution.Placement;

/// <summary>Where a working order stands.</summary>
public enum WorkingStage
{
    /// <summary>A limit order rests, or is to.</summary>
    Resting,

    /// <summary>The rest is to take; what rests is cancelled first.</summary>
    Crossing,

    /// <summary>What rests is cancelled, and then it is over.</summary>
    Ending,

    /// <summary>Over.</summary>
    Over,
}
