using Granary.Backtest.Configuration;
using Granary.Backtest.Feeds;
using Granary.Backtest.Search;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Backtest.Validation;

namespace Granary.Backtest.Tests.Validation;

public sealed class ValidationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly CandleFeed[] _feeds = [new(Markets.Rules(), Markets.Candles(5 * 1440))];
    private readonly RunConfig _config = new() { Strategy = StrategyKind.Cross, Cash = 1_000_000m };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_test_set_is_looked_at_once()
    {
        var ledger = new TestLedger(Path.Combine(_folder, "ledger.jsonl"));
        ledger.Use(["BTCUSDT"], 100, 200, "a", allowsAgain: false, nowMs: 1).ShouldBe(0);
        ledger.Use(["ETHUSDT"], 100, 200, "a", allowsAgain: false, nowMs: 2).ShouldBe(0);
        ledger.Use(["BTCUSDT"], 200, 300, "a", allowsAgain: false, nowMs: 3).ShouldBe(0);
        Should.Throw<TestSetUsedException>(() => ledger.Use(["BTCUSDT"], 150, 160, "b", allowsAgain: false, nowMs: 4))
            .Message.ShouldContain("looked at 1 times");
        ledger.Use(["BTCUSDT"], 150, 160, "b", allowsAgain: true, nowMs: 5).ShouldBe(1);
        ledger.Use(["BTCUSDT"], 150, 160, "b", allowsAgain: true, nowMs: 6).ShouldBe(2);
        File.AppendAllText(Path.Combine(_folder, "ledger.jsonl"), "damage\n");
        Should.Throw<InvalidDataException>(() => ledger.Use(["X"], 0, 1, "", false, 7)).Message.ShouldContain("line 6");
    }

    [Fact]
    public void A_search_does_not_depend_on_workers_nor_on_interruptions()
    {
        foreach (var method in Enum.GetValues<SearchMethod>())
        {
            var options = new SearchOptions
            {
                Ranges = [ParameterRange.Parse("cross.fast=2:12:2"), ParameterRange.Parse("cross.slow=20:60:10")],
                Method = method,
                Score = ScoreKind.Net,
                TrialsMax = 30,
                Workers = 1,
            };
            var journal = Path.Combine(_folder, $"{method}.jsonl");
            var alone = ParameterSearch.Run(_feeds, _config, RunSpan.All, options);
            var many = ParameterSearch.Run(_feeds, _config, RunSpan.All, options with { Workers = 4, JournalPath = journal });
            Same(many, alone);

            // Broken off in the middle of a line.
            var lines = File.ReadAllLines(journal);
            lines.Length.ShouldBe(31);
            File.WriteAllText(journal, string.Join('\n', lines[..12]) + "\n" + lines[12][..7]);
            var resumed = ParameterSearch.Run(_feeds, _config, RunSpan.All, options with { JournalPath = journal });
            resumed.Resumed.ShouldBe(11);
            Same(resumed, alone);
            alone.Trials.Select(t => string.Join(' ', t.Values)).Distinct().Count().ShouldBe(30);
        }
    }

    [Fact]
    public void A_search_refuses_the_journal_of_another()
    {
        var options = new SearchOptions { Ranges = [ParameterRange.Parse("cross.fast=2:4:2")], JournalPath = Path.Combine(_folder, "j.jsonl") };
        ParameterSearch.Run(_feeds, _config, RunSpan.All, options);
        Should.Throw<InvalidDataException>(() => ParameterSearch.Run(_feeds, _config, RunSpan.All, options with { Score = ScoreKind.Calmar }))
            .Message.ShouldContain("line 1");
        Should.Throw<ArgumentException>(() => ParameterRange.Parse("cross.fats=1:2:1")).Message.ShouldContain("cross.fast");
        Should.Throw<ArgumentException>(() => ParameterRange.Parse("cross.fast=3:2:1"));
    }

    [Fact]
    public void Walk_forward_windows_follow_each_other_and_tests_add_up()
    {
        var search = new SearchOptions { Ranges = [ParameterRange.Parse("cross.fast=2:6:2")], Score = ScoreKind.Net };
        var result = WalkForward.Run(_feeds, _config, RunSpan.All, (2, 1, 1), search);
        const long dayMs = 86_400_000;
        result.Segments.Count.ShouldBeGreaterThan(1);
        result.Segments.ShouldAllBe(s => s.TestFromMs - s.TrainFromMs == 2 * dayMs && s.TestToMs - s.TestFromMs == dayMs);
        for (var i = 1; i < result.Segments.Count; i++) result.Segments[i].TestFromMs.ShouldBe(result.Segments[i - 1].TestToMs);
        result.Equity[0].Equity.ShouldBe(_config.Cash);
        var product = result.Segments.Aggregate(1m, (all, s) => all * (1 + (s.TestNetPnl / _config.Cash)));
        ((double)result.Equity[^1].Equity).ShouldBe((double)(_config.Cash * product), 1);
        Should.Throw<ArgumentException>(() => WalkForward.Run(_feeds, _config, RunSpan.All, (30, 7, 7), search)).Message.ShouldContain("whole days");
    }

    [Fact]
    public void Resampling_keeps_the_mean_and_orders_its_quantiles()
    {
        double[] pnls = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 30.0 : -10.0)];
        var result = MonteCarlo.OfTrades(1_000, pnls, new MonteCarloOptions { Paths = 4_000 })!;
        result.EndQuantiles.ShouldBeInOrder();
        // 100 draws of mean 10 and deviation 20: 1,000 either way of 2,000, by 200.
        result.EndQuantiles[2].ShouldBeInRange(1_950, 2_050);
        (result.EndQuantiles[4] - result.EndQuantiles[0]).ShouldBeInRange(2 * 1.645 * 200 * 0.9, 2 * 1.645 * 200 * 1.1);
        result.Fan[2][0].ShouldBe(1_000);
        result.Actual[^1].ShouldBe(2_000);
        MonteCarlo.OfTrades(1_000, pnls, new MonteCarloOptions { Paths = 4_000 })!.EndQuantiles.ShouldBe(result.EndQuantiles);
        MonteCarlo.OfTrades(1_000, [1], new MonteCarloOptions()).ShouldBeNull();
    }

    [Fact]
    public void Stresses_hit_what_is_held()
    {
        var options = Markets.Terms(_ => [new BuyAndHold(1)]);
        var feed = new TradeFeed(Markets.Rules(), Markets.Walk(10_000));
        var calm = BacktestRunner.Run([feed], options);
        var reports = StressTest.Run([feed], options, calm);
        reports.Select(r => r.Kind).ShouldBe(Enum.GetValues<StressKind>());
        ((double)reports[1].Difference).ShouldBe(-5_000, 200);
        reports[0].DeepestDrawdown.ShouldBeLessThan(calm.DeepestDrawdown);
    }

    [Fact]
    public void A_plateau_and_a_needle_are_told_apart()
    {
        var result = Sensitivity.Run(_feeds, _config, RunSpan.All, ["cross.fast", "cross.slow"], ScoreKind.Net);
        result.Points.Count.ShouldBe(8);
        result.Points.Select(p => p.Change).Distinct().ShouldBe([-0.3, -0.15, 0.15, 0.3], ignoreOrder: true);
        result.PlateauScore.ShouldBe(result.BaseScore > 0 ? result.Points.Count(p => p.Score >= result.BaseScore / 2) / 8.0 : null);
    }

    [Fact]
    public void Purged_folds_see_through_a_choice_by_luck()
    {
        var random = new Random(5);
        double[][] luck = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 100).Select(_ => random.NextDouble() - 0.5).ToArray())];
        var result = PurgedValidation.Run(luck, 5, 1, 2);
        result.Folds.Count.ShouldBe(5);
        result.Folds.ShouldAllBe(f => f.TrainDays < 100 - 20);
        luck[7] = [.. luck[7].Select(r => r + 1)];
        var skill = PurgedValidation.Run(luck, 5, 1, 2);
        skill.Folds.ShouldAllBe(f => f.Chosen == 7 && f.TestRank == 1);
        skill.OverfitShare.ShouldBe(0);
    }

    private static void Same(SearchResult a, SearchResult b)
    {
        a.Trials.Select(t => (t.Number, string.Join(' ', t.Values), t.Score, t.OrderHash))
            .ShouldBe(b.Trials.Select(t => (t.Number, string.Join(' ', t.Values), t.Score, t.OrderHash)));
        a.Best!.Number.ShouldBe(b.Best!.Number);
    }
}
