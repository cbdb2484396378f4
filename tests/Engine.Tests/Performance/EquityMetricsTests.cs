using Granary.Engine.Performance;

namespace Granary.Engine.Tests.Performance;

public sealed class EquityMetricsTests
{
    private const long DayMs = 86_400_000;

    [Fact]
    public void Without_points_or_returns_nothing_is_defined()
    {
        var none = EquityMetrics.Compute([]);
        (none.Periods, none.TotalReturn, none.Sharpe, none.MaxDrawdown, none.UlcerIndex).ShouldBe((0, null, null, null, null));
        var one = EquityMetrics.Compute(Curve(100));
        (one.Periods, one.TotalReturn, one.AnnualReturn, one.MaxDrawdown, one.ValueAtRisk95).ShouldBe((0, 0.0, null, 0.0, null));
    }

    [Fact]
    public void Drawdowns_last_from_the_last_peak_to_the_first_point_at_or_above_it()
    {
        var episodes = EquityCurve.Episodes(Curve(100, 110, 105, 110, 110, 108, 109));
        episodes.ShouldBe(
        [
            new DrawdownEpisode(1 * DayMs, 3 * DayMs, (double)(-5m / 110m), true),
            new DrawdownEpisode(4 * DayMs, 6 * DayMs, (double)(-2m / 110m), false),
        ]);
        EquityMetrics.Compute(Curve(100, 110, 105, 110, 110, 108, 109)).IsInDrawdown.ShouldBeTrue();
    }

    [Fact]
    public void A_curve_ends_where_its_equity_is_gone()
    {
        var metrics = EquityMetrics.Compute(Curve(100, 50, 0, 70, -5));
        (metrics.Periods, metrics.TotalReturn, metrics.MaxDrawdown, metrics.WorstDay).ShouldBe((2, -1.0, -1.0, -1.0));
    }

    [Fact]
    public void Months_go_by_the_day_that_a_point_closes()
    {
        var start = new DateTimeOffset(2024, 1, 30, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        EquityPoint[] points = [.. new decimal[] { 100, 110, 121, 242 }.Select((e, i) => new EquityPoint(start + (i * DayMs), e))];
        EquityCurve.Months(points).ShouldBe([new MonthlyReturn(2024, 1, 0.21), new MonthlyReturn(2024, 2, 1)]);
    }

    [Fact]
    public void Equal_returns_have_no_ratio()
    {
        var metrics = EquityMetrics.Compute(Curve(100, 110, 121, 133.1m, 146.41m));
        metrics.AnnualVolatility.ShouldBe(0);
        (metrics.Sharpe, metrics.Sortino, metrics.Calmar, metrics.Omega).ShouldBe((null, null, null, null));
        SharpeTest.Of(EquityCurve.Returns(Curve(100, 110, 121, 133.1m, 146.41m))).ShouldBeNull();
    }

    [Fact]
    public void Trades_that_win_nothing_and_lose_nothing_leave_streaks_alone()
    {
        var metrics = TradeMetrics.Compute([-1, 0, -1, 2, 0, 3, -1]);
        (metrics.Trades, metrics.Wins, metrics.Losses, metrics.Breakeven, metrics.MaxConsecutiveLosses, metrics.MaxConsecutiveWins).ShouldBe((7, 2, 3, 2, 2, 2));
        (metrics.NetProfit, metrics.ProfitFactor, metrics.PayoffRatio).ShouldBe((2m, 5.0 / 3, 2.5));
        TradeMetrics.Compute([]).WinRate.ShouldBeNull();
    }

    [Fact]
    public void More_trials_need_a_higher_ratio()
    {
        var test = new SharpeTest(250, 0.1, 0, 3);
        test.Probabilistic(0)!.Value.ShouldBe(0.9422, 0.001);
        test.Probabilistic(0.1).ShouldBe(0.5);
        test.MinTrackRecord(0.2, 0.95).ShouldBeNull();
        double[] few = [0.1, 0.05], many = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.1 : 0.05)];
        test.Deflated(many)!.Value.ShouldBeLessThan(test.Deflated(few)!.Value);
        SharpeTest.ExpectedMax([0.1]).ShouldBeNull();
    }

    private static EquityPoint[] Curve(params decimal[] equity) => [.. equity.Select((e, i) => new EquityPoint(i * DayMs, e))];
}
