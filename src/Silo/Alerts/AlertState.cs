namespace Granary.Silo.Alerts;

/// <summary>What a notice tells of its alert.</summary>
public enum AlertState
{
    /// <summary>It began.</summary>
    Firing,

    /// <summary>It matters more than it did.</summary>
    Escalated,

    /// <summary>It is still there.</summary>
    Reminder,

    /// <summary>It is over.</summary>
    Resolved,
}
