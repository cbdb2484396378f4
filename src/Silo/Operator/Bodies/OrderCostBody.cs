using Granary.Journal.Records;

namespace Granary.Silo.Operator.Bodies;

/// <summary>What one approved order was expected to cost, and what it cost. Money in quote units; above 0 is a cost. Null is "no value".</summary>
/// <param name="Account">Account name.</param>
/// <param name="ClientOrderId">Id of the approved order.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="Purpose">Entry or Exit.</param>
/// <param name="Side">Buy or Sell.</param>
/// <param name="Quantity">Approved, base units.</param>
/// <param name="ArrivalPrice">Mid price at the approval.</param>
/// <param name="DecisionPrice">Price that the strategy decided on.</param>
/// <param name="ForecastBps">Slippage expected, basis points of the arrival price.</param>
/// <param name="ForecastBasis">Book, Slices or Bars; empty where nothing was expected.</param>
/// <param name="Filled">Base units.</param>
/// <param name="AveragePrice">Of the fills.</param>
/// <param name="Bps">Slippage, basis points of the arrival price.</param>
/// <param name="DelayQuote">From the decision to the arrival.</param>
/// <param name="SpreadQuote">Fills against the mid prices before them.</param>
/// <param name="ImpactQuote">Those mid prices against the arrival price.</param>
/// <param name="OpportunityQuote">What was not filled, at the last mid price; null until the order is over.</param>
/// <param name="Fees">Paid.</param>
/// <param name="IsOver">Whether no more fills are expected.</param>
/// <param name="TimeMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
public sealed record OrderCostBody(
    string Account, string ClientOrderId, string Symbol, string Strategy, string Purpose, string Side, decimal Quantity, decimal ArrivalPrice,
    decimal? DecisionPrice, double? ForecastBps, string ForecastBasis, decimal Filled, decimal? AveragePrice, double? Bps, decimal? DelayQuote,
    decimal? SpreadQuote, decimal? ImpactQuote, decimal? OpportunityQuote, decimal Fees, bool IsOver, long TimeMs)
{
    /// <summary>The body of a record.</summary>
    public static OrderCostBody From(OrderCostRecord r) => new(
        r.Account, r.ClientOrderId, r.Symbol, r.Strategy, r.Purpose, r.Side, r.Quantity, r.ArrivalPrice, r.DecisionPrice, r.ForecastBps, r.ForecastBasis,
        r.Filled, r.AveragePrice, r.Bps, r.DelayQuote, r.SpreadQuote, r.ImpactQuote, r.OpportunityQuote, r.Fees, r.IsOver, r.TimeMs);
}
