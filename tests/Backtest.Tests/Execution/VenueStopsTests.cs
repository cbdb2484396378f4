using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Parity;
using Granary.Backtest.Results;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Backtest.Tests.Execution;

/// <summary>Stops that rest at the simulated venue: they end a position that nobody else ends.</summary>
public sealed class VenueStopsTests
{
    [Theory]
    [InlineData(WorkingPrice.Last, 6_500)]
    [InlineData(WorkingPrice.Mark, 7_000)]
    public void A_stop_is_set_off_by_the_price_that_it_works_by_and_fills_at_the_next_trade(WorkingPrice working, long triggeredMs)
    {
        // Two trades a second: the one between two marks is only seen by a stop that works by the last price.
        decimal[] prices = [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 98.4m, 98.3m, 98.2m, 98.2m];
        var (result, log) = Run(prices, working);
        var stop = log.Orders[^1];
        (stop.Purpose, stop.Type, stop.Quantity, stop.DecidedMs - Markets.StartMs).ShouldBe((ProposalKind.Exit, OrderType.Market, 1m, triggeredMs));
        stop.IntentId.ShouldStartWith("stop/");
        stop.Fills.ShouldHaveSingleItem().TimeMs.ShouldBeGreaterThan(stop.DecidedMs);
        result.Trades.ShouldHaveSingleItem().ExitReason.ShouldBe("StopAtVenue");
        result.Symbols[0].OpenQuantity.ShouldBe(0);
    }

    [Fact]
    public void A_stop_rests_until_its_price_comes_and_is_no_order_before()
    {
        var (result, log) = Run([.. Enumerable.Repeat(100m, 30)], WorkingPrice.Last);
        log.Orders.Count.ShouldBe(1);
        result.Symbols[0].OpenQuantity.ShouldBe(1);
    }

    [Fact]
    public void An_exit_cancels_the_stop()
    {
        decimal[] prices = [.. Enumerable.Repeat(100m, 20), .. Enumerable.Repeat(98m, 20)];
        var (result, log) = Run(prices, WorkingPrice.Last, leaveAt: 12);
        log.Orders.Count.ShouldBe(2);
        result.Trades.ShouldHaveSingleItem().ExitReason.ShouldBe("Out");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(3_000)]
    public void An_exit_and_a_stop_that_meet_never_turn_the_position_over(int latencyMs)
    {
        decimal[] prices = [.. Enumerable.Repeat(100m, 20), .. Enumerable.Repeat(98m, 20)];
        for (var leaveAt = 15; leaveAt < 25; leaveAt++)
        {
            var (result, log) = Run(prices, WorkingPrice.Last, leaveAt, latencyMs);
            result.Symbols[0].OpenQuantity.ShouldBe(0);
            result.Trades.ShouldHaveSingleItem();
            log.Orders.Where(o => o.Purpose == ProposalKind.Exit).Sum(o => o.Filled).ShouldBe(1);
        }
    }

    private static (BacktestResult Result, OrderLog Log) Run(decimal[] prices, WorkingPrice working, int leaveAt = -1, int latencyMs = 0)
    {
        var recorder = new OrderRecorder();
        var script = new Script(onTrade: (context, i) =>
        {
            if (i == 1) Enter(context);
            if (i == leaveAt && context.Position.Quantity != 0) context.Leave("script", "Out");
        });
        AggTrade[] trades = [.. prices.Select((p, i) => new AggTrade(i + 1, Markets.StartMs + (i * 500L), Fixed8.FromDecimal(p), Fixed8.One, i + 1, 1, true))];
        var options = Markets.Terms(_ => [script]) with
        {
            Execution = Markets.Free with { Latency = new LatencyModel { OrderMs = latencyMs, ReportLagMs = latencyMs } },
            Protection = new ProtectionTerms { AtVenue = true, WorkingPrice = working },
            Recorder = recorder,
        };
        var result = BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades)], options);
        return (result, recorder.ToLog("backtest", result.Cash, []));
    }

    /// <summary>With an ATR of 1 the hard stop lies 1.5 below the entry.</summary>
    private static void Enter(StrategyContext context) => context.Propose(new Proposal(
        context.Account, context.Symbol, "script", "script/1", ProposalKind.Entry, OrderSide.Buy, 1, 1, context.LastPrice, context.TimeMs, -1, 1, "Test")).ShouldNotBeNull();
}
