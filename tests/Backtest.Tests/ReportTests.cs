using Granary.Backtest.Checks;
using Granary.Backtest.Configuration;
using Granary.Backtest.Feeds;
using Granary.Backtest.Reports;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Backtest.Validation;
using Granary.Engine.Performance;

namespace Granary.Backtest.Tests;

public sealed class ReportTests
{
    [Fact]
    public void A_tear_sheet_loads_nothing_and_holds_its_data()
    {
        var result = BacktestRunner.Run([new CandleFeed(Markets.Rules(), Markets.Candles(3_000))], Markets.Terms(_ => [new AverageCross(5, 20, 1)]));
        var report = BacktestReport.Of(result);
        var page = TearSheet.Write(result, report, new RunConfig { Strategy = StrategyKind.Cross }, new TearSheetExtras { Warnings = ["<b>looked twice"] });
        page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("://");
        page.ShouldNotContain("<link");
        page.ShouldNotContain("<b>looked");
        page.ShouldContain(result.OrderHash);
        foreach (var chart in (string[])["equity", "underwater", "months", "returns", "rolling", "exposure", "price-BTCUSDT", "by-signal", "by-hour"])
            page.ShouldContain($"id=\"{chart}\"");
    }

    [Fact]
    public void A_tear_sheet_is_made_again_from_the_folder_of_its_run()
    {
        var folder = Directory.CreateTempSubdirectory("granary-report").FullName;
        try
        {
            var result = BacktestRunner.Run([new CandleFeed(Markets.Rules(), Markets.Candles(3_000))], Markets.Terms(_ => [new AverageCross(5, 20, 1)]));
            var config = new RunConfig { Strategy = StrategyKind.Cross };
            var report = BacktestReport.Of(result, [new SensitivityReport(2, -5.5m, null, 7)]) with
            {
                Warnings = ResultChecks.Of(result, new CheckInputs(Markets.Free, 2)),
            };
            report.Warnings.ShouldNotBeEmpty();
            var fan = MonteCarlo.OfTrades(result, new MonteCarloOptions());
            ReportFiles.Write(folder, result, report, config, new TearSheetExtras { MonteCarlo = fan, Warnings = ["looked twice"] });
            var page = File.ReadAllText(Path.Combine(folder, "report.html"));
            RunRecord.Load(folder).Page(config).ShouldBe(page);
            foreach (var warning in report.Warnings)
            {
                page.ShouldContain(warning.Explanation);
                page.ShouldContain($"href=\"#why-{warning.Name}\"");
                page.ShouldContain($"id=\"why-{warning.Name}\"");
            }
            page.ShouldContain("A taker fee below 0.017 %");
            File.ReadAllText(Path.Combine(folder, "metrics.json")).ShouldContain("\"low-costs\"");

            File.WriteAllText(Path.Combine(folder, RunRecord.FileName), "{\n\"result\": 5}");
            Should.Throw<InvalidDataException>(() => RunRecord.Load(folder)).Message.ShouldContain("run.json line 2");
            File.WriteAllText(Path.Combine(folder, RunRecord.FileName), "{}");
            Should.Throw<InvalidDataException>(() => RunRecord.Load(folder)).Message.ShouldContain("run.json");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Groups_hold_every_trade_once()
    {
        var result = BacktestRunner.Run([new CandleFeed(Markets.Rules(), Markets.Candles(3_000))], Markets.Terms(_ => [new AverageCross(5, 20, 1)]));
        var report = BacktestReport.Of(result);
        foreach (var by in (string[])["signal", "hour", "regime", "side", "symbol", "exit"])
        {
            report.Groups.Where(g => g.By == by).Sum(g => g.Trades.Trades).ShouldBe(result.Trades.Count);
            report.Groups.Where(g => g.By == by).Sum(g => g.Trades.NetProfit).ShouldBe(result.Trades.Sum(t => t.NetPnl));
        }
        report.NetPnl.ShouldBe(report.GrossPnl - report.Fees + report.Funding);
        report.Daily.ShouldBe(EquityMetrics.Compute([.. result.Days]));
    }

    [Fact]
    public void A_configuration_survives_its_file_and_names_what_is_wrong_in_one()
    {
        var path = Path.GetTempFileName();
        try
        {
            var config = Parameters.Set(new RunConfig { VolumeThreshold = 12.5m }, "momentum.ofiThreshold", 0.2);
            File.WriteAllText(path, config.ToJson());
            RunConfig.Load(path).ToJson().ShouldBe(config.ToJson());
            File.WriteAllText(path, "{\n  \"cash\": 5,\n  \"cahs\": 6\n}");
            Should.Throw<InvalidDataException>(() => RunConfig.Load(path)).Message.ShouldContain($"{path} line");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_parameter_is_read_back_as_it_was_set()
    {
        foreach (var parameter in Parameters.All)
        {
            var value = parameter.IsWhole ? 3 : 0.25;
            parameter.Get(Parameters.Set(new RunConfig(), parameter.Name, value)).ShouldBe(value, 1e-12);
        }
    }
}
