namespace Granary.Engine.Supervision;

/// <summary>What follows from a look at a grain.</summary>
public enum GrainAction
{
    /// <summary>It is stuck and is to be begun anew.</summary>
    Restart,

    /// <summary>It is stuck and must, or can, not be begun anew: whoever trades with it is to be halted.</summary>
    Halt,

    /// <summary>It was stuck and answers again.</summary>
    Answers,
}
