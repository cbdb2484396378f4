namespace Granary.Exchange.Contracts;

/// <summary>A funding time that has passed.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Rate">A fraction of the notional; positive: longs paid.</param>
/// <param name="TimeMs">The funding time.</param>
/// <param name="MarkPrice">The mark price it was charged at.</param>
public sealed record FundingRecord(string Symbol, decimal Rate, long TimeMs, decimal MarkPrice);
