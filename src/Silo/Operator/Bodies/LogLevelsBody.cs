namespace Granary.Silo.Operator.Bodies;

/// <summary>The levels of the log.</summary>
/// <param name="Levels">Level by source.</param>
public sealed record LogLevelsBody(IReadOnlyDictionary<string, string> Levels);
