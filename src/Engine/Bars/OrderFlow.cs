using Granary.Engine.Market;

namespace Granary.Engine.Bars;

/// <summary>What buyers and sellers weigh in a bar, in raw units: trades, or volume times 10^8, or quote volume times 10^16.</summary>
internal static class OrderFlow
{
    public static (Int128 Buy, Int128 Sell) Sums(BarMeasure measure, in TradeTotals totals) => measure switch
    {
        BarMeasure.Ticks => (totals.BuyTradeCount, totals.SellTradeCount),
        BarMeasure.Volume => (totals.BuyVolume, totals.SellVolume),
        _ => (totals.BuyQuoteVolume, totals.SellQuoteVolume),
    };

    /// <summary>θ of the bar, 0 or more.</summary>
    public static Int128 Theta(FlowRule rule, BarMeasure measure, in TradeTotals totals)
    {
        var (buy, sell) = Sums(measure, totals);
        return rule == FlowRule.Run ? Int128.Max(buy, sell) : Int128.Abs(buy - sell);
    }

    /// <summary>θ in trades, base units or quote units.</summary>
    public static decimal ToDecimal(BarMeasure measure, Int128 theta) => measure switch
    {
        BarMeasure.Ticks => (decimal)theta,
        BarMeasure.Volume => TradeTotals.ToDecimalE8(theta),
        _ => Fixed8.ToDecimalE16(theta),
    };

    /// <summary>What one trade weighs.</summary>
    public static double Weight(BarMeasure measure, in AggTrade trade) => measure switch
    {
        BarMeasure.Ticks => 1,
        BarMeasure.Volume => trade.QuantityE8,
        _ => (double)trade.PriceE8 * trade.QuantityE8,
    };

    /// <summary>Raw units in one trade, base unit or quote unit.</summary>
    public static double Scale(BarMeasure measure) => measure switch
    {
        BarMeasure.Ticks => 1,
        BarMeasure.Volume => 1e8,
        _ => 1e16,
    };

    /// <exception cref="ArgumentOutOfRangeException">The rule or the measure is unknown.</exception>
    public static void Check(FlowRule rule, BarMeasure measure)
    {
        if (rule is not (FlowRule.Imbalance or FlowRule.Run)) throw new ArgumentOutOfRangeException(nameof(rule), rule, "unknown rule");
        if (measure is not (BarMeasure.Ticks or BarMeasure.Volume or BarMeasure.Quote))
            throw new ArgumentOutOfRangeException(nameof(measure), measure, "unknown measure");
    }
}
