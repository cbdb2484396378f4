using Granary.Engine.Features;

namespace Granary.Grains.Interfaces.Symbols;

/// <summary>A symbol's newest volume bars.</summary>
/// <param name="Bars">Closed bars with their features, oldest first.</param>
/// <param name="Running">The bar that is being built; null before its first trade.</param>
[GenerateSerializer, Immutable, Alias("granary.BarsView")]
public sealed record BarsView([property: Id(0)] FeatureBar[] Bars, [property: Id(1)] RunningBarView? Running);
