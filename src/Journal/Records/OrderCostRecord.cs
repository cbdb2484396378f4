namespace Granary.Journal.Records;

/// <summary>
/// What an approved order was expected to cost and what it costs (implementation shortfall), by account and client order id: appending one that exists
/// replaces it. The first one is written together with the order's own record. Money in quote units; above 0 is a cost.
/// </summary>
/// <param name="Account">Account name.</param>
/// <param name="ClientOrderId">Id of the approved order; its parts have none of their own.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="Purpose">Entry or Exit.</param>
/// <param name="Side">Buy or Sell.</param>
/// <param name="Quantity">Approved, base units.</param>
/// <param name="ArrivalPrice">Mid price at the approval, or the last trade's where there was no quote.</param>
/// <param name="DecisionPrice">Price that the strategy decided on, or null.</param>
/// <param name="ForecastBps">Slippage expected at the approval, basis points of the arrival price; null when nothing was known.</param>
/// <param name="ForecastBasis">What the forecast rests on (a name of SlippageBasis), or empty.</param>
/// <param name="Filled">Base units.</param>
/// <param name="AveragePrice">Of the fills, or null.</param>
/// <param name="Bps">How much worse than the arrival price they were, basis points, or null.</param>
/// <param name="DelayQuote">From the decision to the arrival, or null.</param>
/// <param name="SpreadQuote">Fills against the mid prices before them, or null.</param>
/// <param name="ImpactQuote">Those mid prices against the arrival price, or null.</param>
/// <param name="OpportunityQuote">What was not filled, at the last mid price, or null.</param>
/// <param name="Fees">Paid.</param>
/// <param name="IsOver">Whether no more fills are expected.</param>
/// <param name="State">The tracker's state (a kernel snapshot) while it is not over; empty afterwards.</param>
/// <param name="TimeMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
public sealed record OrderCostRecord(
    string Account, string ClientOrderId, string Symbol, string Strategy, string Purpose, string Side, decimal Quantity, decimal ArrivalPrice,
    decimal? DecisionPrice, double? ForecastBps, string ForecastBasis, decimal Filled, decimal? AveragePrice, double? Bps, decimal? DelayQuote,
    decimal? SpreadQuote, decimal? ImpactQuote, decimal? OpportunityQuote, decimal Fees, bool IsOver, byte[] State, long TimeMs) : JournalRecord;
