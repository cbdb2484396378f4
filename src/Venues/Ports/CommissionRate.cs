namespace Granary.Venues.Ports;

/// <summary>An account's fees in a symbol, as shares of the notional.</summary>
/// <param name="Maker">For orders that rested; below 0 for a rebate.</param>
/// <param name="Taker">For orders that traded at once.</param>
public readonly record struct CommissionRate(decimal Maker, decimal Taker);
