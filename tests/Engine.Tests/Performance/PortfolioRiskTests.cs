using Granary.Engine.Margin;
using Granary.Engine.Performance;

namespace Granary.Engine.Tests.Performance;

public sealed class PortfolioRiskTests
{
    private static readonly PortfolioPosition[] Book = [new("BTCUSDT", 1_000), new("ETHUSDT", -500)];

    [Fact]
    public void Profits_are_those_of_todays_book()
    {
        PortfolioReturns[] history = [new("ETHUSDT", [0.02, -0.04]), new("BTCUSDT", [0.01, 0.03]), new("SOLUSDT", [1, 1])];
        PortfolioRisk.Profits(Book, history).ShouldBe([0, 50]);
        PortfolioRisk.Profits([], history).ShouldBe([0, 0]);
        PortfolioRisk.Profits([], []).ShouldBeEmpty();
    }

    [Fact]
    public void Histories_that_do_not_fit_are_refused_by_symbol()
    {
        Should.Throw<ArgumentException>(() => PortfolioRisk.Profits(Book, [new("BTCUSDT", [0.1])])).Message.ShouldContain("ETHUSDT is in the book");
        Should.Throw<ArgumentException>(() => PortfolioRisk.Profits(Book, [new("BTCUSDT", [0.1]), new("ETHUSDT", [0.1, 0.2])])).Message
            .ShouldContain("ETHUSDT has 2 returns, BTCUSDT has 1");
        Should.Throw<ArgumentException>(() => PortfolioRisk.Profits(Book, [new("BTCUSDT", [0.1]), new("ETHUSDT", [double.NaN])])).Message
            .ShouldContain("return 0 of ETHUSDT");
    }

    [Fact]
    public void Historical_tail_is_the_quantile_and_the_mean_beyond_it()
    {
        var profits = Enumerable.Range(1, 101).Select(i => (double)((i * 37) % 101) - 50).ToArray();
        var tail = PortfolioRisk.Historical(profits, PortfolioTailLevel.P95)!.Value;
        tail.ValueAtRisk.ShouldBe(45, 1e-9);
        tail.ExpectedShortfall.ShouldBe(47.5, 1e-9, "the mean of -50 to -45");
        PortfolioRisk.Historical([3.0], PortfolioTailLevel.P99).ShouldBe(new PortfolioTail(-3, -3));
        PortfolioRisk.Historical([], PortfolioTailLevel.P99).ShouldBeNull();
        PortfolioRisk.Historical([-10.0, 10], PortfolioTailLevel.P95)!.Value.ValueAtRisk.ShouldBe(9, 1e-9);
    }

    [Fact]
    public void Parametric_tail_is_that_of_the_covariance_matrix()
    {
        var random = new Random(3);
        double[] btc = [.. Enumerable.Range(0, 250).Select(_ => random.NextDouble() - 0.5)];
        double[] eth = [.. btc.Select(r => (0.7 * r) + (0.3 * (random.NextDouble() - 0.5)))];
        var profits = PortfolioRisk.Profits(Book, [new("BTCUSDT", btc), new("ETHUSDT", eth)]);
        var mean = (1_000 * btc.Average()) - (500 * eth.Average());
        var variance = (1e6 * Covariance(btc, btc)) - (2 * 5e5 * Covariance(btc, eth)) + (25e4 * Covariance(eth, eth));
        var p95 = PortfolioRisk.Parametric(profits, PortfolioTailLevel.P95)!.Value;
        p95.ValueAtRisk.ShouldBe((1.6448536269514722 * Math.Sqrt(variance)) - mean, 1e-9 * Math.Sqrt(variance));
        p95.ExpectedShortfall.ShouldBe((2.0627128075074259 * Math.Sqrt(variance)) - mean, 1e-9 * Math.Sqrt(variance));
        var p99 = PortfolioRisk.Parametric(profits, PortfolioTailLevel.P99)!.Value;
        p99.ValueAtRisk.ShouldBe((2.3263478740408408 * Math.Sqrt(variance)) - mean, 1e-9 * Math.Sqrt(variance));
        p99.ExpectedShortfall.ShouldBe((2.6652142203458048 * Math.Sqrt(variance)) - mean, 1e-9 * Math.Sqrt(variance));
        PortfolioRisk.Parametric([1.0], PortfolioTailLevel.P95).ShouldBeNull();
        PortfolioRisk.Parametric([2.0, 2.0], PortfolioTailLevel.P95).ShouldBe(new PortfolioTail(-2, -2));
    }

    [Fact]
    public void A_scenario_moves_what_it_names_and_the_rest_by_its_default()
    {
        var crash = new PortfolioScenario("crash", -0.2m, new Dictionary<string, decimal> { ["ETHUSDT"] = -0.3m });
        crash.Profit(Book).ShouldBe(-200 + 150);
        new PortfolioScenario("squeeze", 0.1m).Profit(Book).ShouldBe(50);
        Should.Throw<ArgumentException>(() => new PortfolioScenario("end", -1.01m).Profit(Book)).Message.ShouldContain("end moves BTCUSDT by -1.01");
    }

    [Fact]
    public void A_report_adds_up_exposure_margin_and_scenarios()
    {
        var ladders = new Dictionary<string, LeverageBrackets> { ["BTCUSDT"] = LeverageBrackets.Flat("BTCUSDT", 0.01m) };
        var report = PortfolioReport.Of(
            Book, [new("BTCUSDT", [0.1, -0.1]), new("ETHUSDT", [0.1, 0.1])], 400, ladders, 0.02m, [new PortfolioScenario("down", -0.5m)]);
        (report.Exposure.Long, report.Exposure.Short, report.Exposure.Gross, report.Exposure.Net).ShouldBe((1_000m, 500m, 1_500m, 500m));
        (report.Exposure.LongCount, report.Exposure.ShortCount).ShouldBe((1, 1));
        report.MarginRatio.ShouldBe(20m / 400);
        report.LiquidationDistance.ShouldBe(380m / 1_500);
        report.Scenarios.ShouldBe([("down", -250m)]);
        report.Historical95!.Value.ValueAtRisk.ShouldBe(140, 1e-9);
        PortfolioReport.Of([], [], 400, ladders, 0.02m, []).Historical99.ShouldBeNull();
    }

    private static double Covariance(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / (x.Length - 1);
    }
}
