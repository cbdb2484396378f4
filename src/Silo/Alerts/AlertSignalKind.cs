namespace Granary.Silo.Alerts;

/// <summary>What a signal says.</summary>
public enum AlertSignalKind
{
    /// <summary>A condition holds, from now on or still.</summary>
    Raise,

    /// <summary>A condition does not hold.</summary>
    Clear,

    /// <summary>Something happened; it is over when it has not happened again for a while.</summary>
    Event,
}
