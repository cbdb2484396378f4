namespace Granary.Engine.Signals;

/// <summary>What the signals together ask for (formulas §3.4).</summary>
public enum SignalAction
{
    /// <summary>Nothing; what is held is kept.</summary>
    None,

    /// <summary>Open or add to a long position.</summary>
    Long,

    /// <summary>Open or add to a short position.</summary>
    Short,

    /// <summary>The signals contradict each other: nothing new, what is held is kept.</summary>
    Conflict,

    /// <summary>Close everything and open nothing.</summary>
    ForceFlat,
}
