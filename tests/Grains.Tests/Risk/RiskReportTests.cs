using Granary.Engine.Market;
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

        var returns = new List<double>();

        // Thirty minutes of candles from before the first mark.
        for (var i = -30; i < 0; i++) bench.Venue.Klines.Add(Candle(i, 100 + (i % 3)));
        for (var i = -29; i < 0; i++) returns.Add((double)((100m + (i % 3)) / (100m + ((i - 1) % 3))) - 1);

        // The first minute has no return, the last one is not over, and minute 6 was never heard: 6 and 7 have none.
        for (var i = 0; i < Marks.Length; i++)
        {
            if (i == 6) continue;
            var mark = Marks[i];
            bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, mark, Samples.T0 + (i * 60_000L), 0.0001m, Samples.T0 + 28_800_000, 0.5, 0.02)));
            bench.Pass(0.1);
            if (i is >= 1 and < 10 and not 7) returns.Add((double)(mark / Marks[i - 1]) - 1);
        }

        bench.Pass(6);
        var report = bench.Ask(bench.Risk.GetReport);
        report.Periods.ShouldBe(returns.Count);
        var profits = returns.Select(r => r * 1_000).ToArray();
        var expected = PortfolioRisk.Historical(profits, PortfolioTailLevel.P95)!.Value;
        var historical = report.Tails.Single(t => t is { Method: "Historical", Confidence: 0.95 });
        historical.ValueAtRisk.ShouldBe(expected.ValueAtRisk, 1e-9);
        historical.ExpectedShortfall.ShouldBe(expected.ExpectedShortfall, 1e-9);
        report.Tails.Select(t => t.Confidence).ShouldBe([0.95, 0.95], "for 99 % they are too few");
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
    public void After_a_restart_candles_fill_what_was_not_heard_and_nothing_twice()
    {
        using var bench = new GrainBench().StartActive();
        for (var i = -200; i < 0; i++) bench.Venue.Klines.Add(Candle(i, 100 + (i % 3)));
        Mark(bench, 0);
        bench.Pass(6);
        bench.Ask(bench.Risk.GetReport).Periods.ShouldBe(199);
        bench.Venue.Count("klines 1m").ShouldBe(1);
        bench.Pass(60);
        bench.Venue.Count("klines 1m").ShouldBe(1);
        bench.Crash();

        bench.StartActive();
        for (var i = 0; i < 60; i++) bench.Venue.Klines.Add(Candle(i, 100 + (i % 3)));
        Mark(bench, 60);
        bench.Pass(6);
        var report = bench.Ask(bench.Risk.GetReport);
        report.Periods.ShouldBe(259);
        report.Tails.Count.ShouldBe(4);
    }

    [Fact]
    public void Candles_that_the_venue_does_not_show_are_asked_for_again()
    {
        using var bench = new GrainBench().StartActive();
        for (var i = -30; i < 0; i++) bench.Venue.Klines.Add(Candle(i, 100));
        bench.Venue.Outage = "the venue is away";
        Mark(bench, 0);
        bench.Pass(6);
        bench.Ask(bench.Risk.GetReport).Tails.ShouldBeEmpty();
        bench.Venue.Outage = null;
        bench.Pass(31);
        bench.Ask(bench.Risk.GetReport).Periods.ShouldBe(29);
    }

    private static void Mark(GrainBench bench, int minute) =>
        bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, 100, Samples.T0 + (minute * 60_000L), 0, 0, null, null)));

    private static Kline Candle(int minute, decimal close) => new(
        Samples.T0 + (minute * 60_000L), close, close, close, close, 1, Samples.T0 + (minute * 60_000L) + 59_999, close, 1, 1, close);

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
