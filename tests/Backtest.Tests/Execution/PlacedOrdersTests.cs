using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Parity;
using Granary.Backtest.Results;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Engine.Decisions;
using Granary.Engine.Execution.Placement;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Signals;

namespace Granary.Backtest.Tests.Execution;

/// <summary>Orders that the live engine's kernel places in parts: near the best price first, following it, at the end across or given up.</summary>
public sealed class PlacedOrdersTests
{
    private static readonly PlacementPolicy Resting = new() { Style = PlacementStyle.LimitFirst, RepriceTicks = 2, RepriceMs = 1_000, BoundShare = 0.01m, TimeoutMs = 10_000 };

    private static readonly DecisionOptions Eager = new()
    {
        Signals = new SignalOptions
        {
            Momentum = new MomentumOptions { OfiThreshold = 0.02, IntensityThreshold = 0.1, LargeTradeThreshold = 0.1, SizeRatio = 1.01, OptionalNeeded = 1 },
        },
    };

    [Fact]
    public void An_entry_rests_near_the_last_price_and_pays_the_makers_fee_when_the_market_comes()
    {
        var (result, log) = Enter(Resting, [100.0m, 100.0m, 100.0m, 99.9m, 99.9m]);
        log.Orders.Select(o => (o.Type, o.Fills.Count)).ShouldBe([(OrderType.Market, 0), (OrderType.Limit, 1)]);
        log.Orders[1].ClientOrderId.ShouldBe(log.Orders[0].ClientOrderId + "-1");
        (log.Orders[1].Fills[0].Price, log.Orders[1].Fills[0].IsMaker).ShouldBe((100.0m, true));
        result.Symbols[0].OpenQuantity.ShouldBe(1);
    }

    [Fact]
    public void An_entry_follows_the_market_at_most_once_a_second_and_crosses_at_its_timeout()
    {
        var prices = Enumerable.Range(0, 30).Select(i => 100.0m + (Math.Min(i, 4) * 0.2m)).ToArray();
        var lines = new List<string>();
        var (_, log) = Enter(Resting, prices, lines);
        var amends = lines.Where(l => l.StartsWith("amend", StringComparison.Ordinal)).Select(l => long.Parse(l.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        amends.Count.ShouldBeGreaterThan(2);
        amends.Zip(amends.Skip(1), (a, b) => b - a).ShouldAllBe(gap => gap >= 1_000);
        var parts = log.Orders.Skip(1).ToList();
        parts.Count.ShouldBe(2);
        parts[0].Fills.ShouldBeEmpty();
        parts[1].Fills.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fill => fill.IsMaker.ShouldBeFalse(), fill => fill.Price.ShouldBeLessThanOrEqualTo(101.0m), fill => fill.TimeMs.ShouldBeGreaterThanOrEqualTo(Markets.StartMs + 11_000));
    }

    [Fact]
    public void An_entry_that_only_rests_is_given_up_and_frees_what_the_gate_held_for_it()
    {
        var policy = Resting with { Style = PlacementStyle.PostOnly, AtTimeout = PlacementTimeout.Cancel, BoundShare = 0.0001m };
        var prices = Enumerable.Range(0, 40).Select(i => 100.0m + (i * 0.5m)).ToArray();
        var trades = Tape(prices);
        var ids = new List<string?>();
        var script = new Script(onTrade: (context, i) =>
        {
            if (i is 1 or 5 or 30) ids.Add(context.Enter("script", OrderSide.Buy, 1, "Test"));
        });
        var result = BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades)], Terms(script, policy));
        result.Fills.ShouldBe(0);

        // The second is refused while the first rests; once that is given up a further one is approved.
        (ids[0] is null, ids[1] is null, ids[2] is null).ShouldBe((false, true, false));
        result.OrderEnds[OrderStatus.Canceled].ShouldBe(1);
    }

    [Fact]
    public void An_exit_gives_up_the_entry_that_still_rests()
    {
        var script = new Script(onTrade: (context, i) =>
        {
            if (i == 1) context.Enter("script", OrderSide.Buy, 2, "Test");
            if (context.Position.Quantity > 0 && i == 8) context.Leave("script", "Out");
        });

        // A trade at the price, smaller than the order: the touch fills a part of it, the rest stays.
        AggTrade[] trades = [.. Tape([.. Enumerable.Repeat(100.0m, 20)]).Select((t, i) => t with { QuantityE8 = i == 4 ? Fixed8.One : 1_000, IsBuyerMaker = i == 4 })];
        var options = Terms(script, Resting with { TimeoutMs = 600_000 }) with { Execution = Markets.Free with { FillModel = FillModel.Touch } };
        var result = BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades)], options);
        result.Trades.ShouldHaveSingleItem().Quantity.ShouldBe(1);
        result.OrderEnds[OrderStatus.Canceled].ShouldBe(1);
        result.Symbols[0].OpenQuantity.ShouldBe(0);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 120)]
    public void Signals_placed_in_parts_trade_no_more_than_was_approved_and_the_same_each_time(bool stopsAtVenue, int latencyMs)
    {
        var (result, log) = Run(stopsAtVenue, latencyMs);
        result.Trades.Count.ShouldBeGreaterThan(5);
        result.MakerFills.ShouldBeGreaterThan(0);
        result.Trades.ShouldAllBe(t => t.NetPnl == t.GrossPnl - t.Fees + t.Funding);
        var parents = log.Orders.Where(o => ClientOrderId.ParentOf(o.ClientOrderId) != o.ClientOrderId).GroupBy(o => ClientOrderId.ParentOf(o.ClientOrderId)).ToList();
        parents.ShouldNotBeEmpty();
        foreach (var parts in parents)
        {
            var parent = log.Orders.Single(o => o.ClientOrderId == parts.Key);
            parts.Sum(p => p.Filled).ShouldBeLessThanOrEqualTo(parent.Quantity);
            parts.ShouldAllBe(p => p.Side == parent.Side);
        }
        Run(stopsAtVenue, latencyMs).Result.OrderHash.ShouldBe(result.OrderHash);
    }

    [Fact]
    public void A_run_over_the_beginning_of_a_tape_places_what_the_run_over_all_of_it_begins_with()
    {
        var placement = new PlacementTerms { Entry = Resting, Exit = Resting };
        var protection = new ProtectionTerms { AtVenue = true };
        var trades = Markets.Walk(20_000);
        var whole = Lines(trades);
        whole.Count.ShouldBeGreaterThan(20);
        foreach (var count in (int[])[5_000, 9_999, 15_001])
        {
            var part = Lines(trades[..count]);
            part.ShouldBe(whole.Take(part.Count));
        }

        List<string> Lines(AggTrade[] tape)
        {
            var lines = new List<string>();
            Signals(placement, protection, 40, null, tape, lines.Add);
            return lines;
        }
    }

    [Fact]
    public void Terms_that_place_nothing_change_nothing()
    {
        var terms = new PlacementTerms { Entry = new PlacementPolicy { TimeoutMs = 500 } };
        var plain = Signals(new PlacementTerms(), new ProtectionTerms(), 0, null);
        Signals(terms, new ProtectionTerms(), 0, null).OrderHash.ShouldBe(plain.OrderHash);
    }

    [Fact]
    public void A_configuration_names_policies_as_the_live_one_does()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """
            { "placement": { "entry": { "style": "LimitFirst", "timeoutMs": 5000 } }, "protection": { "atVenue": true, "workingPrice": "Last" } }
            """);
        var config = RunConfig.Load(file);
        File.Delete(file);
        var options = config.ToOptions();
        (options.Placement.Entry.Style, options.Placement.Entry.TimeoutMs, options.Protection.AtVenue).ShouldBe((PlacementStyle.LimitFirst, 5_000, true));
        Should.Throw<ArgumentException>(() => (options with { Placement = new PlacementTerms { OrdersPerSecondMax = 0 } }).Validate()).Message.ShouldContain("OrdersPerSecondMax");
        Should.Throw<ArgumentException>(() => (options with { Protection = new ProtectionTerms { RetryMs = 1 } }).Validate()).Message.ShouldContain("RetryMs");
    }

    private static (BacktestResult Result, OrderLog Log) Run(bool stopsAtVenue, int latencyMs)
    {
        var recorder = new OrderRecorder();
        var result = Signals(
            new PlacementTerms { Entry = Resting, Exit = Resting, ForcedExit = new PlacementPolicy() }, new ProtectionTerms { AtVenue = stopsAtVenue, WorkingPrice = WorkingPrice.Last },
            latencyMs, recorder);
        return (result, recorder.ToLog("backtest", result.Cash, []));
    }

    private static BacktestResult Signals(
        PlacementTerms placement, ProtectionTerms protection, int latencyMs, OrderRecorder? recorder, AggTrade[]? trades = null, Action<string>? onLine = null)
    {
        var execution = new ExecutionOptions { Latency = new LatencyModel { OrderMs = latencyMs, ReportLagMs = latencyMs } };
        var options = Markets.Terms(_ => [new SignalStrategy(Eager)], execution) with
        {
            Limits = new RiskLimits { LossStreakPauseAt = 1_000, ProfitToFeesMin = 0 },
            Placement = placement,
            Protection = protection,
            Recorder = recorder,
            OnOrderLine = onLine,
        };
        return BacktestRunner.Run([new TradeFeed(Markets.Rules(), trades ?? Markets.Walk(40_000))], options);
    }

    private static (BacktestResult Result, OrderLog Log) Enter(PlacementPolicy policy, decimal[] prices, List<string>? lines = null)
    {
        var recorder = new OrderRecorder();
        var script = new Script(onTrade: (context, i) =>
        {
            if (i == 1) context.Enter("script", OrderSide.Buy, 1, "Test").ShouldNotBeNull();
        });
        var options = Terms(script, policy) with { Recorder = recorder, OnOrderLine = lines is null ? null : lines.Add };
        var result = BacktestRunner.Run([new TradeFeed(Markets.Rules(), Tape(prices))], options);
        return (result, recorder.ToLog("backtest", result.Cash, []));
    }

    private static BacktestOptions Terms(Script script, PlacementPolicy entry) =>
        Markets.Terms(_ => [script]) with { Placement = new PlacementTerms { Entry = entry } };

    /// <summary>A trade a second.</summary>
    private static AggTrade[] Tape(decimal[] prices) =>
        [.. prices.Select((price, i) => new AggTrade(i + 1, Markets.StartMs + (i * 1_000L), Fixed8.FromDecimal(price), Fixed8.One, i + 1, 1, true))];
}
