using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Risk;

/// <summary>A crash forgets no pause, no halt of the day and no order id, wherever between approval and audit it comes.</summary>
public sealed class RestartTests
{
    [Fact]
    public void A_pause_is_not_forgotten_when_the_crash_comes_before_the_audit()
    {
        using var bench = Bench(new RiskLimits { ProfitToFeesMin = 0, LossStreakHalfAt = 1, LossStreakPauseAt = 1 });
        Fill(bench, Samples.Entry("e"), 100);
        Fill(bench, Samples.Exit("x"), 99);
        bench.Crash();
        bench.StartActive();
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2"))).Reason.ShouldBe("LossStreakPause");
        var report = bench.Ask(bench.Risk.GetReport);
        (report.LossStreak, report.SizeMultiplier).ShouldBe((1, 0.5m));
    }

    [Fact]
    public void The_days_halt_by_a_fall_of_prices_alone_outlives_the_process()
    {
        using var bench = Bench(new RiskLimits { ProfitToFeesMin = 0, DailyTotalLossMax = 0.001m, EntriesPerSymbolMax = 5 });
        Mark(bench, 100, 1_000);
        Fill(bench, Samples.Entry("e", quantity: 3), 100);
        Mark(bench, 40, 60_000);
        bench.Pass(6);
        bench.Crash();
        bench.StartActive();
        Mark(bench, 100, 120_000);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2", timeMs: Samples.T0 + 121_000))).Reason.ShouldBe("DailyTotalLoss");
    }

    [Fact]
    public void The_journal_tells_when_a_rule_stops_entries_when_it_still_does_and_when_it_ends()
    {
        using var bench = Bench(new RiskLimits { ProfitToFeesMin = 0, DailyTotalLossMax = 0.001m });
        Mark(bench, 100, 1_000);
        Fill(bench, Samples.Entry("e", quantity: 3), 100);
        Mark(bench, 40, 60_000);
        Rules(bench).ShouldBe(["DailyTotalLoss on"]);
        bench.Pass(6);
        bench.Crash();
        bench.StartActive();
        Rules(bench).ShouldBe(["DailyTotalLoss on", "DailyTotalLoss on"]);
        Mark(bench, 40, 86_400_000);
        Rules(bench)[^1].ShouldBe("DailyTotalLoss off");

        static string[] Rules(GrainBench bench) => [.. bench.Incidents().Where(i => i.Kind == "EntryRule").Reverse().Select(i => i.Result)];
    }

    [Fact]
    public void An_order_id_is_given_once_also_when_its_order_got_lost_between_decision_and_journal()
    {
        using var bench = Bench(new RiskLimits { ProfitToFeesMin = 0 });
        bench.Journal.Fault = static (records, _) => records.Any(r => r is OrderRecord or SnapshotRecord) ? new JournalException("the disk is full") : null;
        var lost = bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1")));
        lost.Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.Crash();
        bench.StartActive();
        bench.Orders().ShouldBeEmpty();
        var next = bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2")));
        next.Approved.ShouldBeTrue();
        next.ClientOrderId.ShouldNotBe(lost.ClientOrderId);
    }

    [Fact]
    public void An_exit_that_a_snapshot_caught_before_its_record_does_not_stand_in_the_way_of_exits_after_a_restart()
    {
        using var bench = Bench(new RiskLimits { ProfitToFeesMin = 0 });
        Fill(bench, Samples.Entry("e1"), 100);
        var isRecorded = new TaskCompletionSource();
        bench.Journal.Hold = records => records.Any(r => r is DecisionRecord { Kind: "Exit" }) ? isRecorded.Task : null;
        bench.Venue.OnPlace = _ => Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, -2022, "ReduceOnly Order is rejected."));
        bench.Tell(() =>
        {
            _ = bench.Risk.Propose(Samples.Exit("x1"));
            return Task.CompletedTask;
        });

        // An audit passes, and with it a snapshot; there is none after it.
        bench.Pass(6);
        bench.Journal.Fault = static (records, _) =>
            records.Any(r => r is SnapshotRecord { Owner: "risk/" + Samples.Account }) ? new JournalException("the disk is full") : null;
        bench.Tell(() =>
        {
            isRecorded.SetResult();
            return Task.CompletedTask;
        });
        bench.Pass(1);
        bench.Orders().Single(o => o.IntentId == "x1").Status.ShouldBe("Rejected");
        bench.Crash();
        bench.StartActive();
        bench.Ask(() => bench.Risk.Propose(Samples.Exit("x2"))).ShouldSatisfyAllConditions(a => a.Reason.ShouldBeEmpty(), a => a.Approved.ShouldBeTrue());
    }

    private static GrainBench Bench(RiskLimits limits) => new GrainBench
    {
        Settings = Samples.Settings with { Accounts = [new AccountSettings { Name = Samples.Account, Limits = limits }] },
    }.StartActive();

    private static void Fill(GrainBench bench, ProposalMessage message, decimal price)
    {
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request, price));
        bench.Ask(() => bench.Risk.Propose(message)).Approved.ShouldBeTrue();
        bench.Pass(0.2);
        bench.DeliverEvents();
        bench.Pass(0.2);
    }

    private static void Mark(GrainBench bench, decimal mark, long afterMs)
    {
        bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, mark, Samples.T0 + afterMs)));
        bench.Pass(0.2);
    }
}
