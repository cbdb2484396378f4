using Granary.Tape;

namespace Granary.Client.Data;

/// <summary>What was found in one file.</summary>
/// <param name="Part">The file.</param>
public sealed record PartReport(TapePart Part)
{
    /// <summary>Its layout, or "Capture"; empty when it cannot be read.</summary>
    public string Layout { get; init; } = "";

    /// <summary>Its figures.</summary>
    public PartSummary Summary { get; init; } = new();

    /// <summary>The step between its first rows, milliseconds.</summary>
    public long StepMs { get; init; }

    /// <summary>What was found; faults first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Why it cannot be read, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Whether nothing but notes was found.</summary>
    public bool IsClean => Error is null && Findings.All(f => f.Kind.IsNote());
}
