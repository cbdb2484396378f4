using Granary.Engine.Features;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Golden;

/// <summary>Which computed value each golden column stands for.</summary>
internal static class GoldenColumns
{
    public static IReadOnlyDictionary<string, Func<FeatureBar, object?>> Bars { get; } = new Dictionary<string, Func<FeatureBar, object?>>
    {
        ["bar_index"] = bar => bar.Bar.Index,
        ["first_id"] = bar => bar.Bar.FirstId,
        ["last_id"] = bar => bar.Bar.LastId,
        ["t_open"] = bar => bar.Bar.OpenTimeMs,
        ["t_close"] = bar => bar.Bar.CloseTimeMs,
        ["duration_ms"] = bar => bar.Features.DurationMs,
        ["open"] = bar => bar.Bar.Open,
        ["high"] = bar => bar.Bar.High,
        ["low"] = bar => bar.Bar.Low,
        ["close"] = bar => bar.Bar.Close,
        ["volume"] = bar => bar.Bar.Volume,
        ["quote_volume"] = bar => bar.Bar.QuoteVolume,
        ["trade_count"] = bar => bar.Bar.TradeCount,
        ["buy_volume"] = bar => bar.Bar.BuyVolume,
        ["sell_volume"] = bar => bar.Bar.SellVolume,
        ["buy_quote_volume"] = bar => bar.Bar.BuyQuoteVolume,
        ["sell_quote_volume"] = bar => bar.Bar.SellQuoteVolume,
        ["buy_trade_count"] = bar => bar.Bar.BuyTradeCount,
        ["sell_trade_count"] = bar => bar.Bar.SellTradeCount,
    };

    public static IReadOnlyDictionary<string, Func<FeatureBar, object?>> Features { get; } = new Dictionary<string, Func<FeatureBar, object?>>(Bars)
    {
        ["delta"] = bar => bar.Features.Delta,
        ["cumulative_delta"] = bar => bar.Features.CumulativeDelta,
        ["ofi"] = bar => bar.Features.Ofi,
        ["avg_buy_size"] = bar => bar.Features.AvgBuySize,
        ["avg_sell_size"] = bar => bar.Features.AvgSellSize,
        ["q90"] = bar => bar.Features.Q90,
        ["large_volume"] = bar => bar.Features.LargeVolume,
        ["large_trade_ratio"] = bar => bar.Features.LargeTradeRatio,
        ["vwap"] = bar => bar.Features.Vwap,
        ["rolling_vwap"] = bar => bar.Features.RollingVwap,
        ["vwap_deviation"] = bar => bar.Features.VwapDeviation,
        ["buy_vwap"] = bar => bar.Features.BuyVwap,
        ["sell_vwap"] = bar => bar.Features.SellVwap,
        ["buy_sell_vwap_diff"] = bar => bar.Features.BuySellVwapDiff,
        ["trade_intensity"] = bar => bar.Features.TradeIntensity,
        ["price_impact"] = bar => bar.Features.PriceImpact,
        ["uptick_count"] = bar => bar.Features.UptickCount,
        ["downtick_count"] = bar => bar.Features.DowntickCount,
        ["uptick_ratio"] = bar => bar.Features.UptickRatio,
        ["realized_volatility"] = bar => bar.Features.RealizedVolatility,
        ["kyle_lambda"] = bar => bar.Features.KyleLambda,
        ["kyle_lambda_no_intercept"] = bar => bar.Features.KyleLambdaNoIntercept,
        ["log_return"] = bar => bar.Features.LogReturn,
        ["true_range"] = bar => bar.Features.TrueRange,
        ["atr"] = bar => bar.Features.Atr,
        ["vpin"] = bar => bar.Features.Vpin,
    };

    public static IReadOnlyDictionary<string, Func<FeatureBar, object?>> ZScores { get; } = ZScoreColumns();

    public static IReadOnlyDictionary<string, Func<SignalReport, object?>> Signals { get; } =
        SignalTable.Columns.ToDictionary(column => column.Name, column => column.Value);

    private static Dictionary<string, Func<FeatureBar, object?>> ZScoreColumns()
    {
        (string Name, ZFeature Feature)[] features =
        [
            ("ofi", ZFeature.Ofi), ("delta", ZFeature.Delta), ("buy_volume", ZFeature.BuyVolume), ("sell_volume", ZFeature.SellVolume),
            ("trade_count", ZFeature.TradeCount), ("duration_ms", ZFeature.DurationMs), ("avg_buy_size", ZFeature.AvgBuySize),
            ("avg_sell_size", ZFeature.AvgSellSize), ("large_trade_ratio", ZFeature.LargeTradeRatio), ("vwap_deviation", ZFeature.VwapDeviation),
            ("trade_intensity", ZFeature.TradeIntensity), ("price_impact", ZFeature.PriceImpact), ("uptick_ratio", ZFeature.UptickRatio),
            ("realized_volatility", ZFeature.RealizedVolatility), ("kyle_lambda", ZFeature.KyleLambda),
        ];
        var columns = new Dictionary<string, Func<FeatureBar, object?>> { ["bar_index"] = bar => bar.Bar.Index };
        foreach (var (name, feature) in features)
        {
            foreach (var window in (int[])[20, 100, 500]) columns[$"z_{name}_{window}"] = bar => bar.Features.ZScores[feature, window];
        }
        return columns;
    }
}
