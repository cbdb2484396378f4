using Granary.Engine.Market;
using Granary.Engine.Protection;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Tests.Support;
using Orleans.Embedded.Simulation;

namespace Granary.Grains.Tests.Symbols;

/// <summary>The stops of open positions: on every trade, of the right position, asked for until there is an order.</summary>
public sealed class ProtectionTests
{
    [Fact]
    public void A_trade_through_the_hard_stop_closes_the_position()
    {
        using var bench = WithPosition();
        bench.SymbolView.Guard.ShouldContain("main momentum 2 from 100: stop 97.0, hard");
        Trade(bench, 97.1m);
        bench.Decisions().ShouldAllBe(d => d.Kind == "Entry");

        Trade(bench, 97.0m);
        bench.Pass(1);
        var exit = bench.Decisions().Single(d => d.Kind == "Exit");
        (exit.Outcome, exit.Side).ShouldBe(("Approved", "Sell"));
        exit.Why.ShouldContain("HardStop");
        var order = bench.Order(exit.Detail)!;
        (order.ReduceOnly, order.Quantity, order.Purpose).ShouldBe((true, 2m, "Exit"));

        bench.DeliverEvents();
        bench.Pass(1);
        bench.Books.Quantity.ShouldBe(0);
        bench.SymbolView.Guard.ShouldBeEmpty();
        Trade(bench, 90);
        bench.Decisions().Count(d => d.Kind == "Exit").ShouldBe(1);
    }

    [Theory]
    [InlineData(1.5, 97)]
    [InlineData(2, 96)]
    [InlineData(0.5, 99)]
    public void One_multiple_sets_the_gates_plan_the_stop_at_the_venue_and_the_stop_on_trades(double multiple, double stop)
    {
        var symbol = Samples.Settings.Symbols[0] with { Guard = new GuardParameters { StopAtrMultiple = (decimal)multiple } };
        using var bench = new GrainBench { Settings = Samples.Settings with { Symbols = [symbol] } }.StartActive();
        Warm(bench);
        Enter(bench, "first");
        var entry = bench.Orders().Single(o => o.Purpose == "Entry");
        entry.StopPrice.ShouldBe((decimal)stop);
        bench.Venue.Waiting.Single().TriggerPrice.ShouldBe((decimal)stop);
        bench.SymbolView.Guard.ShouldContain(FormattableString.Invariant($"stop {stop}"));
        Trade(bench, (decimal)stop + 0.1m);
        bench.Decisions().ShouldAllBe(d => d.Kind == "Entry");
        Trade(bench, (decimal)stop);
        bench.Decisions().Single(d => d.Kind == "Exit").Why.ShouldContain("HardStop");
    }

    [Fact]
    public void The_gate_sizes_with_the_symbols_own_stop()
    {
        decimal Size(decimal multiple)
        {
            var symbol = Samples.Settings.Symbols[0] with { Guard = new GuardParameters { StopAtrMultiple = multiple } };
            var limits = Samples.Settings.Accounts[0].Limits with { RiskPerTrade = 0.0001m };
            var account = Samples.Settings.Accounts[0] with { Limits = limits };
            using var bench = new GrainBench { Settings = Samples.Settings with { Symbols = [symbol], Accounts = [account] } }.StartActive();
            bench.Ask(() => bench.Risk.Propose(Samples.Entry("first", quantity: null))).Approved.ShouldBeTrue();
            return bench.Orders().Single().Quantity;
        }

        Size(3).ShouldBe(Size(1.5m) / 2, 0.001m);
    }

    [Fact]
    public void An_outlier_print_triggers_no_stop()
    {
        using var bench = WithPosition();
        Trade(bench, 50);
        bench.SymbolView.Rejects["Outlier"].ShouldBe(1);
        bench.Decisions().ShouldAllBe(d => d.Kind == "Entry");
    }

    [Fact]
    public void A_refused_exit_is_asked_for_again_and_each_attempt_has_its_own_intent()
    {
        using var bench = new GrainBench().StartActive();
        Warm(bench);

        // The symbol hears of a position that risk does not have: every exit is refused.
        bench.Tell(() => bench.Symbol.OnPosition(new PositionNotice(Samples.Account, 2, 100, 2.0, "momentum", "t/main/momentum/1", long.MaxValue / 2)));
        bench.Pass(0.01);
        Trade(bench, 96.5m);
        bench.Decisions().Count(d => d.Kind == "Exit").ShouldBe(1);
        Trade(bench, 96.5m);
        bench.Decisions().Count(d => d.Kind == "Exit").ShouldBe(1);
        bench.Pass(0.06);
        Trade(bench, 96.5m);
        var exits = bench.Decisions().Where(d => d.Kind == "Exit").ToArray();
        exits.Length.ShouldBe(2);
        exits.ShouldAllBe(d => d.Reason == "ReduceOnlyNoPosition");
        exits.Select(d => d.IntentId).ShouldBeUnique();
    }

    [Fact]
    public void An_exit_that_the_venue_refused_is_asked_for_again()
    {
        using var bench = WithPosition();
        bench.Venue.OnPlace = _ => Task.FromResult(new Granary.Venues.Ports.OrderAnswer(Granary.Venues.Ports.OrderAnswerKind.Rejected, null, -1001, "Internal error"));
        Trade(bench, 96.5m);
        bench.Pass(1);
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        Trade(bench, 96.5m);
        bench.Pass(6);
        Trade(bench, 96.5m);
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Venue.Quantity.ShouldBe(0);
        bench.Books.Quantity.ShouldBe(0);
        bench.Orders().Count(o => o.Purpose == "Exit").ShouldBe(2);
    }

    [Fact]
    public void After_a_restart_the_guard_of_a_closed_position_does_not_close_the_next_one()
    {
        using var bench = WithPosition();
        Trade(bench, 100);
        bench.Pass(6);

        // Closed and opened again at a lower price after the last snapshot, then killed.
        Trade(bench, 97.0m);
        bench.Pass(0.1);
        bench.DeliverEvents();
        Enter(bench, "second", price: 95, timeMs: Samples.T0 + 60_000);
        bench.Crash();

        bench.Start();
        bench.SymbolView.Guard.ShouldContain("2 from 100");
        var before = bench.Decisions().Count(d => d.Kind == "Exit");
        bench.Tell(() => bench.Risk.Ping());
        Trade(bench, 96);
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.Pass(0.5);
        Trade(bench, 95);
        bench.Decisions().Count(d => d.Kind == "Exit").ShouldBe(before);
        bench.SymbolView.Guard.ShouldContain("2 from 95: stop 92.0");
        bench.Venue.Quantity.ShouldBe(2);
    }

    [Fact]
    public void A_guard_from_a_snapshot_does_nothing_before_execution_has_confirmed_its_position()
    {
        using var bench = WithPosition();
        Trade(bench, 100);
        bench.Pass(6);
        bench.Crash();
        bench.Venue.Outage = "the venue is away";
        bench.Start();
        bench.SymbolView.Guard.ShouldContain("from 100");
        Trade(bench, 96.5m);
        bench.Decisions().ShouldAllBe(d => d.Kind == "Entry");

        bench.Venue.Outage = null;
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.Pass(0.1);
        Trade(bench, 96.5m);
        bench.Decisions().Count(d => d.Kind == "Exit").ShouldBe(1);
    }

    [Fact]
    public void Trades_from_before_the_entry_that_are_fetched_again_do_not_trigger_its_stop()
    {
        using var bench = new GrainBench().StartActive();
        Warm(bench);
        bench.Pass(6);
        var before = Samples.Trade(201, 96, timeMs: Samples.T0 + 20_000);
        var after = Samples.Trade(202, 100, timeMs: Samples.T0 + 40_000);
        foreach (var trade in new[] { before, after }) Ingest(bench, trade);
        Enter(bench, "e", timeMs: Samples.T0 + 40_000);
        bench.Crash();

        bench.StartActive();
        bench.Ask(bench.Symbol.GetNextId).ShouldBe(201);
        bench.SymbolView.Guard.ShouldContain("2 from 100: stop 97.0");
        foreach (var trade in new[] { before, after }) Ingest(bench, trade, isLive: false);
        bench.Decisions().ShouldAllBe(d => d.Kind == "Entry");
        Ingest(bench, Samples.Trade(203, 96, timeMs: Samples.T0 + 50_000), isLive: false);
        bench.Decisions().Count(d => d.Kind == "Exit").ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_notice_that_got_lost_is_said_again_until_the_symbol_has_heard_it(ulong seed)
    {
        using var bench = new GrainBench(new SimulationOptions { Seed = seed, OneWayDropProbability = 0.6 })
        {
            Settings = Samples.Settings with { SnapshotIntervalMs = 1_000, ReconcileIntervalMs = 3_600_000 },
        };
        bench.StartActive();
        Warm(bench);
        Enter(bench, "e");
        bench.Until(() => bench.SymbolView.Guard.Contains("2 from 100: stop 97", StringComparison.Ordinal), "the symbol to hear of the position");
        bench.Until(() => bench.RiskView.Positions.Any(p => p.Quantity == 2), "risk to hear of it by its audit");
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request, 103));
        bench.Ask(() => bench.Risk.Propose(Samples.Exit("x"))).Approved.ShouldBeTrue();
        bench.Pass(0.1);
        bench.DeliverEvents();
        bench.Until(() => bench.Books.Quantity == 0 && bench.SymbolView.Guard.Length == 0, "the symbol to hear that it is over");
    }

    [Fact]
    public void An_old_notice_does_not_bring_a_closed_position_back()
    {
        using var bench = WithPosition();
        var flat = new PositionNotice(Samples.Account, 0, 0, null, "", "", long.MaxValue / 2);
        bench.Tell(() => bench.Symbol.OnPosition(flat));
        bench.Tell(() => bench.Symbol.OnPosition(new PositionNotice(Samples.Account, 2, 100, 2.0, "momentum", "x", flat.Version - 1)));
        bench.Pass(0.1);
        bench.SymbolView.Guard.ShouldBeEmpty();
    }

    /// <summary>A position of 2 at 100 with an ATR of 2: its hard stop is at 97.</summary>
    private static GrainBench WithPosition()
    {
        var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        Warm(bench);
        Enter(bench, "first");
        return bench;
    }

    private static void Enter(GrainBench bench, string intent, decimal price = 100, long timeMs = Samples.T0)
    {
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request, price));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry(intent, quantity: 2, timeMs: timeMs))).Approved.ShouldBeTrue();
        bench.Pass(0.1);
        bench.DeliverEvents();
        bench.Pass(0.1);
    }

    /// <summary>Two hundred quiet trades at 100 in one batch that counts as fetched later, so that nothing is opened on it.</summary>
    private static void Warm(GrainBench bench)
    {
        var trades = Enumerable.Range(1, 200).Select(i => Samples.Trade(i, 100, 0.001m, i % 2 == 0, Samples.T0)).ToArray();
        bench.Ask(() => bench.Symbol.Ingest(new TradeBatch(trades, false, false, 0)));
    }

    private static void Trade(GrainBench bench, decimal price)
    {
        var id = bench.Ask(bench.Symbol.GetNextId);
        Ingest(bench, Samples.Trade(id, price, 0.001m, timeMs: Samples.T0 + 60_000 + id));
    }

    private static void Ingest(GrainBench bench, AggTrade trade, bool isLive = true) =>
        bench.Ask(() => bench.Symbol.Ingest(new TradeBatch([trade with { QuantityE8 = 100_000 }], isLive, false, 0))).Accepted.ShouldBeTrue();
}
