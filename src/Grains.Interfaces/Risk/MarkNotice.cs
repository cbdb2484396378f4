namespace Granary.Grains.Interfaces.Risk;

/// <summary>What a symbol tells the accounts that trade it, about once a second.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Mark">Mark price, quote units.</param>
/// <param name="TimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="FundingRate">Funding rate of the running interval, a fraction.</param>
/// <param name="NextFundingTimeMs">When it is paid; 0 when not known.</param>
/// <param name="Volatility">Realised volatility, a fraction per year (formulas §7.10), or null.</param>
/// <param name="PriceImpact">0.75-quantile of the recent bars' |price impact|, quote units per base unit and base unit (formulas §4.5), or null.</param>
[GenerateSerializer, Immutable, Alias("granary.MarkNotice")]
public sealed record MarkNotice(
    [property: Id(0)] string Symbol,
    [property: Id(1)] decimal Mark,
    [property: Id(2)] long TimeMs,
    [property: Id(3)] decimal FundingRate = 0,
    [property: Id(4)] long NextFundingTimeMs = 0,
    [property: Id(5)] double? Volatility = null,
    [property: Id(6)] double? PriceImpact = null);
