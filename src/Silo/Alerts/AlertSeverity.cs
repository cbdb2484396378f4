namespace Granary.Silo.Alerts;

/// <summary>How much an alert matters, the least first.</summary>
public enum AlertSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>To be looked at today; a condition that lasts becomes critical.</summary>
    Warning,

    /// <summary>To be looked at now.</summary>
    Critical,
}
