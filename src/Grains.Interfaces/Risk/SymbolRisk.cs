namespace Granary.Grains.Interfaces.Risk;

/// <summary>One symbol of an account's risk.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Notional">Signed position at the mark price, quote units.</param>
/// <param name="Volatility">Realised volatility, a fraction per year, or null.</param>
/// <param name="ParityWeight">Share of the gross notional under risk parity, 0 to 1; null where it is off.</param>
/// <param name="SlippageShare">Expected slippage of closing the position, or of the smallest order when flat, a fraction of the price; null when not known.</param>
/// <param name="FundingDue">What the next funding would add to the wallet, quote units; null without a position or a rate.</param>
/// <param name="NextFundingTimeMs">When it is due, milliseconds since the Unix epoch, UTC; 0 when not known.</param>
[GenerateSerializer, Immutable, Alias("granary.SymbolRisk")]
public sealed record SymbolRisk(
    [property: Id(0)] string Symbol,
    [property: Id(1)] decimal Notional,
    [property: Id(2)] double? Volatility,
    [property: Id(3)] double? ParityWeight,
    [property: Id(4)] decimal? SlippageShare,
    [property: Id(5)] decimal? FundingDue,
    [property: Id(6)] long NextFundingTimeMs);
