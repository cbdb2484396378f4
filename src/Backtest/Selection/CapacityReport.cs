using Granary.Engine.Statistics;

namespace Granary.Backtest.Selection;

/// <summary>
/// How much capital the selection could carry. Profit grows with the capital k, the impact of one's own orders with k to the power 1.5 (square-root law:
/// volatility times the square root of the share of the candle's volume), so one eats the other up at some size. A rough estimate: the law's factor differs
/// from market to market, and the profit is that of one past.
/// </summary>
/// <param name="ParticipationMedian">An order's share of the quote volume of the candle it was filled in, median; null without fills.</param>
/// <param name="ParticipationP95">At the 95th percentile.</param>
/// <param name="ParticipationMax">The largest.</param>
/// <param name="ImpactCost">What the law says the orders of this run would have cost, quote units; not in the account.</param>
/// <param name="CapitalAtOnePercent">Capital at which 95 of 100 orders stay below 1 % of their candle's volume; null without fills.</param>
/// <param name="CapitalBest">Capital of the largest profit after impact; null when the run made none.</param>
/// <param name="CapitalBreakEven">Capital at which impact eats all of it.</param>
public sealed record CapacityReport(
    double? ParticipationMedian, double? ParticipationP95, double? ParticipationMax, double ImpactCost, double? CapitalAtOnePercent, double? CapitalBest,
    double? CapitalBreakEven)
{
    private const double ParticipationBound = 0.01;

    internal static CapacityReport Of(IReadOnlyList<FillMarket> fills, decimal netPnl, decimal capital, double impactMultiple)
    {
        double[] shares = [.. fills.Select(fill => fill.Participation).Order()];
        double[] costs = [.. fills.Select(fill => (double)fill.Notional * impactMultiple * fill.Volatility * Math.Sqrt(fill.Participation))];
        var impact = Moments.Sum(costs);
        var p95 = Sample.Quantile(shares, 0.95);
        var ratio = impact > 0 && netPnl > 0 ? (double)netPnl / impact : (double?)null;
        return new CapacityReport(
            Sample.Quantile(shares, 0.5), p95, shares.Length == 0 ? null : shares[^1], impact,
            p95 > 0 ? (double)capital * ParticipationBound / p95 : null, (double)capital * Square(ratio * 2 / 3), (double)capital * Square(ratio));
    }

    private static double? Square(double? value) => value * value;
}
