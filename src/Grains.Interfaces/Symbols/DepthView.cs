namespace Granary.Grains.Interfaces.Symbols;

/// <summary>The best levels of both sides together (formulas §8.3).</summary>
/// <param name="Levels">Levels of each side.</param>
/// <param name="BidVolume">Base units.</param>
/// <param name="AskVolume">Base units.</param>
/// <param name="Imbalance">(bids - asks) / sum, -1 to 1.</param>
/// <param name="BidSlope">Base units per quote unit away from the mid, or null.</param>
/// <param name="AskSlope">The same of the asks.</param>
[GenerateSerializer, Immutable, Alias("granary.DepthView")]
public sealed record DepthView(
    [property: Id(0)] int Levels,
    [property: Id(1)] decimal BidVolume,
    [property: Id(2)] decimal AskVolume,
    [property: Id(3)] double Imbalance,
    [property: Id(4)] double? BidSlope,
    [property: Id(5)] double? AskSlope);
