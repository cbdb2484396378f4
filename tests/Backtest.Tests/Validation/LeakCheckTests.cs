using Granary.Backtest.Feeds;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Backtest.Validation;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Backtest.Tests.Validation;

public sealed class LeakCheckTests
{
    private static readonly CandleFeed Feed = new(Markets.Rules(), Markets.Candles(600));

    [Fact]
    public void One_single_candle_of_look_ahead_is_caught()
    {
        var report = LeakCheck.Run([Feed], Markets.Terms(feed => [new Peeker(((CandleFeed)feed).Candles, 1)]), cutsMax: 10);
        report.LooksAhead.ShouldBeTrue();
        report.FirstLeak.ShouldContain("order,");
        report.FirstLeakMs.ShouldNotBeNull();
    }

    [Fact]
    public void Looking_at_the_candle_that_has_just_closed_is_none()
    {
        var report = LeakCheck.Run([Feed], Markets.Terms(feed => [new Peeker(((CandleFeed)feed).Candles, 0)]), cutsMax: 10);
        report.Cuts.ShouldBe(10);
        report.Leaks.ShouldBe(0);
        LeakCheck.Run([Feed], Markets.Terms(_ => [new AverageCross(3, 9, 1)]), cutsMax: 10).LooksAhead.ShouldBeFalse();
    }

    [Fact]
    public void A_warm_up_that_is_too_short_is_seen()
    {
        var report = LeakCheck.Run(
            [Feed], Markets.Terms(_ => [new AverageCross(20, 120, 1)]), cutsMax: 2, warmUpsMs: [180 * 60_000L, 130 * 60_000L, 60 * 60_000L]);
        report.WarmUps.Select(w => w.WarmUpMs / 60_000).ShouldBe([180, 130, 60]);
        report.WarmUps[0].Different.ShouldBe(0);
        report.WarmUps[1].Different.ShouldBe(0);
        report.WarmUps[2].Different.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_planted_edge_is_found_with_its_size()
    {
        // Knows the next candle: earns its move, long or flat, and nothing else, as nothing costs.
        var candles = Markets.Candles(600);
        var result = BacktestRunner.Run([new CandleFeed(Markets.Rules(), candles)], Markets.Terms(_ => [new Peeker(candles, 2)]));
        var expected = 0m;
        for (var i = 0; i + 2 < candles.Length; i++)
        {
            // Decided at the close of i, filled at the open of i + 1, left at the open of i + 2.
            if (candles[i + 2].Open > candles[i + 1].Open) expected += candles[i + 2].Open - candles[i + 1].Open;
        }
        result.Trades.Sum(t => t.NetPnl).ShouldBeInRange(expected * 0.9m, expected * 1.1m);
    }

    /// <summary>Long for a candle when the data it was given say that a later open is higher than an earlier one.</summary>
    private sealed class Peeker(ReadOnlyMemory<Kline> candles, int ahead) : TradingStrategy
    {
        private int _at;

        public override string Name => "peek";

        public override void OnCandle(StrategyContext context, in Kline candle)
        {
            var i = _at++;
            var from = ahead == 2 ? i + 1 : i;
            var isUp = i + ahead < candles.Length && (ahead == 2
                ? candles.Span[i + 2].Open > candles.Span[from].Open
                : candles.Span[i + ahead].Close > candles.Span[from].Open);
            if (isUp && context.Position.Quantity == 0) context.Enter(Name, OrderSide.Buy, 1, "Peek");
            else if (!isUp && context.Position.Quantity > 0) context.Leave(Name, "Peek");
        }
    }
}
