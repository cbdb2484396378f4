using Granary.Grains.Interfaces.Symbols;

namespace Granary.Silo.Dashboard.Bars;

/// <summary>The newest volume bars of a symbol.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Bars">Oldest first; those since the silo's start, and the one before it.</param>
/// <param name="Running">The bar that is being built; null before its first trade.</param>
public sealed record BarsBody(string Symbol, IReadOnlyList<BarBody> Bars, RunningBarView? Running)
{
    /// <summary>What the symbol's grain said.</summary>
    public static BarsBody From(string symbol, BarsView view) => new(symbol, [.. view.Bars.Select(BarBody.From)], view.Running);
}
