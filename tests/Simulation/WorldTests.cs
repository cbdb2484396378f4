using Granary.Engine.Orders;

namespace Granary.Simulation;

/// <summary>Whole-engine runs from a seed: every one of them ends with books and exchange equal to the last decimal.</summary>
public sealed class WorldTests
{
    private static readonly string[] Symbols = ["BTCUSDT"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_quiet_hour_trades_and_adds_up(ulong seed)
    {
        using var world = new World(new WorldOptions { Seed = seed });
        world.StartSilo();
        world.Scheduler.RunFor(TimeSpan.FromMinutes(40));
        Invariants.CheckTraded(world, Symbols);
        Invariants.Check(world, Symbols);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Lost_answers_are_resolved_by_asking(ulong seed)
    {
        using var world = new World(new WorldOptions { Seed = seed, AnswerLossProbability = 0.5 });
        world.StartSilo();
        world.Scheduler.RunFor(TimeSpan.FromMinutes(40));
        var incidents = world.Ask(() => world.Journal!.Reader.GetIncidentsAsync(1_000));
        incidents.ShouldContain(i => i.Kind == "OrderUnknown");
        Invariants.CheckTraded(world, Symbols);
        Invariants.Check(world, Symbols);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void Lost_notices_between_grains_heal(ulong seed)
    {
        using var world = new World(new WorldOptions { Seed = seed, OneWayDropProbability = 0.3, CallDelayMax = TimeSpan.FromMilliseconds(5) });
        world.StartSilo();
        world.Scheduler.RunFor(TimeSpan.FromMinutes(40));
        Invariants.CheckTraded(world, Symbols);
        Invariants.Check(world, Symbols);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void A_silo_killed_at_any_turn_comes_back_to_the_truth(ulong seed)
    {
        var random = new SplitMix(seed);
        using var world = new World(new WorldOptions { Seed = seed, AnswerLossProbability = 0.2 });
        for (var life = 0; life < 8; life++)
        {
            world.StartSilo();
            world.UntilActive(TimeSpan.FromMinutes(2));
            var turns = world.Scheduler.TurnCount + 1 + (long)(random.Unit() * 120_000);
            world.Silo!.CrashAtTurn(turns);
            world.Scheduler.RunUntil(() => world.Scheduler.TurnCount >= turns, TimeSpan.FromHours(1));
            world.Crash();
            world.Scheduler.RunFor(random.Between(TimeSpan.Zero, TimeSpan.FromSeconds(40)));
        }

        world.StartSilo();
        world.UntilActive(TimeSpan.FromMinutes(2));
        Invariants.CheckTraded(world, Symbols);
        Invariants.Check(world, Symbols);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    public void Streams_cut_at_any_moment_lose_nothing(ulong seed)
    {
        var random = new SplitMix(seed);
        using var world = new World(new WorldOptions { Seed = seed });
        world.StartSilo();
        world.UntilActive(TimeSpan.FromMinutes(2));
        world.Scheduler.RunFor(TimeSpan.FromSeconds(10));
        var since = world.Ask(world.Symbol("BTCUSDT").GetView);
        for (var cut = 0; cut < 30; cut++)
        {
            world.Scheduler.RunFor(random.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(60)));
            world.CutStreams();
        }

        world.Scheduler.RunFor(TimeSpan.FromSeconds(30));
        world.UntilActive(TimeSpan.FromMinutes(2));
        Invariants.CheckTraded(world, Symbols);
        Invariants.CheckTrades(world, since);
        Invariants.Check(world, Symbols);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    public void Trades_by_hand_on_the_same_account_are_adopted(ulong seed)
    {
        const string Hand = "web_";
        var random = new SplitMix(seed);
        using var world = new World(new WorldOptions { Seed = seed, AnswerLossProbability = 0.1 });
        world.StartSilo();

        // A position that the engine did not open keeps it from opening one: it goes first.
        world.Until(async () => (await world.Risk.GetView()).Approvals > 1, TimeSpan.FromHours(2), "the engine to trade");
        for (var i = 0; i < 12; i++)
        {
            world.Scheduler.RunFor(random.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(90)));
            world.TradeByHand($"{Hand}{i}", random.Unit() < 0.5 ? OrderSide.Buy : OrderSide.Sell, 0.01m);
            if (i % 4 != 3) continue;
            world.Crash();
            world.TradeByHand($"{Hand}while-away-{i}", OrderSide.Buy, 0.02m);
            world.StartSilo();
            world.UntilActive(TimeSpan.FromMinutes(2));
        }

        // One that rests far below: the engine sees it, and cancels it when it is told to cancel everything.
        var resting = world.TradeByHand($"{Hand}rests", OrderSide.Buy, 0.01m, decimal.Floor(world.Core.GetMarkPrice("BTCUSDT").Mark * 0.96m));
        world.Until(async () => (await world.Execution("BTCUSDT").GetView()).LiveOrders.Any(o => o.ClientOrderId == resting.ClientOrderId && o.Strategy == "EXTERNAL"), TimeSpan.FromMinutes(1), "the order placed by hand to be seen");
        world.Scheduler.Run(async () => await world.Risk.CancelAll("test"));
        world.Core.GetOrder(World.Account, "BTCUSDT", resting.OrderId, null).Status.ShouldBe(OrderStatus.Canceled);
        Invariants.CheckTraded(world, Symbols);
        Invariants.Check(world, Symbols, Hand);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    public void A_slow_venue_delays_and_breaks_nothing(ulong seed)
    {
        using var world = new World(new WorldOptions { Seed = seed, RestLatencyMax = TimeSpan.FromSeconds(2), AnswerLossProbability = 0.1 });
        world.StartSilo();
        world.UntilActive(TimeSpan.FromMinutes(5));
        world.Scheduler.RunFor(TimeSpan.FromMinutes(30));
        Invariants.CheckTraded(world, Symbols);
        Invariants.Check(world, Symbols);
    }

    [Fact]
    public void Halt_holds_over_a_crash()
    {
        using var world = new World(new WorldOptions { Seed = 20 });
        world.StartSilo();
        world.UntilActive(TimeSpan.FromMinutes(2));
        world.Ask(() => world.Risk.SetState("Halted", "drill", "operator"));
        world.Crash();
        world.StartSilo();
        world.Scheduler.RunFor(TimeSpan.FromMinutes(20));
        var view = world.Ask(world.Risk.GetView);
        view.State.ShouldBe("Halted");
        view.Approvals.ShouldBe(0);
        view.Refusals["StateHalted"].ShouldBeGreaterThan(0);
        Invariants.Check(world, Symbols);
    }

    [Fact]
    public void Flatten_closes_everything_and_opens_nothing()
    {
        using var world = new World(new WorldOptions { Seed = 2 });
        world.StartSilo();
        world.Until(async () => (await world.Execution("BTCUSDT").GetView()).Quantity != 0, TimeSpan.FromHours(3), "a position");
        world.Ask(() => world.Risk.Flatten("drill", "operator"));
        world.Until(async () => (await world.Execution("BTCUSDT").GetView()) is { Quantity: 0, LiveOrders.Count: 0 }, TimeSpan.FromMinutes(1), "a flat book");
        world.Scheduler.RunFor(TimeSpan.FromMinutes(10));
        world.Ask(world.Execution("BTCUSDT").GetView).Quantity.ShouldBe(0);
        Invariants.Check(world, Symbols);
    }
}
