using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Symbols;
using Granary.Journal.Records;

namespace Granary.Simulation.Scenarios;

/// <summary>Loops that hang in silence. Names begin with the row of the list of scenarios.</summary>
public sealed class WatchdogScenarios
{
    private const string Symbol = $"symbol {Stage.Symbol}";
    private const string Reader = $"reader {World.Account}";
    private const string Lists = "GET /fapi/v1/openOrders";
    private static readonly WatchdogSettings Settings = new() { StuckMs = 10_000, VenueStuckMs = 30_000 };

    /// <summary>Two rounds of questions on top of the time after which something is stuck.</summary>
    private const double Rounds = 7;

    [Fact]
    public void F10_a_strategy_that_never_answers_is_begun_anew_and_said_so_and_the_engine_trades_on()
    {
        using var stage = Staged(111, w => w.Network.Snare.Set($"snapshot strategy/momentum/{Stage.Symbol}"));
        stage.Until(() => stage.World.Network.Snare.IsHolding, 120, "the strategy to hang");
        var scope = $"strategy momentum/{Stage.Symbol}";
        stage.Until(() => Stuck(stage, scope).Count > 0, 10 + Rounds, "the strategy to be begun anew");
        Stuck(stage, scope).Single().Done.ShouldBe("begun anew (restart 1)");

        // Who waited for it is not stuck itself.
        Stuck(stage, Symbol).ShouldBeEmpty();
        stage.Until(() => Answering(stage, scope).Count == 1, Rounds, "the strategy to answer");
        stage.UntilPosition();
        stage.World.Network.Snare.Release();
        stage.Run(30);
        stage.Incidents(IncidentKinds.GrainStuck).Count.ShouldBe(1);
        stage.AskRisk().State.ShouldBe("Active");
        stage.Settle();
    }

    [Fact]
    public void F10_a_symbol_that_hangs_is_begun_anew_and_what_wakes_up_late_writes_and_sends_nothing()
    {
        using var stage = Staged(112);
        stage.UntilPosition();
        SymbolView before = stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView);
        stage.World.Network.Snare.Set($"append {Symbol.Replace(' ', '/')}");
        stage.Until(() => stage.World.Network.Snare.IsHolding, 10, "the symbol to hang");
        stage.Until(() => Stuck(stage, Symbol).Count > 0, 10 + Rounds, "the symbol to be begun anew");
        stage.Until(() => Answering(stage, Symbol).Count == 1, Rounds, "the symbol to answer");
        stage.Run(20);
        SymbolView after = stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView);
        Invariants.CheckTrades(stage.World, before);
        var written = WrittenMs(stage);
        stage.World.Network.Snare.Release();
        stage.Run(1);

        // The snapshot that the old one wanted to write was refused: the new one's stands.
        WrittenMs(stage).ShouldBeGreaterThanOrEqualTo(written);
        stage.Run(20);
        stage.World.Ask(stage.World.Symbol(Stage.Symbol).GetView).Trades.ShouldBeGreaterThan(after.Trades);
        stage.Incidents(IncidentKinds.GrainStuck).Count.ShouldBe(1);
        stage.UntilPosition();
        stage.Settle();
    }

    [Fact]
    public void F10_the_gate_of_an_account_that_hangs_is_begun_anew_and_the_account_is_active_again()
    {
        using var stage = Staged(113);
        stage.Run(60);
        stage.World.Network.Snare.Set($"append risk/{World.Account}");
        stage.Until(() => stage.World.Network.Snare.IsHolding, 60, "the gate to hang");
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(240);
        stage.Until(() => Stuck(stage, $"risk {World.Account}").Count > 0, 30 + Rounds, "the gate to be begun anew");
        stage.Until(() => stage.AskRisk().State == "Active", 60, "the account to be active");
        stage.World.Network.Snare.Release();
        stage.UntilPosition();
        stage.Settle();
    }

    [Fact]
    public void F10_an_execution_whose_order_is_never_answered_is_left_alone_and_its_account_stopped()
    {
        using var stage = Staged(114);
        stage.UntilPosition();
        stage.World.Network.Snare.Set("POST /fapi/v1/order");
        stage.Until(() => stage.World.Network.Snare.IsHolding, 3_600, "the port to hang");
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(300);
        stage.Until(() => stage.AskRisk().State == "ReduceOnly", 120 + Rounds, "the account to be stopped");
        StaysUntilResumed(stage, "ReduceOnly");
    }

    [Fact]
    public void F10_a_reader_whose_question_hangs_is_begun_anew_and_its_account_compares_and_trades_again()
    {
        using var stage = Staged(115);
        stage.UntilPosition();
        stage.World.Network.Snare.Set(Lists);
        stage.Until(() => stage.World.Network.Snare.IsHolding, 60, "the question to hang");
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(240);
        stage.Until(() => Stuck(stage, Reader).Count > 0, 30 + Rounds, "the reader to be begun anew");
        stage.Until(() => Answering(stage, Reader).Count == 1, Rounds, "the reader to answer");
        stage.Until(() => stage.AskRisk().State == "Active", 60, "the account to be compared and active");

        // Those who waited for it were told, and are not stuck themselves.
        stage.Incidents(IncidentKinds.GrainStuck).Single().Done.ShouldBe("begun anew (restart 1)");
        stage.World.Network.Snare.Release();
        stage.UntilPosition();
        stage.Settle();
    }

    [Fact]
    public void F10_an_account_whose_venue_answers_no_reader_is_stopped_after_the_last_restart()
    {
        using var stage = Staged(116);
        stage.UntilPosition();
        stage.World.Network.Snare.SetAll(Lists);
        stage.Until(() => stage.World.Network.Snare.IsHolding, 60, "the question to hang");
        stage.Rules.TroubleUntil = stage.Now.AddSeconds(900);

        // Each reader hangs at its first question, a round after its start at the latest.
        const double each = 30 + 30 + Rounds;
        stage.Until(() => stage.AskRisk().State == "Halted", (Settings.RestartsMax + 1) * each, "the account to be stopped");
        Stuck(stage, Reader).Count.ShouldBe(Settings.RestartsMax + 1);
        StaysUntilResumed(stage, "Halted");
    }

    private static void StaysUntilResumed(Stage stage, string state)
    {
        var entries = stage.Evidence.Orders.Values.Count(o => o.Purpose == "Entry");
        stage.Run(120);
        stage.Evidence.Orders.Values.Count(o => o.Purpose == "Entry").ShouldBe(entries);
        stage.World.Network.Snare.Release();
        stage.Run(60);

        // Nobody but an operator resumes it.
        stage.AskRisk().State.ShouldBe(state);
        stage.World.Ask(() => stage.World.Risk.SetState("Active", "looked at", "operator"));
        stage.UntilPosition();
        stage.Settle();
    }

    private static Stage Staged(ulong seed, Action<World>? prepare = null) =>
        new(seed, o => o with { Engine = e => e with { Watchdog = Settings } }, prepare);

    private static IReadOnlyList<IncidentRecord> Stuck(Stage stage, string scope) =>
        [.. stage.Incidents(IncidentKinds.GrainStuck).Where(i => i.Scope == scope)];

    private static IReadOnlyList<IncidentRecord> Answering(Stage stage, string scope) =>
        [.. stage.Incidents(IncidentKinds.GrainAnswers).Where(i => i.Scope == scope)];

    private static long WrittenMs(Stage stage) =>
        stage.World.Ask(() => stage.World.Journal!.Reader.GetSnapshotAsync(Symbol.Replace(' ', '/'))).ShouldNotBeNull().TimeMs;
}
