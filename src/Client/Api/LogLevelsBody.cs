namespace Granary.Client.Api;

/// <summary>The levels of a silo's log.</summary>
public sealed record LogLevelsBody
{
    /// <summary>Level by source.</summary>
    public IReadOnlyDictionary<string, string> Levels { get; init; } = new Dictionary<string, string>();
}
