namespace Granary.Client.Api;

/// <summary>Why the silo refused (RFC 9457).</summary>
public sealed record ProblemBody
{
    /// <summary>In a few words.</summary>
    public string Title { get; init; } = "";

    /// <summary>In a sentence.</summary>
    public string Detail { get; init; } = "";
}
