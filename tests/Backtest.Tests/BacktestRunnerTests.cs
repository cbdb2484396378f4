using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Results;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Engine.Decisions;
using Granary.Engine.Market;
using Granary.Engine.Signals;

namespace Granary.Backtest.Tests;

public sealed class BacktestRunnerTests
{
    // Looser than the defaults, so that a short walk has entries of all kinds.
    private static readonly DecisionOptions Eager = new()
    {
        Signals = new SignalOptions
        {
            Momentum = new MomentumOptions { OfiThreshold = 0.02, IntensityThreshold = 0.1, LargeTradeThreshold = 0.1, SizeRatio = 1.01, OptionalNeeded = 1 },
        },
    };

    [Fact]
    public void A_run_over_the_beginning_of_a_tape_is_the_beginning_of_the_run_over_all_of_it()
    {
        var trades = Markets.Walk(40_000);
        var whole = Lines(trades);
        whole.Count.ShouldBeGreaterThan(20);
        foreach (var count in (int[])[1, 5_000, 13_337, 21_000, 29_999, 36_001, 39_999])
        {
            var part = Lines(trades[..count]);
            part.ShouldBe(whole.Take(part.Count));
            var lastMs = trades[count - 1].TimeMs;
            whole.Skip(part.Count).ShouldAllBe(line => TimeOf(line) >= lastMs);
        }
    }

    [Fact]
    public void The_same_run_has_the_same_orders_and_another_has_others()
    {
        var trades = Markets.Walk(20_000);
        var first = Run(trades);
        Run(trades).OrderHash.ShouldBe(first.OrderHash);
        trades[15_000] = trades[15_000] with { PriceE8 = trades[15_000].PriceE8 + 50_000_000 };
        Run(Markets.Walk(20_000, 2)).OrderHash.ShouldNotBe(first.OrderHash);
    }

    [Fact]
    public void Equity_is_cash_and_what_the_trades_and_the_open_position_earned()
    {
        var result = Run(Markets.Walk(40_000));
        result.Trades.Count.ShouldBeGreaterThan(5);
        result.Trades.ShouldAllBe(t => t.NetPnl == t.GrossPnl - t.Fees + t.Funding);
        if (result.Symbols[0].OpenQuantity == 0) result.Equity.ShouldBe(result.Cash + result.Trades.Sum(t => t.NetPnl), 0.000001m);
        result.Days[0].Equity.ShouldBe(result.Cash);
        result.Days[^1].Equity.ShouldBe(result.Equity);
    }

    [Fact]
    public void Symbols_share_one_account_and_their_events_come_in_order()
    {
        MarketFeed[] feeds = [new TradeFeed(Markets.Rules(), Markets.Walk(20_000)), new TradeFeed(Markets.Rules("ETHUSDT"), Markets.Walk(20_000, 7))];
        var both = BacktestRunner.Run(feeds, Terms());
        var turned = BacktestRunner.Run([feeds[1], feeds[0]], Terms());
        both.Trades.Select(t => t.Symbol).Distinct().Count().ShouldBe(2);
        both.Equity.ShouldBe(turned.Equity);
        both.Trades.Select(t => t.ExitMs).ShouldBeInOrder();
        Should.Throw<ArgumentException>(() => BacktestRunner.Run([feeds[0], feeds[0]], Terms())).Message.ShouldContain("BTCUSDT");
    }

    [Fact]
    public void A_tape_without_trades_gives_a_result_without_any()
    {
        var result = BacktestRunner.Run([new TradeFeed(Markets.Rules(), ReadOnlyMemory<AggTrade>.Empty)], Terms());
        (result.Equity, result.Trades.Count, result.Orders).ShouldBe((result.Cash, 0, 0));
        BacktestRunner.Run([new TradeFeed(Markets.Rules(), Markets.Walk(1))], Terms()).Orders.ShouldBe(0);
    }

    [Fact]
    public void A_coin_flip_loses_what_trading_costs()
    {
        var costs = new List<double>();
        var returns = new List<double>();
        var execution = Markets.Free with { TakerFeeRate = 0.0004m };
        for (var seed = 0; seed < 1_000; seed++)
        {
            var own = seed;
            var result = BacktestRunner.Run(
                [new TradeFeed(Markets.Rules(), Markets.Walk(600, seed))], Markets.Terms(_ => [new CoinFlip(own, 1, 2, 2)], execution, volume: 2));
            returns.Add((double)(result.Equity - result.Cash));
            costs.Add((double)result.Fees);
        }
        var mean = returns.Average();
        var error = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (returns.Count - 1) / returns.Count);
        costs.Average().ShouldBeGreaterThan(0);
        Math.Abs(mean + costs.Average()).ShouldBeLessThan(3.3 * error);
        mean.ShouldBeLessThan(0);
    }

    private static BacktestOptions Terms() =>
        Markets.Terms(_ => [new SignalStrategy(Eager)], new ExecutionOptions()) with { Limits = new Engine.Risk.RiskLimits { LossStreakPauseAt = 1_000, ProfitToFeesMin = 0 } };

    private static BacktestResult Run(AggTrade[] trades) => BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades)], Terms());

    private static List<string> Lines(AggTrade[] trades)
    {
        var lines = new List<string>();
        BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades)], Terms() with { OnOrderLine = lines.Add });
        return lines;
    }

    private static long TimeOf(string line) =>
        long.Parse(line.AsSpan(line.LastIndexOf(',') + 1).TrimEnd('\n'), System.Globalization.CultureInfo.InvariantCulture);
}
