using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Reconciliation;

namespace Granary.Engine.Tests.Reconciliation;

public sealed class LookBudgetTests
{
    /// <summary>A quarter of 2,000, every 30 seconds: what is configured unless something else is said.</summary>
    private static readonly LookBudget _default = new(500, 30_000);

    [Theory]
    [InlineData(1, 24)]
    [InlineData(10, 150)]
    [InlineData(200, 500)]
    [InlineData(1_000, 500)]
    public void All_symbols_trading_cost_this_much_a_minute(int symbols, int weight) => _default.PerMinute(symbols, symbols, hasTriggers: true).ShouldBe(weight);

    [Theory]
    [InlineData(1, 14)]
    [InlineData(10, 50)]
    [InlineData(200, 170)]
    [InlineData(1_000, 170)]
    public void All_symbols_idle_cost_the_lists_alone(int symbols, int weight) => _default.PerMinute(symbols, 0, hasTriggers: true).ShouldBe(weight);

    [Fact]
    public void From_forty_symbols_on_the_lists_of_the_account_are_not_dearer_than_those_of_each()
    {
        LookBudget.IsWholeAccount(39).ShouldBeFalse();
        LookBudget.ListWeight(39, hasTriggers: true).ShouldBe(83);
        LookBudget.IsWholeAccount(40).ShouldBeTrue();
        LookBudget.ListWeight(40, hasTriggers: true).ShouldBe(85);
        LookBudget.ListWeight(1_000, hasTriggers: false).ShouldBe(45);
        LookBudget.ListWeight(0, hasTriggers: true).ShouldBe(0);
    }

    [Fact]
    public void What_is_left_of_the_share_goes_to_fills_and_never_more_but_for_one() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 6_000)), Arb.From(Gen.Choose(1, 2_000)),
        (share, symbols) =>
        {
            Bounded(share, symbols, hasTriggers: true);
            Bounded(share, symbols, hasTriggers: false);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static void Bounded(int share, int symbols, bool hasTriggers)
    {
        var budget = new LookBudget(share, 30_000);
        var audits = budget.Audits(symbols, hasTriggers);
        audits.ShouldBeInRange(1, symbols);
        var weight = LookBudget.ListWeight(symbols, hasTriggers) + (audits * LookBudget.Fills);
        if (audits > 1) weight.ShouldBeLessThanOrEqualTo(share / 2);

        // A share that is too small for the interval makes the looks rarer: the pause is what the look has cost.
        var pauseMs = budget.PauseMs(weight, isUrgent: false);
        (weight * 60_000.0 / pauseMs).ShouldBeLessThanOrEqualTo(share);
        budget.PauseMs(weight, isUrgent: true).ShouldBeLessThanOrEqualTo((pauseMs / 4) + 1);
    }

    [Fact]
    public void Where_the_venue_counts_no_weight_nothing_is_held_back()
    {
        var free = new LookBudget(0, 30_000);
        free.Audits(700, hasTriggers: true).ShouldBe(700);
        free.PauseMs(10_000, isUrgent: false).ShouldBe(0);
    }
}
