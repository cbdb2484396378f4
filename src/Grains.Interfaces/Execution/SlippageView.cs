namespace Granary.Grains.Interfaces.Execution;

/// <summary>
/// What one strategy's orders of one purpose cost in one symbol against their arrival prices, since the account's journal began. Money in quote units; above 0
/// is a cost. Null is "no value".
/// </summary>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="Purpose">Entry or Exit.</param>
/// <param name="Orders">Orders with fills; a sliced one is one.</param>
/// <param name="OrdersUnfilled">Orders without any.</param>
/// <param name="MeanBps">Mean over the orders, basis points of their arrival prices.</param>
/// <param name="WeightedBps">Money lost over money traded, basis points.</param>
/// <param name="P50Bps">Median over the last orders.</param>
/// <param name="P95Bps">Their 0.95-quantile.</param>
/// <param name="Forecasts">Orders with fills of which something was expected.</param>
/// <param name="ForecastBps">Mean of what was expected of them.</param>
/// <param name="BiasBps">Mean of what it was less what was expected, over the same orders.</param>
/// <param name="Notional">Filled quantities at their arrival prices.</param>
/// <param name="Quote">Cost of the fills against the arrival prices.</param>
/// <param name="DelayQuote">Cost of the delay from decision to approval, where known.</param>
/// <param name="SpreadQuote">Cost of the spread, where known.</param>
/// <param name="ImpactQuote">Cost of impact and drift, where known.</param>
/// <param name="OpportunityQuote">Cost of what was not filled, where known.</param>
/// <param name="Fees">Paid.</param>
[GenerateSerializer, Immutable, Alias("granary.SlippageView")]
public sealed record SlippageView(
    [property: Id(0)] string Account,
    [property: Id(1)] string Symbol,
    [property: Id(2)] string Strategy,
    [property: Id(3)] string Purpose,
    [property: Id(4)] long Orders,
    [property: Id(5)] long OrdersUnfilled,
    [property: Id(6)] double? MeanBps,
    [property: Id(7)] double? WeightedBps,
    [property: Id(8)] double? P50Bps,
    [property: Id(9)] double? P95Bps,
    [property: Id(10)] long Forecasts,
    [property: Id(11)] double? ForecastBps,
    [property: Id(12)] double? BiasBps,
    [property: Id(13)] decimal Notional,
    [property: Id(14)] decimal Quote,
    [property: Id(15)] decimal DelayQuote,
    [property: Id(16)] decimal SpreadQuote,
    [property: Id(17)] decimal ImpactQuote,
    [property: Id(18)] decimal OpportunityQuote,
    [property: Id(19)] decimal Fees);
