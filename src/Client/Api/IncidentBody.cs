namespace Granary.Client.Api;

/// <summary>An anomaly, or an operator's command.</summary>
public sealed record IncidentBody
{
    /// <summary>What it concerns.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Short stable name.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What was seen.</summary>
    public string Seen { get; init; } = "";

    /// <summary>What was done.</summary>
    public string Done { get; init; } = "";

    /// <summary>What state resulted.</summary>
    public string Result { get; init; } = "";

    /// <summary>Engine time, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; init; }
}
