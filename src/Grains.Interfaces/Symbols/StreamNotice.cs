namespace Granary.Grains.Interfaces.Symbols;

/// <summary>Which of the symbol's streams are silent; told at every change, and every second while one is.</summary>
/// <param name="Doubt">Why nothing is opened, as a refusal tells it; empty where every stream speaks.</param>
[GenerateSerializer, Immutable, Alias("granary.StreamNotice")]
public sealed record StreamNotice([property: Id(0)] string Doubt);
