using Granary.Engine.Execution.Placement;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Faults;
using Granary.Grains.Configuration;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures of orders and fills that real engines had. Names begin with the row of the list of scenarios.</summary>
public sealed class OrderScenarios
{
    private static readonly FaultRule FillsLost = new(FaultKind.EventLost) { Stream = "ORDER_TRADE_UPDATE" };

    [Fact]
    public void N5_an_order_without_an_answer_stays_unknown_counts_as_exposure_and_is_not_sent_again()
    {
        using var stage = new Stage(1);
        stage.Fault(7_200, new FaultRule(FaultKind.LostAfter) { Request = "POST /fapi/v1/order", Times = 1 }, FillsLost);
        stage.Until(() => stage.Evidence.VenueOrders.Count > 0, 3_600, "an order at the exchange");
        stage.Fault(
            120, new FaultRule(FaultKind.BadGateway) { Request = "GET /fapi/v1/order" },
            new FaultRule(FaultKind.BadGateway) { Request = "GET /fapi/v1/openOrders" });
        var id = stage.Evidence.VenueOrders.Keys.Single();
        stage.Until(() => stage.Evidence.Orders[id].Status == "Unknown", 30, "the order to be unknown");
        for (var second = 0; second < 60; second++)
        {
            stage.Run(1);
            stage.Evidence.Orders[id].Status.ShouldBe("Unknown");
            stage.AskRisk().ReservedNotional.ShouldBeGreaterThan(0);
        }

        stage.Evidence.VenueOrders.Keys.ShouldBe([id]);
        stage.World.StreamProtocol.Faults.Clear();
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(90);
        stage.Until(() => stage.Ask() is { Ready: true } books && books.Quantity == stage.Position && books.LiveOrders.Count == 0, 60, "books and exchange to agree");
        stage.Settle();
    }

    [Fact]
    public void L1_an_order_whose_every_fill_frame_is_lost_is_closed_by_asking()
    {
        using var stage = new Stage(2);
        stage.Fault(3_600, FillsLost);
        stage.Until(() => stage.Evidence.VenueFills.Count > 0, 3_600, "a fill at the exchange");
        stage.Until(() => stage.Evidence.VenueFills.Keys.All(stage.Evidence.Fills.ContainsKey), 10, "its fills to be in the journal");
        stage.Ask().LiveOrders.ShouldBeEmpty();
        stage.Settle();
    }

    [Fact]
    public void L2_four_of_five_fill_frames_lost_in_silence_are_all_found_by_the_audit()
    {
        using var stage = new Stage(3);
        stage.Fault(3_600, FillsLost with { Probability = 0.8 });
        stage.Until(() => stage.Evidence.VenueFills.Count >= 12, 7_200, "a dozen fills");
        stage.Settle();
        stage.Evidence.Fills.Count.ShouldBe(stage.Evidence.VenueFills.Count);
    }

    [Fact]
    public void L3_what_a_person_places_and_cancels_is_foreign_and_the_engine_goes_on()
    {
        using var stage = new Stage(4);
        var resting = stage.World.TradeByHand("web_1", OrderSide.Buy, 0.01m, decimal.Floor(stage.World.Core.GetMarkPrice(Stage.Symbol).Mark * 0.97m));
        stage.Until(() => stage.Ask().LiveOrders.Any(o => o is { ClientOrderId: "web_1", Strategy: "EXTERNAL" }), 35, "the order to be seen");
        stage.Until(() => stage.AskRisk().LiveOrders == 1, 10, "risk to count it");
        stage.World.Core.Cancel(World.Account, Stage.Symbol, resting.OrderId, null);
        stage.Until(() => stage.Ask().LiveOrders.Count == 0, 35, "the cancel to be seen");
        stage.UntilPosition();
        stage.Settle();
    }

    [Fact]
    public void H5_a_close_whose_fill_is_told_late_is_not_closed_again()
    {
        using var stage = new Stage(5);
        stage.UntilPosition();
        var before = stage.Evidence.VenueOrders.Count;
        stage.Fault(20, FillsLost);
        stage.World.Ask(() => stage.World.Risk.Flatten("drill", "operator"));
        stage.Run(60);
        var closes = stage.Evidence.VenueOrders.Values.OrderBy(o => o.OrderId).Skip(before).ToArray();
        closes.ShouldAllBe(o => o.ReduceOnly);
        closes.Count(o => o.ExecutedQuantity > 0).ShouldBe(1);
        stage.Position.ShouldBe(0);
        stage.Settle();
    }

    [Fact]
    public void F4_a_position_closed_by_hand_is_noticed_and_not_closed_again()
    {
        using var stage = new Stage(6);
        stage.UntilPosition();
        stage.World.TradeByHand("web_1", stage.Position > 0 ? OrderSide.Sell : OrderSide.Buy, Math.Abs(stage.Position));
        stage.Until(() => stage.Ask().Quantity == 0, 30, "the books to be flat");
        stage.World.Ask(() => stage.World.Risk.SetState("ReduceOnly", "nothing new", "test"));
        var exits = stage.Evidence.Orders.Values.Count(o => o.Purpose == "Exit");
        stage.Run(60);
        stage.Evidence.Orders.Values.Count(o => o.Purpose == "Exit").ShouldBe(exits);
        stage.Position.ShouldBe(0);
        stage.Settle();
    }

    [Fact]
    public void H7_a_position_found_after_a_kill_is_protected_again_within_half_a_minute()
    {
        using var stage = new Stage(7);
        stage.UntilPosition();
        stage.World.Crash();
        stage.World.Scheduler.RunFor(TimeSpan.FromSeconds(5));
        stage.World.StartSilo();
        stage.Until(
            () => stage.Position == 0 || stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Guard.Contains("stop", StringComparison.Ordinal), 30, "a stop");
        stage.Run(60);
        stage.Settle();
    }

    [Fact]
    public void H7_orders_of_a_dead_engine_are_cancelled_by_the_venues_own_switch()
    {
        // Entries rest far away and for long.
        var resting = new PlacementPolicy { Style = PlacementStyle.PostOnly, DistanceTicks = 2_000, RepriceTicks = 2_000, BoundShare = 0.05m, TimeoutMs = 600_000 };
        using var stage = new Stage(9, o => o with
        {
            Placement = new PlacementSettings { Entry = resting },
            Engine = e => e with { DeadMansSwitch = new() { TimeoutMs = 20_000, RefreshMs = 5_000 } },
        });
        stage.Until(() => Resting(stage) == 1, 3_600, "an order that rests");
        stage.Run(40);
        Resting(stage).ShouldBe(1);
        stage.World.Crash();
        stage.World.Scheduler.RunFor(TimeSpan.FromSeconds(25));
        Resting(stage).ShouldBe(0);
        stage.World.StartSilo();
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(90);
        stage.Until(() => stage.AskRisk().State == "Active", 30, "the account to be active");
        stage.Settle();

        static int Resting(Stage stage) => stage.World.Core.GetOpenOrders(World.Account, Stage.Symbol).Count;
    }

    [Fact]
    public void L4_a_liquidation_is_booked_as_such()
    {
        using var stage = new Stage(8);
        stage.World.TradeByHand("web_1", OrderSide.Buy, 25m);
        stage.Moves.Add(new Exchange.SyntheticMove(stage.Now.ToUnixTimeMilliseconds() + 1, 60_000, -0.09));
        stage.Until(() => stage.Evidence.VenueOrders.Keys.Any(id => id.StartsWith("autoclose-", StringComparison.Ordinal)), 120, "the liquidation");
        stage.Until(() => stage.Ask().Quantity == stage.Position, 1, "the position to be right");
        stage.Until(() => stage.AskRisk().State == "Halted", 5, "the account to be halted");
        stage.Run(60);
        stage.Evidence.IncidentKinds.ShouldContainKey("Liquidation");
        stage.Settle();
    }

    [Theory]
    [InlineData(OrderOrigin.Liquidation, "autoclose-", "Liquidation", false)]
    [InlineData(OrderOrigin.Deleveraging, "adl_autoclose-", "Deleveraging", false)]
    [InlineData(OrderOrigin.Settlement, "settlement_autoclose-", "Settlement", false)]
    [InlineData(OrderOrigin.Deleveraging, "adl_autoclose-", "Deleveraging", true)]
    [InlineData(OrderOrigin.Settlement, "settlement_autoclose-", "Settlement", true)]
    public void L4_what_the_exchange_closes_is_right_within_a_second_and_halts(OrderOrigin origin, string id, string incident, bool isLost)
    {
        using var stage = new Stage(9);
        stage.UntilPosition();
        if (isLost) stage.Fault(10, new FaultRule(FaultKind.EventLost) { Stream = "ORDER_TRADE_UPDATE" });
        var half = decimal.Round(Math.Abs(stage.Position) / 2, 3);
        stage.World.Core.ForceClose(World.Account, Stage.Symbol, origin, half).ClientOrderId.ShouldStartWith(id);
        stage.World.Core.ForceClose(World.Account, Stage.Symbol, origin);
        stage.Position.ShouldBe(0);

        // Told, it is known at once; where the telling is lost, the account's own word makes the engine look.
        stage.Until(() => stage.Ask().Quantity == stage.Position, isLost ? 10 : 1, "the position to be right");
        stage.Until(() => stage.AskRisk().State == "Halted", 5, "the account to be halted");
        stage.AskRisk().StateReason.ShouldContain($"{Stage.Symbol}: {incident}");
        stage.Run(60);
        stage.Evidence.IncidentKinds.ShouldContainKey(incident);
        stage.Ask().Strategy.ShouldBeEmpty();
        stage.World.Core.GetConditionals(World.Account).ShouldAllBe(c => !c.IsWaiting);
        stage.World.Ask(stage.World.Risk.GetReport).LossStreak.ShouldBe(0, "it is no trade of the strategy's");
        stage.Settle();
    }
}
