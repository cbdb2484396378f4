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
        world.Ask(world.Risk.GetView).Approvals.ShouldBeGreaterThan(0);
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
