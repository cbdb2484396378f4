using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Selection;

namespace Granary.Engine.Tests.Selection;

public sealed class RebalancerTests
{
    private static readonly SymbolRules Rules = new(
        "ANY", "TRADING", 0.01m, 0.1m, 0.1m, 1_000_000, 1_000_000, 5, 0.01m, 1_000_000, 1.1m, 0.9m, 200, 2, 1);

    [Fact]
    public void What_is_not_wanted_is_closed_and_what_is_new_is_opened()
    {
        var plan = Plan([Target("B", 3)], [Held("A", 2), Held("C", -1)]);
        plan.Reductions.ShouldBe([new("A", OrderSide.Sell, 2, 10, true), new("C", OrderSide.Buy, 1, 10, true)]);
        plan.Openings.ShouldBe([new("B", OrderSide.Buy, 3, 10, false)]);
        plan.Turnover.ShouldBe(60);
    }

    [Fact]
    public void A_turned_side_is_closed_and_opened_by_two_orders()
    {
        var plan = Plan([Target("A", -3)], [Held("A", 2)]);
        plan.Reductions.ShouldHaveSingleItem().ShouldBe(new PositionChange("A", OrderSide.Sell, 2, 10, true));
        plan.Openings.ShouldHaveSingleItem().ShouldBe(new PositionChange("A", OrderSide.Sell, 3, 10, false));
    }

    [Fact]
    public void What_opens_must_be_worth_the_least_notional_and_what_reduces_need_not()
    {
        var plan = Plan([Target("A", 0.4m), Target("B", 1)], [Held("B", 1.3m), Held("C", 0.05m)]);
        plan.Skipped.ShouldBe([new("A", 0.4m, 4, SkipReason.BelowMinimum), new("C", -0.05m, 0.5m, SkipReason.BelowMinimum)]);
        plan.Reductions.ShouldHaveSingleItem().ShouldBe(new PositionChange("B", OrderSide.Sell, 0.3m, 10, true));
    }

    [Fact]
    public void A_small_difference_is_tolerated_on_the_right_side_only()
    {
        Plan([Target("A", 100)], [Held("A", 95)], tolerance: 0.05m).Skipped.ShouldHaveSingleItem().Reason.ShouldBe(SkipReason.WithinTolerance);
        Plan([Target("A", 100)], [Held("A", 94.9m)], tolerance: 0.05m).Openings.ShouldHaveSingleItem().Quantity.ShouldBe(5.1m);
        Plan([], [Held("A", 1)], tolerance: 1).Reductions.ShouldHaveSingleItem().Quantity.ShouldBe(1);
        Plan([Target("A", -1)], [Held("A", 1)], tolerance: 1).Reductions.ShouldHaveSingleItem().Quantity.ShouldBe(1);
    }

    [Fact]
    public void A_symbol_that_takes_no_orders_is_named()
    {
        var plan = Rebalancer.Plan(
            [Target("A", 3)], [Held("B", 3)], symbol => symbol == "A" ? Rules with { Status = "SETTLING" } : null, 0);
        plan.Skipped.ShouldBe([new("A", 3, 30, SkipReason.NotTrading), new("B", -3, 30, SkipReason.NotTrading)]);
        plan.Reductions.ShouldBeEmpty();
    }

    [Fact]
    public void Changes_and_what_is_skipped_lead_to_the_targets() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var targets = Enumerable.Range(0, 6).Where(_ => random.Next(2) == 0).Select(i => Target($"S{i}", (random.Next(-50, 51) / 10m) + 0.05m)).ToList();
        var held = Enumerable.Range(0, 6).Where(_ => random.Next(2) == 0).Select(i => Held($"S{i}", random.Next(-50, 51) / 10m)).ToList();
        var plan = Plan(targets, held, random.Next(10) / 20m);

        var reached = held.ToDictionary(position => position.Symbol, position => position.Quantity);
        foreach (var change in plan.Reductions)
        {
            Math.Abs(reached[change.Symbol] + change.SignedQuantity).ShouldBeLessThan(Math.Abs(reached[change.Symbol]));
            reached[change.Symbol] += change.SignedQuantity;
        }
        foreach (var change in plan.Openings)
        {
            change.Notional.ShouldBeGreaterThanOrEqualTo(Rules.NotionalMin);
            reached[change.Symbol] = reached.GetValueOrDefault(change.Symbol) + change.SignedQuantity;
        }
        foreach (var skip in plan.Skipped) reached[skip.Symbol] = reached.GetValueOrDefault(skip.Symbol) + skip.Quantity;
        foreach (var target in targets)
        {
            var signed = target.Side == SelectionSide.Long ? target.Quantity : -target.Quantity;
            Math.Abs(reached.GetValueOrDefault(target.Symbol) - signed).ShouldBeLessThan(Rules.StepSize * 2);
            reached.Remove(target.Symbol);
        }
        reached.Values.ShouldAllBe(quantity => quantity == 0);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_tolerance_is_a_share()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Plan([], [], -0.1m));
        Should.Throw<ArgumentOutOfRangeException>(() => Plan([], [], 1.1m));
        Should.Throw<ArgumentException>(() => Plan([Target("A", 1), Target("A", 2)], [])).Message.ShouldContain("A has two targets");
    }

    private static RebalancePlan Plan(IReadOnlyList<TargetPosition> targets, IReadOnlyList<HeldPosition> held, decimal tolerance = 0) =>
        Rebalancer.Plan(targets, held, _ => Rules, tolerance);

    private static TargetPosition Target(string symbol, decimal quantity) =>
        new(quantity > 0 ? SelectionSide.Long : SelectionSide.Short, symbol, 0, 0, 10, 0.1m, 0, Math.Abs(quantity));

    private static HeldPosition Held(string symbol, decimal quantity) => new(symbol, quantity, 10);
}
