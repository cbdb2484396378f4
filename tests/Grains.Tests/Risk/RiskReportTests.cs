using Granary.Engine.Performance;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Risk;

/// <summary>The live book's risk is what the kernels say of its positions and of the mark prices heard.</summary>
public sealed class RiskReportTests
{
    private static readonly decimal[] Marks = [100, 101, 99.5m, 100.2m, 98, 98.7m, 99.9m, 97.3m, 97.4m, 98.8m, 100];

    [Fact]
    public void Tails_scenarios_and_limits_are_those_of_the_live_book()
    {
        using var bench = new GrainBench();
        bench.Settings = Samples.Settings with { Scenarios = [new PortfolioScenario("crash", -0.5m)] };
        bench.StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: 10))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(1);

        // The first minute has no return, the last one is not over, and minute 6 was never heard: 6 and 7 have none.
        var returns = new List<double>();
        for (var i = 0; i < Marks.Length; i++)
        {
            if (i == 6) continue;
            var mark = Marks[i];
            bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, mark, Samples.T0 + (i * 60_000L), 0.0001m, Samples.T0 + 28_800_000, 0.5, 0.02)));
            bench.Pass(0.1);
            if (i is >= 1 and < 10 and not 7) returns.Add((double)(mark / Marks[i - 1]) - 1);
        }

        var report = bench.Ask(bench.Risk.GetReport);
        report.Periods.ShouldBe(returns.Count);
        var profits = returns.Select(r => r * 1_000).ToArray();
        var expected = PortfolioRisk.Historical(profits, PortfolioTailLevel.P95)!.Value;
        var historical = report.Tails.Single(t => t is { Method: "Historical", Confidence: 0.95 });
        historical.ValueAtRisk.ShouldBe(expected.ValueAtRisk, 1e-9);
        historical.ExpectedShortfall.ShouldBe(expected.ExpectedShortfall, 1e-9);
        report.Tails.Count.ShouldBe(4);
        report.LongNotional.ShouldBe(1_000);
        Profit("all -20%").ShouldBe(-200);
        Profit("BTCUSDT +20%").ShouldBe(200);
        Profit("crash").ShouldBe(-500);
        report.Limits.Single(l => l.Name == "PositionNotionalMax").Used.ShouldBe(1_000);
        var symbol = report.Symbols.Single();
        (symbol.Volatility, symbol.FundingDue, symbol.SlippageShare, symbol.NextFundingTimeMs)
            .ShouldBe((0.5, -0.1m, 0.0021m, Samples.T0 + 28_800_000));

        decimal Profit(string name) => report.Scenarios.Single(s => s.Name == name).Profit;
    }

    [Fact]
    public void A_flat_book_without_a_history_has_no_tail_and_nothing_to_lose()
    {
        using var bench = new GrainBench().StartActive();
        var report = bench.Ask(bench.Risk.GetReport);
        (report.Periods, report.Tails.Count, report.LongNotional, report.ShortNotional).ShouldBe((0, 0, 0, 0));
        report.MarginRatio.ShouldBe(0);
        report.LiquidationDistance.ShouldBeNull();
        report.Scenarios.ShouldAllBe(s => s.Profit == 0);
        (report.MakerFeeRate, report.TakerFeeRate, report.Stop).ShouldBe((0.0002m, 0.0005m, "None"));
    }
}
