namespace Granary.Engine.Supervision;

/// <summary>What may be done about a grain that is stuck.</summary>
public enum GrainRemedy
{
    /// <summary>It may be begun anew: its state is in the journal, and what wakes up late can write and send nothing.</summary>
    Restart = 0,

    /// <summary>It must be left alone: something that it has on its way would leave late. Whoever trades with it is halted.</summary>
    Halt = 1,
}
