namespace Granary.Venues.Ports;

/// <summary>How a symbol's funding differs from the venue's usual terms.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="RateCap">Highest rate of a settlement.</param>
/// <param name="RateFloor">Lowest rate of a settlement.</param>
/// <param name="IntervalHours">Hours between settlements.</param>
public sealed record FundingTerms(string Symbol, decimal RateCap, decimal RateFloor, int IntervalHours);
