using Granary.Engine.Statistics;

namespace Granary.Backtest.Selection;

/// <summary>How far a long-short account was independent of the market.</summary>
/// <param name="NetExposureMean">Longs less shorts as a multiple of equity, mean while something was held; null when nothing was.</param>
/// <param name="NetExposureAbsMax">The farthest from neutral.</param>
/// <param name="GrossExposureMean">Longs and shorts as a multiple of equity, mean.</param>
/// <param name="Beta">Slope of the account's returns, candle by candle, on those of the benchmark; null when undefined.</param>
/// <param name="BetaLongs">The same of what the longs gained, over the equity.</param>
/// <param name="BetaShorts">The same of the shorts; negative when they hedge.</param>
/// <param name="Correlation">Of the account's returns with the benchmark's, -1 to 1; null when undefined.</param>
/// <param name="Benchmark">The symbol that was compared to.</param>
public sealed record NeutralityReport(
    double? NetExposureMean, double? NetExposureAbsMax, double? GrossExposureMean, double? Beta, double? BetaLongs, double? BetaShorts, double? Correlation,
    string Benchmark)
{
    /// <summary>Makes the report.</summary>
    /// <param name="hours">The account at the end of every candle.</param>
    /// <param name="benchmark">The symbol whose closes the hours carry.</param>
    public static NeutralityReport Of(IReadOnlyList<SelectorHour> hours, string benchmark)
    {
        ArgumentNullException.ThrowIfNull(hours);
        double[] net = [.. hours.Where(hour => hour.GrossExposure > 0).Select(hour => hour.NetExposure)];
        double[] gross = [.. hours.Where(hour => hour.GrossExposure > 0).Select(hour => hour.GrossExposure)];
        List<double> market = [], all = [], longs = [], shorts = [];
        for (var i = 1; i < hours.Count; i++)
        {
            var (before, now) = (hours[i - 1], hours[i]);
            if (before.Equity <= 0 || before.BenchmarkClose is not > 0 || now.BenchmarkClose is not { } close) continue;
            market.Add((double)(close / before.BenchmarkClose.Value) - 1);
            all.Add((double)((now.Equity - before.Equity) / before.Equity));
            longs.Add((double)(now.LongPnl / before.Equity));
            shorts.Add((double)(now.ShortPnl / before.Equity));
        }
        return new NeutralityReport(
            Sample.Mean(net), net.Length == 0 ? null : net.Max(Math.Abs), Sample.Mean(gross), Slope(market, all), Slope(market, longs), Slope(market, shorts),
            CorrelationOf(market, all), benchmark);
    }

    private static double? Slope(List<double> market, List<double> own)
    {
        double[] x = [.. market];
        return x.Length < 2 || Sample.IsConstant(x) ? null : Moments.Slopes(x, [.. own]).WithIntercept;
    }

    private static double? CorrelationOf(List<double> market, List<double> own)
    {
        var deviation = Sample.StandardDeviation([.. own]);
        return deviation > 0 ? Slope(market, own) * Sample.StandardDeviation([.. market]) / deviation : null;
    }
}
