namespace Granary.Engine.Sizing;

/// <summary>The share of one symbol under risk parity.</summary>
/// <param name="Weight">0 to 1; 0 when excluded.</param>
/// <param name="Exclusion">Why it has no share, or None.</param>
public readonly record struct ParityWeight(double Weight, ParityExclusion Exclusion);
