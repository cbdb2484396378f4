using System.Text.Json;
using Granary.Engine.Features;

namespace Granary.Client.Conformance.Tables;

/// <summary>Features of volume bars and their z-scores (formulas §2).</summary>
/// <param name="run">The bars.</param>
public sealed class FeatureTables(FeatureRun run) : IConformanceFamily
{
    /// <summary>The bar and its features.</summary>
    public static IReadOnlyList<CsvColumn<FeatureBar>> Columns { get; } =
    [
        .. BarColumns.All.Select(column => column.Of<FeatureBar>(bar => bar.Bar)),
        new("delta", bar => bar.Features.Delta),
        new("cumulative_delta", bar => bar.Features.CumulativeDelta),
        new("ofi", bar => bar.Features.Ofi),
        new("avg_buy_size", bar => bar.Features.AvgBuySize),
        new("avg_sell_size", bar => bar.Features.AvgSellSize),
        new("q90", bar => bar.Features.Q90),
        new("large_volume", bar => bar.Features.LargeVolume),
        new("large_trade_ratio", bar => bar.Features.LargeTradeRatio),
        new("vwap", bar => bar.Features.Vwap),
        new("rolling_vwap", bar => bar.Features.RollingVwap),
        new("vwap_deviation", bar => bar.Features.VwapDeviation),
        new("buy_vwap", bar => bar.Features.BuyVwap),
        new("sell_vwap", bar => bar.Features.SellVwap),
        new("buy_sell_vwap_diff", bar => bar.Features.BuySellVwapDiff),
        new("trade_intensity", bar => bar.Features.TradeIntensity),
        new("price_impact", bar => bar.Features.PriceImpact),
        new("uptick_count", bar => bar.Features.UptickCount),
        new("downtick_count", bar => bar.Features.DowntickCount),
        new("uptick_ratio", bar => bar.Features.UptickRatio),
        new("realized_volatility", bar => bar.Features.RealizedVolatility),
        new("kyle_lambda", bar => bar.Features.KyleLambda),
        new("kyle_lambda_no_intercept", bar => bar.Features.KyleLambdaNoIntercept),
        new("log_return", bar => bar.Features.LogReturn),
        new("true_range", bar => bar.Features.TrueRange),
        new("atr", bar => bar.Features.Atr),
        new("vpin", bar => bar.Features.Vpin),
    ];

    /// <inheritdoc/>
    public string Name => "features";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, csv => csv.Write(run.Bars, Columns)),
        new("zscores", csv => csv.Write(run.Bars, [new("bar_index", bar => bar.Bar.Index), .. ZScoreColumns(run.ZWindows())])),
    ];

    /// <summary>The z-scores, feature by feature, with a column for each window.</summary>
    /// <param name="windows">The windows, in the order of the columns.</param>
    public static IEnumerable<CsvColumn<FeatureBar>> ZScoreColumns(IReadOnlyList<int> windows) =>
        from feature in Enum.GetValues<ZFeature>()
        from window in windows
        select new CsvColumn<FeatureBar>($"z_{JsonNamingPolicy.SnakeCaseLower.ConvertName(feature.ToString())}_{window}", bar => bar.Features.ZScores[feature, window]);
}
