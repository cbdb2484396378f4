namespace Granary.Client.Api;

/// <summary>One message about an alert.</summary>
public sealed record AlertBody
{
    /// <summary>Firing, Escalated, Reminder or Resolved.</summary>
    public string State { get; init; } = "";

    /// <summary>The rule that raised it.</summary>
    public string Rule { get; init; } = "";

    /// <summary>What it concerns.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Info, Warning or Critical.</summary>
    public string Severity { get; init; } = "";

    /// <summary>What was seen.</summary>
    public string Text { get; init; } = "";

    /// <summary>How often.</summary>
    public long Count { get; init; }

    /// <summary>When it began, milliseconds since the Unix epoch, UTC.</summary>
    public long SinceMs { get; init; }

    /// <summary>When this was told, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; init; }
}
