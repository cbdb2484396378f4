using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Orleans.Embedded.Simulation;

namespace Granary.Grains.Tests.Risk;

/// <summary>Stops of an account and of the engine: by hand and by incident, over restarts, and a flatten until nothing is open.</summary>
public sealed class KillSwitchTests
{
    [Theory]
    [InlineData("ReduceOnly", "ReduceOnly", "StateReduceOnly")]
    [InlineData("Halt", "Halted", "StateHalted")]
    [InlineData("Flatten", "Halted", "StateHalted")]
    public void The_engines_stop_holds_every_account_also_one_that_starts_during_it(string action, string state, string refusal)
    {
        using var bench = new GrainBench().StartActive();
        var answer = bench.Ask(() => Switch(bench).Set(action, "a drill", "ann"));
        answer.Untold.ShouldBeEmpty();
        bench.RiskView.State.ShouldBe(state);
        bench.RiskView.StateReason.ShouldStartWith("ann: a drill");
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1"))).Reason.ShouldBe(refusal);

        bench.Crash();
        bench.Start();
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.Pass(6);
        bench.RiskView.State.ShouldBe(state);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2"))).Reason.ShouldBe(refusal);

        // The account's own resume does not lift the engine's stop.
        bench.Ask(() => bench.Risk.SetState("Active", "no", "operator")).State.ShouldBe(state);
        bench.Ask(() => Switch(bench).Set("None", "over", "ann"));
        bench.RiskView.State.ShouldBe("Active");
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e3"))).Approved.ShouldBeTrue();
        bench.Incidents().Count(i => i.Scope == "engine" && i.Seen.StartsWith("ann: ", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void An_account_that_was_never_told_of_the_engines_stop_finds_out_at_its_start()
    {
        using var bench = new GrainBench().Start();
        bench.Journal.Fault = static (records, _) => records.Any(r => r is EquityRecord) ? new JournalException("the disk is full") : null;
        bench.Ask(() => Switch(bench).Set("Halt", "before anybody trades", "ann"));
        bench.Crash();
        bench.Start();
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.Pass(6);
        bench.RiskView.State.ShouldBe("Halted");
    }

    [Fact]
    public void A_broken_journal_keeps_nobody_from_stopping_and_lets_nobody_resume()
    {
        using var bench = new GrainBench().StartActive();
        bench.Journal.Fault = static (_, _) => new JournalException("the disk is full");
        Should.Throw<JournalException>(() => bench.Ask(() => Switch(bench).Set("Halt", "fire", "ann")));
        bench.RiskView.State.ShouldBe("Halted");
        Should.Throw<JournalException>(() => bench.Ask(() => Switch(bench).Set("None", "over", "ann")));
        bench.RiskView.State.ShouldBe("Halted");
        Should.Throw<JournalException>(() => bench.Ask(() => bench.Risk.SetState("Halted", "mine too", "bob")));
        Should.Throw<JournalException>(() => bench.Ask(() => bench.Risk.SetState("Active", "over", "bob")));
        bench.Journal.Fault = static (_, _) => null;
        bench.Ask(() => Switch(bench).Set("None", "over", "ann"));
        bench.RiskView.StateReason.ShouldBe("bob: mine too");
    }

    [Theory]
    [InlineData("Stop")]
    [InlineData("")]
    [InlineData("7")]
    public void An_unknown_action_is_refused_by_name(string action)
    {
        using var bench = new GrainBench().StartActive();
        Should.Throw<ArgumentException>(() => bench.Ask(() => Switch(bench).Set(action, "", "ann"))).Message.ShouldContain($"'{action}'");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flatten_is_repeated_until_flat_also_across_a_crash_and_stays_halted(bool isOfEngine)
    {
        using var bench = Holding(3);
        var refusals = 2;
        bench.Venue.OnPlace = request => Task.FromResult(
            refusals-- > 0 ? new OrderAnswer(OrderAnswerKind.Rejected, null, -1001, "the venue is busy") : bench.Venue.Take(request));
        if (isOfEngine) bench.Ask(() => Switch(bench).Set("Flatten", "a drill", "ann"));
        else bench.Ask(() => bench.Risk.Flatten("a drill", "ann"));
        bench.RiskView.State.ShouldBe("Halted");
        bench.Ask(bench.Risk.GetReport).IsFlattening.ShouldBeTrue();
        bench.RiskView.StateReason.ShouldBe("ann: a drill (flattening)");
        bench.Pass(1);

        bench.Crash();
        bench.Start();
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        for (var i = 0; i < 60; i++)
        {
            bench.Pass(1);
            bench.DeliverEvents();
        }

        bench.Venue.Quantity.ShouldBe(0);
        bench.RiskView.StateReason.ShouldBe("ann: a drill (flat)");
        bench.RiskView.State.ShouldBe("Halted");
        bench.Ask(bench.Risk.GetReport).IsFlattening.ShouldBeFalse();
        bench.Incidents().Count(i => i.Kind == "Flattened").ShouldBe(1);

        // Done is done: what an operator opens by hand under the halt is his.
        bench.Crash();
        bench.Start();
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.Pass(10);
        bench.RiskView.StateReason.ShouldBe("ann: a drill (flat)");
    }

    [Fact]
    public void Resume_lifts_a_flatten_and_the_next_one_is_a_new_one()
    {
        using var bench = new GrainBench().StartActive();
        bench.Ask(() => bench.Risk.Flatten("first", "ann"));
        bench.Ask(() => bench.Risk.SetState("Active", "go on", "ann")).State.ShouldBe("Active");
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e"))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(1);
        bench.Ask(() => bench.Risk.Flatten("second", "ann"));
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(6);
        bench.Venue.Quantity.ShouldBe(0);
    }

    [Theory]
    [InlineData(IncidentKind.Drawdown, StopAction.Halt, "Halted")]
    [InlineData(IncidentKind.LiquidationDistance, StopAction.ReduceOnly, "ReduceOnly")]
    [InlineData(IncidentKind.UnknownOrder, StopAction.Flatten, "Halted")]
    [InlineData(IncidentKind.ReconcileDifference, StopAction.ReduceOnly, "ReduceOnly")]
    [InlineData(IncidentKind.StaleStream, StopAction.Halt, "Halted")]
    public void Every_kind_of_incident_is_seen_stops_the_account_and_is_not_forgotten(IncidentKind kind, StopAction action, string state)
    {
        // Thresholds that each story below passes, and the others do not.
        var threshold = kind switch
        {
            IncidentKind.Drawdown => 0.001m,
            IncidentKind.LiquidationDistance => 10_000m,
            IncidentKind.UnknownOrder => 3_000m,
            IncidentKind.ReconcileDifference => 100m,
            _ => 60_000m,
        };
        using var bench = new GrainBench();
        bench.Settings = With(new RiskLimits
        {
            ProfitToFeesMin = 0,
            KillSwitchTriggers = [new KillSwitchTrigger { Name = "test", Kind = kind, Threshold = threshold, Action = action }],
        });
        Hold(bench, 3);
        if (kind != IncidentKind.LiquidationDistance) bench.RiskView.State.ShouldBe("Active");
        Provoke(bench, kind);
        bench.RiskView.State.ShouldBe(state);
        bench.RiskView.StateReason.ShouldContain($"incident={kind}");
        bench.Incidents().Single(i => i.Kind == "KillSwitch").Done.ShouldBe(action.ToString());

        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Crash();
        bench.Start();
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.Pass(6);
        bench.RiskView.State.ShouldBe(state);
        bench.RiskView.StateReason.ShouldContain($"incident={kind}");
    }

    private static void Provoke(GrainBench bench, IncidentKind kind)
    {
        switch (kind)
        {
            case IncidentKind.Drawdown:
                Mark(bench, 100, 60_000);
                Mark(bench, 40, 120_000);
                break;
            case IncidentKind.LiquidationDistance:
                Mark(bench, 100, 60_000);
                break;
            case IncidentKind.UnknownOrder:
                bench.Venue.OnPlace = request => Task.FromResult(new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer"));
                bench.Venue.Outage = "the venue is away";
                bench.Ask(() => bench.Risk.Propose(Samples.Exit("x", timeMs: Samples.T0 + 60_000))).Approved.ShouldBeTrue();
                bench.Pass(12);
                bench.Venue.Outage = null;
                break;
            case IncidentKind.ReconcileDifference:
                bench.Venue.Wallet += 150;
                bench.Pass(12);
                break;
            default:
                bench.Tell(() => bench.Risk.OnStream(false, "the socket was closed"));
                bench.Pass(50);
                bench.RiskView.State.ShouldBe("Recovering");
                bench.Pass(20);
                break;
        }
    }

    private static void Mark(GrainBench bench, decimal mark, long afterMs)
    {
        bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, mark, Samples.T0 + afterMs)));
        bench.Pass(0.2);
    }

    private static EngineSettings With(RiskLimits limits) =>
        Samples.Settings with { Accounts = [new AccountSettings { Name = Samples.Account, Limits = limits }] };

    private static GrainBench Holding(decimal quantity)
    {
        var bench = new GrainBench();
        Hold(bench, quantity);
        return bench;
    }

    private static void Hold(GrainBench bench, decimal quantity)
    {
        bench.StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("hold", OrderSide.Buy, quantity))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(1);
        bench.Books.Quantity.ShouldBe(quantity);
    }

    private static IKillSwitchGrain Switch(GrainBench bench) => bench.Silo.GrainFactory.GetGrain<IKillSwitchGrain>(IKillSwitchGrain.Key);
}
