using Granary.Engine.Statistics;

namespace Granary.Engine.Performance;

/// <summary>
/// What an equity curve of daily points comes to (formulas §9.1 to 9.7); a year has 365 days. Null where a number is undefined.
/// </summary>
public sealed record EquityMetrics
{
    /// <summary>Periods of a year: 365 days.</summary>
    public const double YearDays = 365;

    /// <summary>Daily returns.</summary>
    public required int Periods { get; init; }

    /// <summary>Last equity / first - 1; null without a point or when the first is not above 0.</summary>
    public required double? TotalReturn { get; init; }

    /// <summary>Compound annual growth rate; null without a return.</summary>
    public required double? AnnualReturn { get; init; }

    /// <summary>Standard deviation of the daily returns times the root of 365; null with fewer than two.</summary>
    public required double? AnnualVolatility { get; init; }

    /// <summary>Mean / standard deviation times the root of 365; null with fewer than two returns or without variation.</summary>
    public required double? Sharpe { get; init; }

    /// <summary>Root mean square of the negative returns over all days, times the root of 365; null without a return.</summary>
    public required double? DownsideDeviation { get; init; }

    /// <summary>Mean over downside deviation, annual; null without losses.</summary>
    public required double? Sortino { get; init; }

    /// <summary>Deepest drawdown, 0 or negative; null without a point.</summary>
    public required double? MaxDrawdown { get; init; }

    /// <summary>Mean depth of the drawdowns, negative; null without one.</summary>
    public required double? AverageDrawdown { get; init; }

    /// <summary>Longest time below a peak, days; an open one counts to the last point.</summary>
    public required long MaxDrawdownDays { get; init; }

    /// <summary>Whether the last point is below a peak.</summary>
    public required bool IsInDrawdown { get; init; }

    /// <summary>Sum of the gains over the sum of the losses; null without losses.</summary>
    public required double? Omega { get; init; }

    /// <summary>Root mean square of the drawdowns after each return; null without a return.</summary>
    public required double? UlcerIndex { get; init; }

    /// <summary>Annual return over ulcer index; null when the index is 0 or there is none.</summary>
    public required double? UlcerPerformance { get; init; }

    /// <summary>Serenity: sum of the returns / (ulcer index * expected shortfall 95 of the drawdowns / daily standard deviation); null when undefined.</summary>
    public required double? Serenity { get; init; }

    /// <summary>Annual return over the absolute maximum drawdown; null without a drawdown or a return.</summary>
    public required double? Calmar { get; init; }

    /// <summary>Positive days over days that are not zero; null without such days.</summary>
    public required double? DailyWinRate { get; init; }

    /// <summary>The best daily return; null without one.</summary>
    public required double? BestDay { get; init; }

    /// <summary>The worst daily return; null without one.</summary>
    public required double? WorstDay { get; init; }

    /// <summary>Historical value at risk of a day at 95 %, positive is a loss; null without a return.</summary>
    public required double? ValueAtRisk95 { get; init; }

    /// <summary>Mean loss of the days at or beyond it.</summary>
    public required double? ExpectedShortfall95 { get; init; }

    /// <summary>Historical value at risk of a day at 99 %.</summary>
    public required double? ValueAtRisk99 { get; init; }

    /// <summary>Mean loss of the days at or beyond it.</summary>
    public required double? ExpectedShortfall99 { get; init; }

    /// <summary>Positive months over months that are not zero; null without such months.</summary>
    public required double? MonthlyWinRate { get; init; }

    /// <summary>Computes them.</summary>
    /// <param name="points">The start, then a point a day, in the order of time. A curve ends where its equity is not above 0.</param>
    public static EquityMetrics Compute(ReadOnlySpan<EquityPoint> points)
    {
        points = EquityCurve.Solvent(points);
        var returns = EquityCurve.Returns(points);
        var drawdowns = EquityCurve.Drawdowns(points);
        var episodes = EquityCurve.Episodes(points);
        var n = returns.Length;
        var mean = Sample.Mean(returns);
        var deviation = Sample.StandardDeviation(returns);
        double[] gains = [.. returns.Where(r => r > 0)], losses = [.. returns.Where(r => r < 0)];
        double? downside = n == 0 ? null : Math.Sqrt(CompensatedSum.OfSquares(losses) / n);
        double? total = points.IsEmpty || points[0].Equity <= 0 ? null : (double)((points[^1].Equity - points[0].Equity) / points[0].Equity);
        double? annual = n == 0 || total is null ? null : Math.Pow((double)(points[^1].Equity / points[0].Equity), YearDays / n) - 1;
        double? deepest = points.IsEmpty ? null : drawdowns.Min();
        double? ulcer = n == 0 ? null : Math.Sqrt(CompensatedSum.OfSquares(drawdowns) / n);
        double[] sorted = [.. returns.Order()];
        var (var95, es95) = Tail(sorted, 0.95);
        var (var99, es99) = Tail(sorted, 0.99);
        var year = Math.Sqrt(YearDays);
        return new EquityMetrics
        {
            Periods = n,
            TotalReturn = total,
            AnnualReturn = annual,
            AnnualVolatility = deviation * year,
            Sharpe = deviation > 0 ? mean / deviation * year : null,
            DownsideDeviation = downside * year,
            Sortino = downside > 0 ? mean / downside * year : null,
            MaxDrawdown = deepest,
            AverageDrawdown = episodes.Count == 0 ? null : episodes.Average(e => e.Depth),
            MaxDrawdownDays = episodes.Count == 0 ? 0 : episodes.Max(e => e.Days),
            IsInDrawdown = episodes.Count > 0 && !episodes[^1].IsRecovered,
            Omega = losses.Length == 0 ? null : CompensatedSum.Of(gains) / -CompensatedSum.Of(losses),
            UlcerIndex = ulcer,
            UlcerPerformance = ulcer > 0 ? annual / ulcer : null,
            Serenity = SerenityOf(CompensatedSum.Of(returns), ulcer, deviation, drawdowns),
            Calmar = deepest < 0 ? annual / -deepest : null,
            DailyWinRate = WinRate(returns),
            BestDay = n == 0 ? null : sorted[^1],
            WorstDay = n == 0 ? null : sorted[0],
            ValueAtRisk95 = var95,
            ExpectedShortfall95 = es95,
            ValueAtRisk99 = var99,
            ExpectedShortfall99 = es99,
            MonthlyWinRate = WinRate([.. EquityCurve.Months(points).Select(m => m.Return)]),
        };
    }

    private static double? WinRate(ReadOnlySpan<double> returns)
    {
        int wins = 0, losses = 0;
        foreach (var r in returns)
        {
            if (r > 0) wins++;
            else if (r < 0) losses++;
        }
        return wins + losses == 0 ? null : (double)wins / (wins + losses);
    }

    /// <summary>Historical value at risk and expected shortfall (formulas §9.7).</summary>
    private static (double? ValueAtRisk, double? Shortfall) Tail(double[] sorted, double confidence)
    {
        // 1 - confidence carries the dust of 0.95; the level itself is what is meant.
        if (Sample.Quantile(sorted, confidence == 0.95 ? 0.05 : 0.01) is not { } quantile) return (null, null);
        var count = sorted.Count(r => r <= quantile);
        return (0 - quantile, count == 0 ? null : 0 - (CompensatedSum.Of(sorted.AsSpan(0, count)) / count));
    }

    private static double? SerenityOf(double total, double? ulcer, double? deviation, double[] drawdowns)
    {
        if (deviation is not > 0 || ulcer is not > 0) return null;
        var (_, shortfall) = Tail([.. drawdowns.Order()], 0.95);
        return shortfall > 0 ? total / (ulcer * shortfall / deviation) : null;
    }
}
