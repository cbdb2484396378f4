using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Exchange;
using Granary.Exchange.Faults;
using Granary.Grains.Interfaces.Execution;
using Granary.Simulation.Scenarios;

namespace Granary.Simulation.Grid;

/// <summary>What must not befall a grid, each failure on its own; every rule of the simulator is looked at each virtual second.</summary>
public sealed class GridScenarios
{
    [Fact]
    public void A_quiet_market_earns_round_trips_as_maker_only()
    {
        using var stage = Start(201);
        stage.Until(() => Find(stage) is { Ladders: [{ Trips: >= 5 }] }, 3_600, "five round trips");
        var grid = Find(stage)!;
        grid.MakerRatio.ShouldBe(1);
        grid.UnexpectedTakerNotional.ShouldBe(0);
        grid.RealizedProfit.ShouldBeGreaterThan(0);
        End(stage);
    }

    [Fact]
    public void Answers_that_are_lost_cost_no_order_and_double_none()
    {
        using var stage = Start(202, o => o with { AnswerLossProbability = 0.1 });
        stage.Until(() => stage.Evidence.VenueFills.Count >= 6, 3_600, "six fills");
        stage.Run(120);
        End(stage);
    }

    [Fact]
    public void A_kill_between_any_two_turns_is_gone_on_from()
    {
        using var stage = Start(203);
        for (var i = 0; i < 4; i++)
        {
            stage.Run(200);
            stage.Restart(afterSeconds: 20);
            stage.Until(() => Find(stage)?.State == "Trading", 300, "the grid to trade again");
            stage.Until(() => Find(stage)!.Inventory == stage.Position, 60, "the rungs to hold the position");
        }

        End(stage);
    }

    [Fact]
    public void A_crash_through_the_boundary_ends_flat_and_stopped()
    {
        using var stage = Start(204);
        stage.Until(() => stage.Position > 0, 3_600, "a position");
        stage.Moves.Add(new SyntheticMove(stage.Now.ToUnixTimeMilliseconds() + 1_000, 60_000, -0.45));
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(300);
        stage.Until(() => Find(stage)?.State == "Stopped" && stage.Position == 0, 600, "the global stop");
        stage.Run(30);
        stage.Ask().LiveOrders.ShouldBeEmpty();
        stage.Incidents("Liquidation").ShouldBeEmpty("the liquidation price lies beyond the stop");
    }

    [Fact]
    public void Post_only_orders_that_are_refused_never_cross()
    {
        using var stage = Start(205);
        stage.Fault(600, new FaultRule(FaultKind.Refused) { Request = "POST /fapi/v1/order", Value = 5_022, Times = 60 });
        stage.Until(() => stage.Happened(FaultKind.Refused) >= 40, 600, "refusals");
        stage.Mend();
        stage.Until(() => Find(stage) is { RejectsInRow: 0, OpenOrders: > 5 }, 600, "orders that rest again");
        Find(stage)!.UnexpectedTakerNotional.ShouldBe(0);
        stage.Evidence.Orders.Values.Where(o => o.Strategy == RungOrderId.Strategy && o.Purpose == "Entry").ShouldAllBe(o => o.TimeInForce == nameof(TimeInForce.Gtx));
        End(stage);
    }

    private static Stage Start(ulong seed, Func<WorldOptions, WorldOptions>? change = null) => new(
        seed, o => (change?.Invoke(o) ?? o) with { Engine = settings => GridWorld.Engine(settings, Engine.Grid.GridMode.Long) });

    private static GridView? Find(Stage stage) => stage.World.Ask(() => stage.World.Execution(Stage.Symbol).GetGrid());

    private static void End(Stage stage)
    {
        stage.World.Ask(() => stage.World.Risk.Flatten("the run is over", "test"));
        stage.Settle();
    }
}
