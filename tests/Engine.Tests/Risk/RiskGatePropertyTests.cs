using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>Random lives of an account against a venue that loses, repeats, delays and reorders what it says, with restarts in between.</summary>
public sealed class RiskGatePropertyTests
{
    [Fact]
    public void No_approval_breaks_a_limit_and_everything_is_released_in_the_end() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1).ArrayOf(120), Smaller),
        script =>
        {
            var life = new AccountLife();
            foreach (var step in script) life.Step(step);
            life.Finish();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_random_lives_do_reach_approvals_fills_refusals_restarts_and_unknown_orders()
    {
        var random = new Random(7);
        var life = new AccountLife();
        for (var i = 0; i < 20_000; i++) life.Step(random.Next());
        life.Finish();
        life.Entries.ShouldBeGreaterThan(300);
        life.Exits.ShouldBeGreaterThan(300);
        life.Fills.ShouldBeGreaterThan(600);
        life.Unknowns.ShouldBeGreaterThan(100);
        life.Restarts.ShouldBeGreaterThan(300);
        life.Refusals.Keys.ShouldContain(RefusalReason.DirectionLimit);
        life.Refusals.Keys.ShouldContain(RefusalReason.PositionLimit);
        life.Refusals.Keys.ShouldContain(RefusalReason.OrderInFlight);
        life.Refusals.Keys.ShouldContain(RefusalReason.StateHalted);
    }

    private static IEnumerable<int[]> Smaller(int[] script) =>
        Enumerable.Range(0, script.Length).Select(i => script.Where((_, j) => j != i).ToArray());
}
