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
    public void A_million_random_steps_break_no_limit_and_leave_nothing_reserved()
    {
        const int steps = 2_000;
        for (var seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            var life = new AccountLife(restartEvery: 8);
            var step = 0;
            try
            {
                for (; step < steps; step++) life.Step(random.Next());
                life.Finish();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, step {step} of {steps}: {e.Message}", e);
            }
        }
    }

    [Fact]
    public void The_random_lives_do_reach_approvals_fills_refusals_restarts_and_unknown_orders()
    {
        var random = new Random(7);
        var life = new AccountLife(restartEvery: 4);
        for (var i = 0; i < 20_000; i++) life.Step(random.Next());
        life.Finish();
        life.Entries.ShouldBeGreaterThan(200);
        life.Exits.ShouldBeGreaterThan(200);
        life.Fills.ShouldBeGreaterThan(400);
        life.Unknowns.ShouldBeGreaterThan(100);
        life.Restarts.ShouldBeGreaterThan(200);
        RefusalReason[] reached =
        [
            RefusalReason.DirectionLimit, RefusalReason.PositionLimit, RefusalReason.OrderInFlight, RefusalReason.StateHalted, RefusalReason.StateReduceOnly,
            RefusalReason.PositionNotionalLimit, RefusalReason.SymbolLeverageLimit, RefusalReason.ConcentrationLimit, RefusalReason.CorrelationLimit,
            RefusalReason.OrderRate, RefusalReason.VenueOrderRate,
        ];
        reached.Except(life.Refusals.Keys).ShouldBeEmpty(string.Join(' ', life.Refusals.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    private static IEnumerable<int[]> Smaller(int[] script) =>
        Enumerable.Range(0, script.Length).Select(i => script.Where((_, j) => j != i).ToArray());
}
