namespace Granary.Engine.Execution.Slippage;

/// <summary>Slippage of one strategy's orders of one purpose in one symbol since the ledger began. Money in quote units; above 0 is a cost.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Purpose">What the orders were for.</param>
/// <param name="Orders">Orders with fills.</param>
/// <param name="OrdersUnfilled">Orders without any.</param>
/// <param name="MeanBps">Mean over the orders, basis points of their arrival prices; null without fills.</param>
/// <param name="WeightedBps">Money lost over money traded, basis points; null without fills.</param>
/// <param name="P50Bps">Median over the orders of the ledger's window, basis points; null without fills.</param>
/// <param name="P95Bps">Their 0.95-quantile.</param>
/// <param name="Forecasts">Orders with fills of which something was expected.</param>
/// <param name="ForecastBps">Mean of what was expected of them, basis points; null without such.</param>
/// <param name="ForecastErrorBps">The bias: mean of what it was less what was expected, over the same orders; null without such.</param>
/// <param name="Notional">Filled quantities at their arrival prices.</param>
/// <param name="Quote">Cost of the fills against the arrival prices.</param>
/// <param name="DelayQuote">Cost of the delay, where known.</param>
/// <param name="SpreadQuote">Cost of the spread, where known.</param>
/// <param name="ImpactQuote">Cost of impact and drift, where known.</param>
/// <param name="OpportunityQuote">Cost of what was not filled, where known.</param>
/// <param name="Fees">Paid.</param>
public readonly record struct SlippageSummary(
    string Strategy,
    string Symbol,
    string Purpose,
    long Orders,
    long OrdersUnfilled,
    double? MeanBps,
    double? WeightedBps,
    double? P50Bps,
    double? P95Bps,
    long Forecasts,
    double? ForecastBps,
    double? ForecastErrorBps,
    decimal Notional,
    decimal Quote,
    decimal DelayQuote,
    decimal SpreadQuote,
    decimal ImpactQuote,
    decimal OpportunityQuote,
    decimal Fees);
