using Granary.Engine.Supervision;

namespace Granary.Engine.Tests.Supervision;

public sealed class GrainSupervisorTests
{
    private static readonly GrainRule[] Rules =
    [
        new("strategy", GrainRemedy.Restart, 10_000, []), new("symbol", GrainRemedy.Restart, 10_000, [0]), new("execution", GrainRemedy.Halt, 30_000, []),
    ];

    private readonly GrainSupervisor _supervisor = new(Rules, lateMs: 2_000, restartsMax: 2, restartWindowMs: 600_000);

    [Fact]
    public void What_answers_is_left_alone() => Run(0, 60_000, _ => [Fine, Fine, Fine]).ShouldBeEmpty();

    [Fact]
    public void A_stuck_grain_is_begun_anew_once_and_who_waits_for_it_is_not()
    {
        Run(0, 12_000, now => [new(now, now, 0), new(now, now, 0), Fine]).ShouldBe([(10_000, new GrainVerdict(0, GrainAction.Restart, 10_000, 1))]);
        Run(13_000, 60_000, _ => [Fine, Fine, Fine]).ShouldBe([(13_000, new GrainVerdict(0, GrainAction.Answers, 13_000, 1))]);
    }

    [Fact]
    public void Who_waited_has_all_its_time_once_the_other_answers()
    {
        // The strategy answers again after 9 s; the symbol does not, and is stuck 10 s after it was last held up.
        Run(0, 40_000, now => [now <= 9_000 ? new(now, now, 0) : Fine, new(now, now, 0), Fine])
            .ShouldBe(
            [
                (19_000, new GrainVerdict(1, GrainAction.Restart, 10_000, 1)), (29_000, new GrainVerdict(1, GrainAction.Restart, 20_000, 2)),
                (39_000, new GrainVerdict(1, GrainAction.Halt, 30_000, 2)),
            ]);
    }

    [Fact]
    public void A_grain_with_much_to_do_is_busy_and_not_stuck() =>
        Run(0, 120_000, now => [new(now, now % 3_000, 0), Fine, Fine]).ShouldBeEmpty();

    [Fact]
    public void Where_the_runtime_does_not_tell_the_question_alone_decides() =>
        Run(0, 15_000, now => [new(now, null, 0), Fine, Fine]).Single().Verdict.Action.ShouldBe(GrainAction.Restart);

    [Fact]
    public void A_tick_that_does_not_end_is_found_although_questions_are_answered()
    {
        Run(0, 90_000, now => [Fine, Fine, new(null, 0, now)]).ShouldBe([(30_000, new GrainVerdict(2, GrainAction.Halt, 30_000, 0))]);
        Run(91_000, 95_000, _ => [Fine, Fine, Fine]).Single().Verdict.Action.ShouldBe(GrainAction.Answers);
        _supervisor.StuckCount.ShouldBe(0);
    }

    [Fact]
    public void Restarts_count_within_their_window_alone()
    {
        var supervisor = new GrainSupervisor([new GrainRule("a", GrainRemedy.Restart, 1_000, [])], 500, 1, 5_000);
        supervisor.Look(0, [Fine]);
        supervisor.Look(2_000, [new(2_000, null, 0)]).Single().Action.ShouldBe(GrainAction.Restart);
        supervisor.Look(3_000, [new(3_000, null, 0)]).Single().Action.ShouldBe(GrainAction.Halt);
        supervisor.Look(4_000, [new(4_000, null, 0)]).ShouldBeEmpty();
        supervisor.Look(5_000, [Fine]).Single().Action.ShouldBe(GrainAction.Answers);
        supervisor.Look(8_000, [new(2_000, null, 0)]).Single().ShouldBe(new GrainVerdict(0, GrainAction.Restart, 2_000, 1));
    }

    [Fact]
    public void A_grain_that_answers_after_every_restart_and_is_stuck_again_is_given_up_however_long_its_time()
    {
        // As long as the window itself, and another while before it is stuck again.
        var supervisor = new GrainSupervisor([new GrainRule("a", GrainRemedy.Restart, 600_000, [])], 10_000, 3, 600_000);
        var actions = new List<GrainAction>();
        for (var now = 0L; now <= 4 * 700_000; now += 10_000)
            actions.AddRange(supervisor.Look(now, [now % 700_000 <= 90_000 ? Fine : new((now % 700_000) - 90_000, null, 0)]).Select(v => v.Action));
        actions.Where(a => a != GrainAction.Answers).ShouldBe([GrainAction.Restart, GrainAction.Restart, GrainAction.Restart, GrainAction.Halt]);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Refused(new GrainRule("a", GrainRemedy.Restart, 0, [])).ShouldContain("StuckMs of a");
        Refused(new GrainRule("a", GrainRemedy.Restart, 1, [0])).ShouldContain("waits for place 0");
        Should.Throw<ArgumentOutOfRangeException>(() => new GrainSupervisor([], 0, 1, 1));
        Should.Throw<ArgumentException>(() => _supervisor.Look(0, [])).Message.ShouldContain("0 sightings for 3 grains");
    }

    private static string Refused(GrainRule rule) => Should.Throw<ArgumentException>(() => new GrainSupervisor([rule], 1, 1, 1)).Message;

    private static GrainSighting Fine => new(null, 0, 0);

    private List<(long NowMs, GrainVerdict Verdict)> Run(long fromMs, long untilMs, Func<long, GrainSighting[]> see)
    {
        var verdicts = new List<(long, GrainVerdict)>();
        for (var now = fromMs; now <= untilMs; now += 1_000) verdicts.AddRange(_supervisor.Look(now, see(now)).Select(v => (now, v)));
        return verdicts;
    }
}
