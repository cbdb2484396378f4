namespace Granary.Grains.Interfaces.Risk;

/// <summary>Fees paid in another asset than the margin's. They move neither wallet nor PnL.</summary>
/// <param name="Asset">Upper-case name, for example BNB.</param>
/// <param name="Amount">Units of the asset since the books were opened; negative is a rebate.</param>
/// <param name="Price">Quote units of one: its mark price where the engine trades it, else the configured one; null when neither is known.</param>
/// <param name="Value">Quote units at that price; null without one.</param>
[GenerateSerializer, Immutable, Alias("granary.AssetFee")]
public sealed record AssetFee([property: Id(0)] string Asset, [property: Id(1)] decimal Amount, [property: Id(2)] decimal? Price, [property: Id(3)] decimal? Value);
