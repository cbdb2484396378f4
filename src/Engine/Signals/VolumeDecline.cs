namespace Granary.Engine.Signals;

/// <summary>When the volume of the fading side counts as falling (formulas §3.2 and §12, row 5).</summary>
public enum VolumeDecline
{
    /// <summary>Every bar of the window has less than the one before.</summary>
    Strict,

    /// <summary>The least-squares slope over the window is negative.</summary>
    Slope,
}
