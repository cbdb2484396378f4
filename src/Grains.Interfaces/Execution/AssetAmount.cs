namespace Granary.Grains.Interfaces.Execution;

/// <summary>So much of an asset.</summary>
/// <param name="Asset">Upper-case name, for example BNB.</param>
/// <param name="Amount">Units of the asset.</param>
[GenerateSerializer, Immutable, Alias("granary.AssetAmount")]
public sealed record AssetAmount([property: Id(0)] string Asset, [property: Id(1)] decimal Amount);
