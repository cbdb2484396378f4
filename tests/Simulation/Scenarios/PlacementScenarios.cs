using Granary.Engine.Execution.Placement;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Exchange.Faults;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Risk;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures of orders that are worked over time, and of exits that meet. Names begin with the row of the list of scenarios.</summary>
public sealed class PlacementScenarios
{
    private static readonly PlacementPolicy Patient = new() { Style = PlacementStyle.LimitFirst, TimeoutMs = 8_000, AtTimeout = PlacementTimeout.Cross };

    [Fact]
    public void H6_exits_that_two_strategies_ask_for_at_once_are_one_close()
    {
        using var stage = new Stage(91, o => o with { Placement = new PlacementSettings { Exit = Patient, ForcedExit = Patient } });
        stage.UntilPosition();
        stage.World.Ask(() => stage.World.Risk.SetState("ReduceOnly", "nothing new", "test"));
        var (position, before) = (stage.Position, stage.Evidence.VenueOrders.Count);
        var answers = stage.World.Scheduler.Run(async () => await Task.WhenAll(Exit(stage, "momentum", 1), Exit(stage, "reversion", 2)));
        answers.ShouldAllBe(a => a.Approved);
        answers.Select(a => a.ClientOrderId).Distinct().Count().ShouldBe(1);
        stage.Until(() => stage.Position == 0, 30, "the close");
        stage.Run(30);
        var closes = stage.Evidence.VenueOrders.Values.OrderBy(o => o.OrderId).Skip(before).Where(o => o.ReduceOnly).ToArray();
        closes.Sum(o => o.ExecutedQuantity).ShouldBe(Math.Abs(position));
        closes.Select(o => ClientOrderId.ParentOf(o.ClientOrderId)).Distinct().Count().ShouldBe(1);
        stage.Settle();
    }

    [Fact]
    public void Partial_exits_that_are_asked_for_at_once_are_one_order_that_only_reduces()
    {
        using var stage = new Stage(93);
        stage.UntilPosition();
        stage.World.Ask(() => stage.World.Risk.SetState("ReduceOnly", "nothing new", "test"));
        var (position, before) = (stage.Position, stage.Evidence.VenueOrders.Count);
        var part = Math.Abs(position) > 0.003m ? 0.001m : throw new InvalidOperationException($"a position of {position} is too small for this test");
        var answers = stage.World.Scheduler.Run(async () => await Task.WhenAll(
            Exit(stage, "momentum", 1, part), Exit(stage, "reversion", 2, part), Exit(stage, "grid", 3, part)));
        answers.ShouldAllBe(a => a.Approved);
        stage.Until(() => Math.Abs(stage.Position) == Math.Abs(position) - (3 * part), 10, "the reduction");
        var orders = stage.Evidence.VenueOrders.Values.OrderBy(o => o.OrderId).Skip(before).ToArray();
        orders.Where(o => o.ClientOrderId == answers[0].ClientOrderId).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            o => o.ReduceOnly.ShouldBeTrue(), o => o.Quantity.ShouldBe(3 * part));
        answers.Select(a => a.ClientOrderId).Distinct().Count().ShouldBe(1);
        stage.Settle();
    }

    [Fact]
    public void H12_makers_that_are_refused_twenty_times_and_a_late_balance_are_seen_and_end_by_policy()
    {
        var maker = new PlacementPolicy { Style = PlacementStyle.PostOnly, TimeoutMs = 60_000, RepriceMs = 500, BoundShare = 0.005m, AtTimeout = PlacementTimeout.Cross };
        using var stage = new Stage(92, o => o with { Placement = new PlacementSettings { Entry = maker } });

        stage.Fault(
            3_600, new FaultRule(FaultKind.Refused) { Request = "POST /fapi/v1/order", Value = 5_022, Times = 20 },
            new FaultRule(FaultKind.EventLate) { Stream = "ACCOUNT_UPDATE", Value = 2 });
        stage.Until(() => stage.Happened(FaultKind.Refused) > 0, 3_600, "a maker that is refused");
        stage.Until(() => stage.Ask().Working.Any(w => w.Rejects > 0), 5, "the refusal to be seen");
        stage.Until(() => stage.Incidents("PlacementStuck").Count > 0, 60, "the alert");
        stage.Until(() => stage.Ask().Working.Count == 0, 180, "the end of the placement");
        stage.Mend();
        stage.Settle();
    }

    private static async Task<ProposalAnswer> Exit(Stage stage, string strategy, int number, decimal? quantity = null)
    {
        var mark = stage.World.Core.GetMarkPrice(Stage.Symbol).Mark;
        var now = stage.Now.ToUnixTimeMilliseconds();
        var proposal = new Proposal(
            World.Account, Stage.Symbol, strategy, $"{strategy}/{Stage.Symbol}/h6/exit/{number}", ProposalKind.Exit,
            stage.Position > 0 ? OrderSide.Sell : OrderSide.Buy, 1, null, mark, now, 0, quantity, "both want out");
        return await stage.World.Risk.ProposeExit(new ProposalMessage(proposal, new MarketState(mark, null, null, mark, 10, now), "", 0));
    }
}
