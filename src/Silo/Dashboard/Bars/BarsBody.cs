namespace Granary.Silo.Dashboard.Bars;

/// <summary>The newest volume bars of a symbol.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Bars">Oldest first.</param>
/// <param name="Running">The bar that is being built; null before its first trade, and where the silo started in its midst.</param>
public sealed record BarsBody(string Symbol, IReadOnlyList<BarBody> Bars, RunningBody? Running);
