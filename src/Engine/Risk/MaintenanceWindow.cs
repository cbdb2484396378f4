namespace Granary.Engine.Risk;

/// <summary>A time in which nothing is opened: [start, end).</summary>
public sealed record MaintenanceWindow
{
    /// <summary>Name in messages; not empty, required.</summary>
    public string Name { get; init; } = "";

    /// <summary>Begin, milliseconds since the Unix epoch, UTC; required.</summary>
    public long StartMs { get; init; }

    /// <summary>End, milliseconds since the Unix epoch, UTC; after the begin, required.</summary>
    public long EndMs { get; init; }
}
