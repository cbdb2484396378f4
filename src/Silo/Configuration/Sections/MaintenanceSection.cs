using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>A time in which the venue is in maintenance: nothing is opened, exits pass.</summary>
public sealed record MaintenanceSection
{
    internal const string TimePattern = @"|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z";
    internal const string TimeWords = "UTC time such as 2026-11-24T06:00Z";

    /// <summary>Name in messages; 1 to 40 printable characters, required.</summary>
    [EntryKey, Matches("[^\\p{C}]{1,40}", "1 to 40 printable characters")]
    public string Name { get; init; } = "";

    /// <summary>Begin; UTC time such as 2026-11-24T06:00Z, required.</summary>
    [Matches(TimePattern, TimeWords)]
    public string Start { get; init; } = "";

    /// <summary>End, after the begin; UTC time such as 2026-11-24T06:00Z, required.</summary>
    [Matches(TimePattern, TimeWords)]
    public string End { get; init; } = "";
}
