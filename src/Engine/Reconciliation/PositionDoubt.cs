namespace Granary.Engine.Reconciliation;

/// <summary>A difference of positions that no fill explains, and how often it was seen without anything having happened in between.</summary>
/// <param name="Difference">The venue's position less the engine's, signed base units.</param>
/// <param name="FillCount">Fills in the books while it was seen.</param>
/// <param name="Looks">How often in a row.</param>
public sealed record PositionDoubt(decimal Difference, long FillCount, int Looks);
