using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Faults;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Journal.Records;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures of attribution: whose a fill is, and what to do where no history shows it. Names begin with the row of the list of scenarios.</summary>
public sealed class HistoryScenarios
{
    private static readonly FaultRule[] Deaf = [new(FaultKind.EventLost) { Stream = "ORDER_TRADE_UPDATE" }, new(FaultKind.EventLost) { Stream = "ACCOUNT_UPDATE" }];

    [Fact]
    public void N3_a_position_older_than_the_venues_history_is_adopted_at_its_entry_price()
    {
        var bought = 0m;
        using var stage = new Stage(
            81, o => o with { FillsMax = 4 },
            w =>
            {
                w.Evidence.MayInfer = true;
                w.TradeByHand("web_1", OrderSide.Buy, 0.1m);
                bought = w.Core.GetPositions(World.Account, Stage.Symbol).Single(p => p.Quantity != 0).EntryPrice;
                Churn(w);
            });
        var books = stage.Ask();
        (books.Quantity, books.ExternalQuantity).ShouldBe((0.1m, 0.1m));
        Math.Abs((books.EntryPrice / stage.World.Core.GetPositions(World.Account, Stage.Symbol).Single(p => p.Quantity != 0).EntryPrice) - 1).ShouldBeLessThan(1e-6m);
        bought.ShouldBeGreaterThan(0);
        stage.Evidence.Fills.Values.Where(f => f.IsSynthetic).Sum(f => f.Quantity).ShouldBe(0.1m);
        SettleShort(stage);
    }

    [Fact]
    public void N4_a_position_that_the_venue_no_longer_has_is_given_up_within_three_rounds_with_one_alert()
    {
        using var stage = new Stage(82, o => o with { FillsMax = 4 });
        stage.Evidence.MayInfer = true;
        stage.World.TradeByHand("web_1", OrderSide.Buy, 0.05m);
        stage.Until(() => stage.Ask().Quantity == 0.05m, 35, "the position to be known");
        stage.World.Ask(() => stage.World.Risk.SetState("ReduceOnly", "nothing new", "test"));
        stage.Fault(5, Deaf);
        stage.World.TradeByHand("web_2", OrderSide.Sell, 0.05m);
        Churn(stage.World);
        stage.Until(() => stage.Ask().Quantity == 0, 95, "the books to be flat");
        stage.Run(60);
        var told = stage.Incidents("PositionDiffers").Count + stage.Incidents("FillsMissed").Count;
        told.ShouldBeInRange(1, 2);
        var incidents = stage.Evidence.Incidents;
        stage.Run(240);
        stage.Evidence.Incidents.ShouldBe(incidents);
        stage.Ask().Quantity.ShouldBe(0);
        SettleShort(stage);
    }

    [Fact]
    public void F3_after_an_exit_a_reversal_and_a_restart_every_fill_is_given_to_the_order_that_made_it()
    {
        using var stage = new Stage(83);
        stage.Until(() => stage.Position != 0 && stage.Ask() is { StopState: "Resting", LiveOrders.Count: 0 }, 3_600, "a protected position");
        var (entry, position) = (stage.Ask().Strategy, stage.Position);
        stage.World.Crash();

        // Exit, by the stop that rests at the venue, and reversal by hand within five seconds, while nobody looks.
        var stop = stage.World.Core.GetConditionals(World.Account).Single(c => c.IsWaiting);
        var distance = (stop.Request.TriggerPrice / stage.World.Core.GetMarkPrice(Stage.Symbol).Mark) - 1;
        stage.Moves.Add(new Exchange.SyntheticMove(stage.Now.ToUnixTimeMilliseconds() + 1, 3_000, (double)distance * 1.5));
        stage.World.Scheduler.RunUntil(() => stage.Position == 0, TimeSpan.FromSeconds(60));
        var side = position > 0 ? OrderSide.Sell : OrderSide.Buy;
        stage.World.TradeByHand("web_1", side, 0.01m);
        stage.World.Scheduler.RunFor(TimeSpan.FromSeconds(2));
        stage.World.StartSilo();
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(90);
        stage.Until(() => stage.Evidence.VenueFills.Keys.All(stage.Evidence.Fills.ContainsKey), 30, "every fill");
        foreach (var (key, fill) in stage.Evidence.VenueFills)
        {
            var booked = stage.Evidence.Fills[key];
            booked.VenueOrderId.ShouldBe(fill.OrderId);
            booked.Strategy.ShouldBe(fill.ClientOrderId.StartsWith("web_", StringComparison.Ordinal) ? "EXTERNAL" : entry);
        }

        stage.Run(60);
        stage.World.Core.GetConditionals(World.Account).ShouldAllBe(c => !c.IsWaiting || c.Request.Side != side || stage.Position * position > 0);
        stage.Settle();
    }

    /// <param name="seed">Both have failed: a stop and an exit that filled together closed part of what is not the strategy's.</param>
    [Theory]
    [InlineData(84UL)]
    [InlineData(184UL)]
    public void F5_what_is_added_by_hand_is_a_lot_of_its_own_and_leaves_the_strategys_alone(ulong seed)
    {
        using var stage = new Stage(seed);
        stage.UntilPosition();
        var (own, side) = (stage.Position, stage.Position > 0 ? OrderSide.Buy : OrderSide.Sell);
        var pnl = stage.Ask().OwnPnl;
        stage.World.TradeByHand("web_1", side, 0.01m);
        stage.Until(() => stage.Ask().ExternalQuantity == (int)side * 0.01m, 35, "the lot");
        var books = stage.Ask();
        (books.Quantity - books.ExternalQuantity, books.OwnPnl, books.Strategy).ShouldBe((own, pnl, "momentum"));

        // The strategy leaves with what is its own.
        stage.World.Ask(() => stage.World.Risk.SetState("ReduceOnly", "nothing new", "test"));
        stage.Until(() => stage.Ask() is var now && now.Quantity == now.ExternalQuantity && now.LiveOrders.Count == 0, 3_600, "the strategy's exit");
        stage.Position.ShouldBe((int)side * 0.01m);

        // The strategy's result is its own: what somebody else then loses on the account changes neither streak nor sizes.
        var streak = stage.World.Ask(stage.World.Risk.GetReport).LossStreak;
        var other = side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;
        for (var i = 2; i <= 9; i++) stage.World.TradeByHand($"web_{i}", i % 2 == 0 ? other : side, 0.02m);
        stage.Until(() => stage.Ask().Quantity == stage.Position, 35, "the trades by hand");
        stage.World.Ask(stage.World.Risk.GetReport).LossStreak.ShouldBe(streak);
        stage.Settle();
    }

    [Fact]
    public void F6_what_is_too_small_to_be_ordered_is_dust_and_the_trade_is_closed()
    {
        // The smallest order is five steps now: two fifths of it cannot be ordered.
        using var stage = new Stage(85, o => o with
        {
            ToldRules = r => r with { StepSize = 0.005m, QuantityMin = 0.005m },
            FeeAsset = new FeeAsset("BNB", 500m),
            Engine = e => e with { FeeAssetPrices = [new AssetAmount("BNB", 512m)] },
        });
        stage.UntilPosition();
        stage.World.Ask(() => stage.World.Risk.SetState("ReduceOnly", "nothing new", "test"));
        var side = stage.Position > 0 ? OrderSide.Buy : OrderSide.Sell;
        stage.World.TradeByHand("web_1", side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy, Math.Abs(stage.Position) - 0.002m);
        stage.Until(() => stage.Ask().DustQuantity == (int)side * 0.002m, 35, "the dust");
        var exits = stage.Evidence.Orders.Values.Count(o => o.Purpose == "Exit");
        stage.Run(60);

        // Nothing is tried with it: no exit, no stop.
        stage.Evidence.Orders.Values.Count(o => o.Purpose == "Exit").ShouldBe(exits);
        stage.World.Core.GetConditionals(World.Account).ShouldAllBe(c => !c.IsWaiting);
        stage.Ask().Strategy.ShouldBeEmpty();
        stage.Position.ShouldBe((int)side * 0.002m);

        // The fees were paid in another asset: they leave the wallet alone, and are shown apart at the price that is stated.
        stage.Evidence.Fills.Values.ShouldAllBe(f => f.FeeAsset == "BNB" && f.Fee > 0);
        var paid = stage.Evidence.Fills.Values.Sum(f => f.Fee);
        stage.AskRisk().Fees.ShouldBe(0);
        stage.AskRisk().OtherFees.ShouldBe([new AssetFee("BNB", paid, 512m, paid * 512m)]);
        stage.Ask().OtherFees.ShouldBe([new AssetAmount("BNB", paid)]);
        stage.Incidents("WalletDifference").ShouldBeEmpty();
        stage.Settle();
    }

    /// <summary>Round trips until the exchange's history shows nothing else.</summary>
    private static void Churn(World world)
    {
        for (var i = 0; i < 6; i++) world.TradeByHand($"web_churn-{i}", i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, 0.002m);
    }

    /// <summary>The end of a scenario whose history does not show every fill: positions, orders, wallet, approvals, incidents.</summary>
    private static void SettleShort(Stage stage)
    {
        Invariants.Settle(stage.World, [Stage.Symbol]);
        foreach (FillRecord fill in stage.Evidence.Fills.Values.Where(f => !f.IsSynthetic)) stage.Evidence.VenueFills.ShouldContainKey((fill.Symbol, fill.TradeId));
        Invariants.CheckIncidents(stage.World);
        stage.Rules.Look();
    }
}
