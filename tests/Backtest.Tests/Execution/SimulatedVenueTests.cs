using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Results;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Backtest.Tests.Execution;

public sealed class SimulatedVenueTests
{
    [Fact]
    public void A_market_order_takes_the_first_trade_after_its_arrival_and_pays_slippage_and_fee()
    {
        var execution = Markets.Stated with { Latency = new LatencyModel { FeedMs = 100, OrderMs = 150 } };
        AggTrade[] trades = [At(1, 0, 100m), At(2, 100, 101m), At(3, 249, 102m), At(4, 250, 103m), At(5, 400, 104m)];
        var result = Run(trades, execution, (context, i) => Buy(context, i, 0));
        result.Fills.ShouldBe(1);
        // 103 * 1.0001 on the tick above; 1 unit at 0.04 %.
        result.Turnover.ShouldBe(103.1m);
        result.Fees.ShouldBe(103.1m * 0.0004m);
        result.OrderWaysMs.ShouldBe([250]);
    }

    [Theory]
    [InlineData(FillModel.Touch, 1)]
    [InlineData(FillModel.Through, 0)]
    [InlineData(FillModel.Queue, 0)]
    public void A_trade_at_the_price_fills_only_the_hopeful(FillModel model, int fills)
    {
        AggTrade[] trades = [At(1, 0, 100m), At(2, 10, 100m, isBuyerMaker: false), At(3, 20, 99.9m, isBuyerMaker: true), At(4, 30, 100m)];
        Run(trades, Markets.Free with { FillModel = model }, Rest(99.9m)).Fills.ShouldBe(fills);
    }

    [Theory]
    [InlineData(FillModel.Touch)]
    [InlineData(FillModel.Through)]
    [InlineData(FillModel.Queue)]
    public void A_trade_through_the_price_fills_everybody_at_their_price(FillModel model)
    {
        AggTrade[] trades = [At(1, 0, 100m), At(2, 10, 99.8m, isBuyerMaker: true), At(3, 20, 100m)];
        var result = Run(trades, Markets.Free with { FillModel = model }, Rest(99.9m));
        (result.MakerFills, result.Turnover).ShouldBe((1, 99.9m));
    }

    [Fact]
    public void A_taker_of_our_own_side_does_not_trade_with_us()
    {
        AggTrade[] trades = [At(1, 0, 100m), At(2, 20, 99.9m, isBuyerMaker: false), At(3, 30, 100m)];
        Run(trades, Markets.Free with { FillModel = FillModel.Touch }, Rest(99.9m)).Fills.ShouldBe(0);
    }

    [Fact]
    public void The_queue_is_served_before_us()
    {
        AggTrade[] trades = [At(1, 0, 100m), .. Enumerable.Range(2, 40).Select(i => At(i, i * 10, 99.9m, isBuyerMaker: true)), At(50, 900, 100m)];
        var short1 = Run(trades, Markets.Free with { FillModel = FillModel.Queue, QueueAheadTrades = 20 }, Rest(99.9m));
        var long1 = Run(trades, Markets.Free with { FillModel = FillModel.Queue, QueueAheadTrades = 100_000 }, Rest(99.9m));
        (short1.Fills, long1.Fills).ShouldBe((1, 0));
    }

    [Fact]
    public void A_post_only_order_that_would_take_expires()
    {
        AggTrade[] trades = [At(1, 0, 100m), At(2, 10, 100m), At(3, 20, 99m)];
        var result = Run(trades, Markets.Free, Rest(100.5m));
        (result.Fills, result.OrderEnds[OrderStatus.Expired]).ShouldBe((0, 1));
    }

    [Fact]
    public void Funding_is_paid_by_who_holds_at_its_time()
    {
        AggTrade[] trades = [At(1, 0, 100m), At(2, 10, 100m), At(3, 5_000, 110m), At(4, 9_000, 100m)];
        var feed = new TradeFeed(
            Markets.Rules(), trades)
        { Funding = [new FundingRate(Markets.StartMs + 4_000, 0.001m), new FundingRate(Markets.StartMs + 6_000, -0.0005m)] };
        var result = BacktestRunner.Run([feed], Terms(Markets.Free, (context, i) => Buy(context, i, 0)));
        // At the last price before each time: 100, then 110.
        result.Funding.ShouldBe((-100m * 0.001m) + (110m * 0.0005m));
    }

    [Fact]
    public void A_position_that_the_wallet_does_not_cover_is_liquidated()
    {
        AggTrade[] trades = [At(1, 0, 100m), At(2, 10, 100m), .. Enumerable.Range(3, 100).Select(i => At(i, i * 10, 100m - ((i - 3) * 0.1m)))];
        var options = Terms(Markets.Free with { LiquidationFeeRate = 0.01m }, (context, i) => Buy(context, i, 0)) with { Cash = 10m };
        var result = BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades)], options);
        result.Liquidations.ShouldBe(1);
        result.Trades.Single().ExitReason.ShouldBe("Liquidation");
        result.Symbols[0].OpenQuantity.ShouldBe(0);
        // 10 + (p - 100) = 0.025 p at p = 92.31, the first tick at or below it is 92.3.
        result.Trades.Single().ExitPrice.ShouldBe(92.3m);
    }

    [Fact]
    public void Orders_walk_a_recorded_book_and_rest_in_its_queue()
    {
        BookRow[] rows =
        [
            Row(0, 99m, 5, BookRowKind.Bid), Row(0, 101m, 2, BookRowKind.Ask), Row(0, 102m, 5, BookRowKind.Ask, isLast: true),
            Trade(1, 10, 101m, 0.001m, BookRowKind.Buy), Row(200, 99m, 5, BookRowKind.Bid, isLast: true), Row(400, 99m, 5, BookRowKind.Bid, isLast: true),
        ];
        var maker = new Once(3m);
        var options = Terms(Markets.Free with { FillModel = FillModel.Queue }, null) with { Strategies = _ => [maker], UsesGate = false };
        var result = BacktestRunner.Run([new BookFeed(Markets.Rules(), rows)], options);
        // Two at 101 and one at 102.
        (result.Fills, result.Turnover).ShouldBe((2, 304m));
    }

    private static Action<StrategyContext, int> Rest(decimal price) => (context, i) =>
    {
        if (i == 0) context.Rest("script", ProposalKind.Entry, OrderSide.Buy, price, 1, "Rest").ShouldNotBeNull();
    };

    private static void Buy(StrategyContext context, int i, int at)
    {
        if (i == at) context.Enter("script", OrderSide.Buy, 1, "Buy").ShouldNotBeNull();
    }

    private static BacktestResult Run(AggTrade[] trades, ExecutionOptions execution, Action<StrategyContext, int> onTrade) =>
        BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades)], Terms(execution, onTrade));

    private static BacktestOptions Terms(ExecutionOptions execution, Action<StrategyContext, int>? onTrade) =>
        Markets.Terms(_ => [new Script(onTrade: onTrade)], execution);

    private static AggTrade At(long id, long afterMs, decimal price, bool isBuyerMaker = false) =>
        new(id, Markets.StartMs + afterMs, Fixed8.FromDecimal(price), Fixed8.One * 5, id, 1, isBuyerMaker);

    private static BookRow Row(long afterMs, decimal price, long quantity, BookRowKind kind, bool isLast = false) =>
        new(Markets.StartMs + afterMs, Fixed8.FromDecimal(price), quantity * Fixed8.One, 0, kind, isLast);

    private static BookRow Trade(long id, long afterMs, decimal price, decimal quantity, BookRowKind kind) =>
        new(Markets.StartMs + afterMs, Fixed8.FromDecimal(price), Fixed8.FromDecimal(quantity), id, kind, true);

    private sealed class Once(decimal quantity) : TradingStrategy
    {
        private bool _isDone;

        public override string Name => "once";

        public override long TimerMs => 100;

        public override void OnTimer(StrategyContext context)
        {
            if (_isDone) return;
            _isDone = true;
            context.Enter(Name, OrderSide.Buy, quantity, "Once").ShouldNotBeNull();
        }
    }
}
