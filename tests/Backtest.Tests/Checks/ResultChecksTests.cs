using Granary.Backtest.Checks;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Reports;
using Granary.Backtest.Results;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Backtest.Validation;
using Granary.Engine.Orders;

namespace Granary.Backtest.Tests.Checks;

public sealed class ResultChecksTests
{
    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;

    private static readonly CheckInputs Fair = new(new ExecutionOptions(), 2);

    // Sixty trades over sixty days, each at another hour, each earning the same: nothing to be said against them.
    private static readonly BacktestResult Sound = BacktestRunner.Run(
        [new CandleFeed(Markets.Rules(), Markets.Candles(10))], Markets.Terms(_ => [])) with
    {
        EndMs = Markets.StartMs + (60 * DayMs),
        Equity = 1_000_600m,
        Trades = Trades(_ => 10m),
        Samples = Samples(i => 1_000_000m + i),
        Fills = 120,
        Symbols = [Symbol("BTCUSDT", 60), Symbol("ETHUSDT", 60)],
    };

    [Fact]
    public void A_sound_result_has_no_warnings() => Names(Sound).ShouldBeEmpty();

    [Fact]
    public void An_equity_that_stands_still_is_told()
    {
        Names(Sound with { Samples = Samples(i => 1_000_000m + Math.Min(i, 60)) }).ShouldBe([WarningNames.FlatEquity]);
        Names(Sound with { Samples = Samples(i => 1_000_000m + Math.Min(i, 80)) }).ShouldBeEmpty();
        Names(Sound with { Samples = Samples(_ => 1_000_000m) }).ShouldBe([WarningNames.FlatEquity]);
    }

    [Fact]
    public void Few_trades_are_told_and_so_are_too_many_parameters_for_them()
    {
        Names(Sound with { Trades = Trades(_ => 10m)[..29] }).ShouldBe([WarningNames.FewTrades]);
        Names(Sound with { Trades = Trades(_ => 10m)[..30] }).ShouldBeEmpty();
        Names(Sound, Fair with { Parameters = 6 }).ShouldBeEmpty();
        Names(Sound, Fair with { Parameters = 7 }).ShouldBe([WarningNames.ManyParameters]);
        Names(Sound with { Trades = [] }, Fair with { Parameters = 0 }).ShouldBe([WarningNames.FewTrades]);
    }

    [Fact]
    public void One_month_or_one_hour_that_makes_all_the_profit_is_told()
    {
        // The walk begins on 2023-11-15 at midnight; trade i leaves on day i.
        Names(Sound with { Trades = Trades(i => i < 15 ? 100m : -1m) }).ShouldBe([WarningNames.OneMonth]);
        Names(Sound with { Trades = Trades(i => i % 24 == 7 ? 100m : -1m) }).ShouldBe([WarningNames.OneHour]);
        Names(Sound with { Trades = Trades(_ => -1m) }).ShouldBeEmpty();
    }

    [Fact]
    public void Orders_that_found_no_trade_for_long_are_told()
    {
        var trades = Markets.Walk(40);
        for (var i = 21; i < 40; i++) trades[i] = trades[i] with { TimeMs = trades[i].TimeMs + HourMs };
        var result = BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades)], Markets.Terms(_ => [new Script(onTrade: (context, i) =>
        {
            if (i == 2) context.Enter("script", OrderSide.Buy, 1, "");
            if (i == 20) context.Leave("script", "");
        })]));
        (result.Fills, result.StaleFills).ShouldBe((2, 1));
        Names(Sound with { StaleFills = result.StaleFills }).ShouldBe([WarningNames.StaleFills]);
    }

    [Fact]
    public void Fills_that_the_market_did_not_give_are_told()
    {
        BacktestRunner.Run([new TradeFeed(Markets.Rules(), Markets.Walk(600))], Markets.Terms(_ => [new CoinFlip(1, 1, 2, 2)], volume: 2))
            .FillsBeyondMarket.ShouldBe(0);
        Names(Sound with { FillsBeyondMarket = 1 }).ShouldBe([WarningNames.FillsBeatBook]);
        var touch = new ExecutionOptions { FillModel = FillModel.Touch };
        Names(Sound with { MakerFills = 5 }, Fair with { Execution = touch }).ShouldBe([WarningNames.FillsBeatBook]);
        Names(Sound, Fair with { Execution = touch }).ShouldBeEmpty();
    }

    [Fact]
    public void Costs_that_nobody_has_and_profits_that_costs_eat_are_told()
    {
        Names(Sound, Fair with { Execution = new ExecutionOptions { TakerFeeRate = 0.0001m } }).ShouldBe([WarningNames.LowCosts]);
        Names(Sound, Fair with { Execution = new ExecutionOptions { SlippageRate = 0 } }).ShouldBe([WarningNames.LowCosts]);
        Names(Sound with { HasBook = true }, Fair with { Execution = new ExecutionOptions { SlippageRate = 0 } }).ShouldBeEmpty();
        Names(Sound, Fair with { Sensitivity = [new SensitivityReport(1, 600, 1, 60), new SensitivityReport(2, -1, 0, 60)] }).ShouldBe([WarningNames.LowCosts]);
        Names(Sound, Fair with { Sensitivity = [new SensitivityReport(1, 600, 1, 60), new SensitivityReport(2, 1, 0, 60)] }).ShouldBeEmpty();
    }

    [Fact]
    public void Leaks_of_the_warm_up_and_of_the_future_are_told()
    {
        var clean = new LeakReport(3, 0, null, "", [new WarmUpReport(6 * HourMs, 40, 0), new WarmUpReport(HourMs, 40, 0)]);
        Names(Sound, Fair with { Leaks = clean }).ShouldBeEmpty();
        Names(Sound, Fair with { Leaks = clean with { WarmUps = [clean.WarmUps[0], new WarmUpReport(HourMs, 40, 3)] } }).ShouldBe([WarningNames.WarmUp]);
        Names(Sound, Fair with { Leaks = clean with { Leaks = 1 } }).ShouldBe([WarningNames.LookAhead]);
    }

    [Fact]
    public void A_universe_of_survivors_is_told()
    {
        SymbolSummary[] all = [Symbol("A", 60), Symbol("B", 60), Symbol("C", 60)];
        Names(Sound with { Symbols = all }).ShouldBe([WarningNames.Survivorship]);
        Names(Sound with { Symbols = [.. all[..2], Symbol("C", 40)] }).ShouldBeEmpty();
        Names(Sound with { Symbols = all, EndMs = Markets.StartMs + (29 * DayMs) }).ShouldBeEmpty();
    }

    [Fact]
    public void Every_warning_is_explained()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Orleans.sln"))) folder = folder.Parent;
        var guide = File.ReadAllLines(Path.Combine(folder.FullName, "docs", "backtesting.md"));
        foreach (var name in WarningNames.All) guide.ShouldContain("### " + name);
        new ResultWarning(WarningNames.FewTrades, "").Explanation.ShouldBe("docs/backtesting.md#few-trades");
    }

    private static IEnumerable<string> Names(BacktestResult result, CheckInputs? inputs = null) => ResultChecks.Of(result, inputs ?? Fair).Select(w => w.Name);

    private static ClosedTrade[] Trades(Func<int, decimal> net) =>
    [
        .. Enumerable.Range(0, 60).Select(i =>
        {
            var exitMs = Markets.StartMs + (i * DayMs) + (i % 24 * HourMs);
            return new ClosedTrade(
                i + 1, "BTCUSDT", "script", OrderSide.Buy, exitMs, exitMs, 1, 100, 101, net(i), 0, 0, 0, "", "", false);
        }),
    ];

    private static RunSample[] Samples(Func<int, decimal> equity) =>
        [.. Enumerable.Range(0, 101).Select(i => new RunSample(Markets.StartMs + (i * HourMs), equity(i), equity(i), 0, 0))];

    private static SymbolSummary Symbol(string name, int days) =>
        new(name, 1, 0, 0, "", 0, Markets.StartMs + (days * DayMs), [], []);
}
