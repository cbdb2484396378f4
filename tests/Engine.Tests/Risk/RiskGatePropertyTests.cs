using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>
/// Random lives of an account against a venue that loses, repeats, delays and reorders what it says, with restarts in between. How many sequences are drawn
/// is set by the environment variable GRANARY_RISK_SEQUENCES (default 20,000), the first of them by GRANARY_RISK_SEED (default 1), so that a long run can be
/// cut in parts:
/// GRANARY_RISK_SEQUENCES=2000000 dotnet test tests/Engine.Tests -c Release --filter FullyQualifiedName~RiskGatePropertyTests.Random_sequences
/// </summary>
public sealed class RiskGatePropertyTests
{
    private const int StepsMax = 90;

    [Fact]
    public void No_approval_breaks_a_limit_and_everything_is_released_in_the_end() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1).ArrayOf(120), Smaller),
        script =>
        {
            var life = new AccountLife(RandomLimits.Default);
            foreach (var step in script) life.Step(step);
            life.Finish();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_sequences_break_no_limit_lose_no_cent_and_leave_nothing_reserved()
    {
        var first = Setting("GRANARY_RISK_SEED", 1);
        var sequences = Setting("GRANARY_RISK_SEQUENCES", 20_000);
        for (var seed = first; seed < first + sequences; seed++)
        {
            var (limits, script) = Draw(seed);
            if (Failure(limits, script) is not { } failure) continue;
            for (var i = script.Length - 1; i >= 0; i--)
            {
                var smaller = script.Where((_, j) => j != i).ToArray();
                if (Failure(limits, smaller) is { } same) (script, failure) = (smaller, same);
            }
            Assert.Fail($"seed {seed}, steps that remain: {string.Join(", ", script)}\n{failure}");
        }
    }

    [Fact]
    public void A_restart_in_the_middle_changes_nothing_afterwards()
    {
        for (var seed = 1; seed <= 1_000; seed++)
        {
            var (limits, script) = Draw(seed);
            var (through, restarted) = (new AccountLife(limits, restartEvery: 0), new AccountLife(limits, restartEvery: 1));
            foreach (var step in script)
            {
                through.Step(step);
                restarted.Step(step);
            }
            restarted.Trace.ShouldBe(through.Trace, $"seed {seed}: decisions differ");
            restarted.State.ShouldBe(through.State, $"seed {seed}: states differ");
        }
    }

    [Fact]
    public void The_random_lives_do_reach_approvals_fills_refusals_restarts_and_unknown_orders()
    {
        var random = new Random(7);
        var life = new AccountLife(RandomLimits.Default, restartEvery: 4);
        for (var i = 0; i < 3_000; i++) life.Step(random.Next());
        life.Finish();
        life.Entries.ShouldBeGreaterThan(30);
        life.Exits.ShouldBeGreaterThan(30);
        life.Fills.ShouldBeGreaterThan(60);
        life.Unknowns.ShouldBeGreaterThan(10);
        life.Restarts.ShouldBeGreaterThan(20);

        var reached = new HashSet<RefusalReason>();
        for (var seed = 1; seed <= 2_000; seed++)
        {
            var (limits, script) = Draw(seed);
            var drawn = new AccountLife(limits, restartEvery: 0);
            foreach (var step in script) drawn.Step(step);
            reached.UnionWith(drawn.Refusals.Keys);
        }
        RefusalReason[] expected =
        [
            RefusalReason.DirectionLimit, RefusalReason.PositionLimit, RefusalReason.OrderInFlight, RefusalReason.StateHalted, RefusalReason.StateReduceOnly,
            RefusalReason.StateRecovering, RefusalReason.PositionNotionalLimit, RefusalReason.SymbolLeverageLimit, RefusalReason.ConcentrationLimit,
            RefusalReason.CorrelationLimit, RefusalReason.OrderRate, RefusalReason.VenueOrderRate, RefusalReason.NotionalAboveMax,
            RefusalReason.NotionalBelowMin, RefusalReason.GrossNotionalLimit, RefusalReason.GrossNotionalAboveMax, RefusalReason.NetNotionalLimit,
            RefusalReason.LeverageLimit, RefusalReason.OpenOrdersLimit, RefusalReason.PositionAlreadyOpen, RefusalReason.ReduceOnlyNoPosition,
            RefusalReason.ReduceOnlyWouldIncrease,
        ];
        expected.Except(reached).ShouldBeEmpty();
    }

    private static (RiskLimits Limits, int[] Script) Draw(int seed)
    {
        var random = new Random(seed);
        var limits = RandomLimits.Of(random);
        return (limits, Enumerable.Range(0, random.Next(10, StepsMax)).Select(_ => random.Next()).ToArray());
    }

    private static string? Failure(RiskLimits limits, int[] script)
    {
        var life = new AccountLife(limits, restartEvery: 8);
        try
        {
            foreach (var step in script) life.Step(step);
            life.Finish();
            return null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : fallback;

    private static IEnumerable<int[]> Smaller(int[] script) =>
        Enumerable.Range(0, script.Length).Select(i => script.Where((_, j) => j != i).ToArray());
}
