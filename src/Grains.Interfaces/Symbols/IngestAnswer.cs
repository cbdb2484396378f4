namespace Granary.Grains.Interfaces.Symbols;

/// <summary>What became of a batch.</summary>
/// <param name="NextId">The id needed next.</param>
/// <param name="Accepted">False when the batch began beyond <paramref name="NextId"/> and nothing of it was taken: fill the hole first.</param>
[GenerateSerializer, Immutable, Alias("granary.IngestAnswer")]
public readonly record struct IngestAnswer([property: Id(0)] long NextId, [property: Id(1)] bool Accepted);
