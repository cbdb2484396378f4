using FsCheck;
using FsCheck.Fluent;
using Granary.Silo.Alerts;

namespace Granary.Silo.Tests.Alerts;

public sealed class AlertBookTests
{
    private static readonly AlertPolicy Policy = new(ResolveAfterMs: 10_000, EventMs: 60_000, RemindMs: 600_000, EscalateMs: 300_000, PerMinuteMax: 3);

    private readonly AlertBook _book = new(Policy);

    [Fact]
    public void A_condition_is_told_once_and_its_end_once()
    {
        for (var second = 0; second < 60; second += 5)
        {
            _book.Take(Raise("a"), second * 1_000);
            States(second * 1_000).ShouldBe(second == 0 ? [AlertState.Firing] : []);
        }

        _book.Take(Clear("a"), 60_000);
        States(60_000).ShouldBeEmpty();
        States(69_999).ShouldBeEmpty();
        States(70_000).ShouldBe([AlertState.Resolved]);
        States(1_000_000).ShouldBeEmpty();
        _book.Active.ShouldBeEmpty();
    }

    [Fact]
    public void A_condition_that_flaps_is_one_alert()
    {
        var told = new List<AlertState>();
        for (var second = 0; second < 200; second += 5)
        {
            _book.Take(second % 10 == 0 ? Raise("a") : Clear("a"), second * 1_000);
            told.AddRange(States(second * 1_000));
        }

        told.ShouldBe([AlertState.Firing]);
    }

    [Fact]
    public void What_lasts_is_escalated_once_and_reminded_of()
    {
        _book.Take(Raise("a"), 0);
        _book.Tick(0).Single().Severity.ShouldBe(AlertSeverity.Warning);
        States(299_999).ShouldBeEmpty();
        var grown = _book.Tick(300_000).Single();
        (grown.State, grown.Severity, grown.SinceMs).ShouldBe((AlertState.Escalated, AlertSeverity.Critical, 0));
        States(899_999).ShouldBeEmpty();
        States(900_000).ShouldBe([AlertState.Reminder]);
        States(1_500_000).ShouldBe([AlertState.Reminder]);
    }

    [Fact]
    public void A_graver_signal_escalates_and_a_milder_one_does_not_soothe()
    {
        _book.Take(Raise("a"), 0);
        _book.Tick(0);
        _book.Take(Raise("a", AlertSeverity.Critical), 1);
        States(1).ShouldBe([AlertState.Escalated]);
        _book.Take(Raise("a"), 2);
        States(2).ShouldBeEmpty();
        _book.Active.Single().Severity.ShouldBe(AlertSeverity.Critical);
    }

    [Fact]
    public void An_event_counts_and_is_over_when_it_has_not_happened_for_a_while()
    {
        for (var i = 0; i < 5; i++) _book.Take(Event("a"), i * 1_000);
        var notice = _book.Tick(4_000).Single();
        (notice.State, notice.Count).ShouldBe((AlertState.Firing, 5));

        // It happened: that a condition of the same name does not hold does not undo it.
        _book.Take(Clear("a"), 5_000);
        States(63_999).ShouldBeEmpty();
        States(64_000).ShouldBe([AlertState.Resolved]);
    }

    [Fact]
    public void What_the_limit_holds_back_is_told_later_the_critical_without_waiting_for_the_others()
    {
        for (var i = 0; i < 8; i++) _book.Take(Raise($"w{i}"), 0);
        _book.Take(Raise("c", AlertSeverity.Critical), 0);

        var first = _book.Tick(0);
        first.Count.ShouldBe(4);
        first[0].Scope.ShouldBe("c");
        _book.Tick(59_999).ShouldBeEmpty();
        _book.Tick(60_000).Count.ShouldBe(3);
        _book.Tick(120_000).Count.ShouldBe(2);
    }

    [Fact]
    public void What_was_over_before_it_was_told_is_not_told()
    {
        for (var i = 0; i < 5; i++) _book.Take(Raise($"{i}"), 0);
        _book.Tick(0).Count.ShouldBe(3);
        for (var i = 0; i < 5; i++) _book.Take(Clear($"{i}"), 1);

        _book.Tick(20_000).Select(n => n.State).ShouldBe([AlertState.Resolved, AlertState.Resolved, AlertState.Resolved]);
        _book.Tick(200_000).ShouldBeEmpty();
    }

    [Fact]
    public void Alerts_are_bounded_and_what_finds_no_room_is_counted()
    {
        for (var i = 0; i < AlertBook.ActiveMax + 7; i++) _book.Take(Raise($"{i}"), 0);

        _book.Active.Count.ShouldBe(AlertBook.ActiveMax);
        _book.Overflow.ShouldBe(7);
    }

    [Fact]
    public void For_any_signals_firings_and_ends_alternate_and_no_minute_has_more_than_the_limit()
    {
        var step = Gen.Choose(0, 30_000).SelectMany(ms => Gen.Choose(0, 5).SelectMany(key => Gen.Choose(0, 2).SelectMany(kind => Gen.Choose(0, 2).Select(severity =>
            (Ms: ms, Signal: new AlertSignal((AlertSignalKind)kind, "r", $"{key}", (AlertSeverity)severity, ""))))));

        Prop.ForAll(step.ArrayOf().ToArbitrary(), steps =>
        {
            var book = new AlertBook(Policy);
            var told = new List<AlertNotice>();
            long now = 0;
            foreach (var (ms, signal) in steps)
            {
                now += ms;
                book.Take(signal, now);
                told.AddRange(book.Tick(now));
            }

            foreach (var alert in told.GroupBy(n => n.Scope))
            {
                var isOpen = false;
                foreach (var notice in alert)
                {
                    if ((notice.State == AlertState.Firing) == isOpen) return false;
                    isOpen = notice.State != AlertState.Resolved;
                }
            }

            var limited = told.Where(n => n.State != AlertState.Resolved).ToList();
            return limited.All(n => limited.Count(other => other.TimeMs > n.TimeMs - 60_000 && other.TimeMs <= n.TimeMs) <= 2 * Policy.PerMinuteMax);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private IEnumerable<AlertState> States(long nowMs) => _book.Tick(nowMs).Select(n => n.State);

    private static AlertSignal Raise(string scope, AlertSeverity severity = AlertSeverity.Warning) => new(AlertSignalKind.Raise, "r", scope, severity, "seen");

    private static AlertSignal Event(string scope) => new(AlertSignalKind.Event, "r", scope, AlertSeverity.Warning, "seen");

    private static AlertSignal Clear(string scope) => new(AlertSignalKind.Clear, "r", scope, AlertSeverity.Info, "");
}
