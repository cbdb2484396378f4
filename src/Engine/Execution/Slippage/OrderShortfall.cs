namespace Granary.Engine.Execution.Slippage;

/// <summary>
/// What working an order cost against its arrival price (implementation shortfall; Perold, Journal of Portfolio Management 14(3), 1988). Money in quote
/// units; above 0
/// is a cost.
/// </summary>
/// <param name="Quantity">Wanted, base units.</param>
/// <param name="Filled">Base units.</param>
/// <param name="ArrivalPrice">Mid price when the order arrived, quote units.</param>
/// <param name="AveragePrice">Of the fills; null without any.</param>
/// <param name="Move">How much worse than the arrival price they were, quote units per base unit; null without any.</param>
/// <param name="Bps">The same in basis points of the arrival price.</param>
/// <param name="Quote">The same times the quantity filled; 0 without fills. It is spread and impact together.</param>
/// <param name="DelayQuote">What the price moved from the decision to the arrival, on the quantity filled; null when the decision's price is not known.</param>
/// <param name="SpreadQuote">Fills against the mid prices before them; null when one of them is not known.</param>
/// <param name="ImpactQuote">Mid prices before the fills against the arrival price: own impact and the market's drift; null when one of them is not
/// known.</param>
/// <param name="Fees">Paid.</param>
/// <param name="OpportunityQuote">What the price moved since the arrival, on the quantity not filled; null when the last price is not known.</param>
/// <param name="ForecastBps">What was expected beforehand; null when nothing was.</param>
public readonly record struct OrderShortfall(
    decimal Quantity,
    decimal Filled,
    decimal ArrivalPrice,
    decimal? AveragePrice,
    decimal? Move,
    double? Bps,
    decimal Quote,
    decimal? DelayQuote,
    decimal? SpreadQuote,
    decimal? ImpactQuote,
    decimal Fees,
    decimal? OpportunityQuote,
    double? ForecastBps)
{
    /// <summary>Everything that is known of the cost: fills, delay, missed quantity and fees.</summary>
    public decimal TotalQuote => Quote + (DelayQuote ?? 0) + (OpportunityQuote ?? 0) + Fees;
}
