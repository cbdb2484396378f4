namespace Granary.Grains.Interfaces.Symbols;

/// <summary>A closed bar of a related market (formulas §4.5).</summary>
/// <param name="Symbol">Upper-case symbol of that market.</param>
/// <param name="CloseTimeMs">Time of the bar's last trade, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Ofi">Order flow imbalance of the bar, -1 to 1.</param>
[GenerateSerializer, Immutable, Alias("granary.RelatedBar")]
public sealed record RelatedBar([property: Id(0)] string Symbol, [property: Id(1)] long CloseTimeMs, [property: Id(2)] double Ofi);
