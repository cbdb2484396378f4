namespace Granary.Engine.Market;

/// <summary>One funding settlement of a perpetual contract.</summary>
/// <param name="TimeMs">Settlement time, milliseconds since the Unix epoch, UTC; may lie a few milliseconds after the hour.</param>
/// <param name="Rate">Fraction of the notional that longs pay shorts (negative: shorts pay longs), for the interval that ends here.</param>
public readonly record struct FundingRate(long TimeMs, decimal Rate);
