using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Risk;

public sealed class KillSwitchTests
{
    private static readonly KillSwitchTrigger[] Triggers =
    [
        new() { Name = "deep", Kind = IncidentKind.Drawdown, Threshold = 0.2m, Action = StopAction.Flatten },
        new() { Name = "shallow", Kind = IncidentKind.Drawdown, Threshold = 0.1m, Action = StopAction.ReduceOnly },
        new() { Name = "near", Kind = IncidentKind.LiquidationDistance, Threshold = 0.05m, Action = StopAction.Halt },
        new() { Name = "off", Kind = IncidentKind.StaleStream, Threshold = 1, Action = StopAction.None },
    ];

    [Fact]
    public void Triggers_fire_beyond_their_level_and_only_make_it_stricter()
    {
        var kill = new KillSwitch(Triggers);
        kill.Observe(IncidentKind.Drawdown, 0.1m, 1).ShouldBeNull("10 % is not above 10 %");
        kill.Observe(IncidentKind.StaleStream, 99, 1).ShouldBeNull();
        kill.Observe(IncidentKind.UnknownOrder, 99, 1).ShouldBeNull();
        var first = kill.Observe(IncidentKind.Drawdown, 0.11m, 2).ShouldNotBeNull();
        first.ShouldBe(new StopOrder(StopAction.ReduceOnly, StopScope.Account, "engine", "shallow: incident=Drawdown measure=0.11 threshold=0.1", 2));
        kill.Observe(IncidentKind.Drawdown, 0.15m, 3).ShouldBeNull("nothing changed");
        kill.Effective.ShouldBe(first);
        kill.Observe(IncidentKind.LiquidationDistance, 0.05m, 4).ShouldBeNull("5 % is not below 5 %");
        kill.Observe(IncidentKind.LiquidationDistance, 0.049m, 5)!.Action.ShouldBe(StopAction.Halt);
        kill.Observe(IncidentKind.Drawdown, 0.12m, 6).ShouldBeNull("a milder one does not lift a stricter one");
        kill.Observe(IncidentKind.Drawdown, 0.3m, 7)!.Reason.ShouldStartWith("deep:");
        kill.Observe(IncidentKind.Drawdown, 0, 8).ShouldBeNull();
        kill.Effective.Action.ShouldBe(StopAction.Flatten, "it stays when the incident has passed");
    }

    [Fact]
    public void Of_several_triggers_reached_at_once_the_strictest_holds()
    {
        new KillSwitch(Triggers).Observe(IncidentKind.Drawdown, 0.3m, 1)!.Action.ShouldBe(StopAction.Flatten);
        new KillSwitch([.. Triggers.Reverse()]).Observe(IncidentKind.Drawdown, 0.3m, 1)!.Action.ShouldBe(StopAction.Flatten);
    }

    [Theory]
    [InlineData(StopAction.None, StopAction.None, StopScope.Account, TradingState.Active)]
    [InlineData(StopAction.ReduceOnly, StopAction.None, StopScope.Account, TradingState.ReduceOnly)]
    [InlineData(StopAction.None, StopAction.ReduceOnly, StopScope.Engine, TradingState.ReduceOnly)]
    [InlineData(StopAction.ReduceOnly, StopAction.Halt, StopScope.Engine, TradingState.Halted)]
    [InlineData(StopAction.Flatten, StopAction.Halt, StopScope.Account, TradingState.Halted)]
    [InlineData(StopAction.Halt, StopAction.Halt, StopScope.Account, TradingState.Halted)]
    public void The_stricter_of_account_and_engine_holds(StopAction account, StopAction engine, StopScope holds, TradingState state)
    {
        var kill = new KillSwitch(Triggers);
        kill.Request(new StopOrder(account, StopScope.Account, "anna", "a", 1));
        kill.Request(new StopOrder(engine, StopScope.Engine, "bert", "e", 2));
        kill.Effective.Scope.ShouldBe(holds);
        kill.Effective.State.ShouldBe(state);
    }

    [Fact]
    public void An_operator_lifts_a_stop_and_it_fires_again_while_the_incident_lasts()
    {
        var kill = new KillSwitch(Triggers);
        kill.Observe(IncidentKind.Drawdown, 0.11m, 1);
        kill.Request(new StopOrder(StopAction.None, StopScope.Account, "anna", "seen to", 2));
        kill.Effective.Action.ShouldBe(StopAction.None);
        kill.Observe(IncidentKind.Drawdown, 0.11m, 3)!.Action.ShouldBe(StopAction.ReduceOnly);
    }

    [Fact]
    public void A_gate_takes_the_stricter_of_its_state_and_the_stop_and_keeps_it_over_a_restart()
    {
        var s = new GateScene();
        s.Open(1);
        s.Gate.RequestStop(new StopOrder(StopAction.Flatten, StopScope.Engine, "anna", "exchange incident", s.Now));
        s.Restart();
        s.Gate.State.ShouldBe(TradingState.Halted);
        s.Gate.StateReason.ShouldBe("anna: exchange incident");
        s.Gate.View().Stop.Action.ShouldBe(StopAction.Flatten);
        s.Decide(s.Entry(1, symbol: "ETHUSDT")).Refusal!.ToString().ShouldContain("anna: exchange incident");
        s.Fill(s.Approve(s.Exit()));
        s.Gate.SetState(TradingState.Active, "ready");
        s.Gate.State.ShouldBe(TradingState.Halted, "the state set does not lift a stop");
        s.Gate.RequestStop(new StopOrder(StopAction.ReduceOnly, StopScope.Engine, "anna", "over", s.Now));
        s.Gate.SetState(TradingState.Halted, "operator");
        s.Gate.StateReason.ShouldBe("operator");
        s.Gate.SetState(TradingState.ReduceOnly, "flatten");
        s.Gate.StateReason.ShouldBe("flatten", "of equal ones the state set");
        s.Gate.RequestStop(new StopOrder(StopAction.None, StopScope.Engine, "anna", "over", s.Now));
        s.Gate.SetState(TradingState.Active, "ready");
        s.Decide(s.Entry(1, symbol: "ETHUSDT")).Approved.ShouldNotBeNull();
    }

    [Fact]
    public void A_gate_measures_its_drawdown_and_its_liquidation_distance_itself()
    {
        var trigger = new KillSwitchTrigger { Name = "dd", Kind = IncidentKind.Drawdown, Threshold = 0.02m, Action = StopAction.Halt };
        var s = new GateScene(new RiskLimits { KillSwitchTriggers = [trigger] });
        s.Trade(-200);
        s.Gate.State.ShouldBe(TradingState.Active);
        s.Trade(-1);
        s.Gate.Stop.Reason.ShouldStartWith("dd: incident=Drawdown measure=0.0201");
        s.Gate.State.ShouldBe(TradingState.Halted);

        trigger = trigger with { Name = "near", Kind = IncidentKind.LiquidationDistance, Threshold = 19.9m };
        s = new GateScene(new RiskLimits { KillSwitchTriggers = [trigger] });
        s.Open(5);
        s.Gate.LiquidationDistance.ShouldBe((10_000 - 12.5m) / 500);
        s.Gate.State.ShouldBe(TradingState.Active);
        s.Gate.OnFunding(-50, s.Now);
        s.Gate.State.ShouldBe(TradingState.Halted);

        s = new GateScene();
        s.Gate.OnIncident(IncidentKind.UnknownOrder, 120_000, s.Now).ShouldBeNull();
        s.Gate.OnIncident(IncidentKind.UnknownOrder, 120_001, s.Now)!.Action.ShouldBe(StopAction.ReduceOnly);
        s.Gate.State.ShouldBe(TradingState.ReduceOnly);
    }

    [Fact]
    public void A_damaged_snapshot_is_refused()
    {
        foreach (var (action, scope) in new[] { (9, 0), (0, 9), (1, 1) })
        {
            var writer = new SnapshotWriter();
            writer.Section("kill-switch", 1);
            for (var i = 0; i < 2; i++)
            {
                writer.Write(action);
                writer.Write(scope);
                writer.Write("who");
                writer.Write("why");
                writer.Write(1L);
            }
            Should.Throw<InvalidDataException>(() =>
            {
                var reader = new SnapshotReader(writer.Written);
                new KillSwitch(Triggers).Read(ref reader);
            });
        }
    }
}
