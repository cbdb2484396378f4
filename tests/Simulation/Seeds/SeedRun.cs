using System.Globalization;
using Granary.Engine.Grid;
using Granary.Exchange;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Simulation.Grid;
using Granary.Simulation.Troubles;
using Granary.Simulation.Watch;

namespace Granary.Simulation.Seeds;

/// <summary>Runs a plan from the first turn to the last comparison.</summary>
internal static class SeedRun
{
    private static readonly string[] Symbols = ["BTCUSDT"];

    /// <summary>Runs the plan. Never throws for what the engine does; that is the result.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="trace">Told what happens, or null.</param>
    public static SeedResult Execute(SeedPlan plan, Action<string>? trace = null)
    {
        var moves = Symbols.ToDictionary(s => s, _ => new List<SyntheticMove>());
        using var world = new World(Options(plan, moves));
        if (trace is not null) world.Evidence.Trace = text => trace($"{world.Scheduler.Now:HH:mm:ss.fff} {text}");
        var (rule, failure) = ((string?)null, (string?)null);
        try
        {
            Live(world, plan, moves);
        }
        catch (ViolationException e)
        {
            (rule, failure) = (e.Violation.Rule.Split(' ')[0], e.Message);
        }
        catch (Exception e)
        {
            rule = e is TimeoutException ? "SettlesInTime" : e is ShouldAssertException ? "BooksEqualExchange" : e.GetType().Name;
            failure = $"{rule}: {e.Message} ({world.Scheduler})";
            if (e is not (TimeoutException or ShouldAssertException)) trace?.Invoke(e.ToString());
        }

        var journal = world.Journal is { } open ? world.Scheduler.Run(async () => await open.Reader.GetContentHashAsync()) : "closed";
        var scheduler = world.Scheduler;
        return new SeedResult(
            plan, rule, failure, $"journal={journal} trace={scheduler.TraceHash:x16} turns={scheduler.TurnCount}",
            scheduler.Now - scheduler.Options.Start, world.Evidence.VenueFills.Count, world.Evidence.Incidents);
    }

    private static WorldOptions Options(SeedPlan plan, Dictionary<string, List<SyntheticMove>> moves) => new()
    {
        Seed = plan.Seed,
        Symbols = Symbols,
        VolumeThreshold = 0.6m,
        Profiles = [new SyntheticProfile("BTCUSDT", 64_000m, 1.5, 0.04m, 1.0) { RequoteMs = 600, Moves = moves["BTCUSDT"] }],
        DepthIntervalMs = 500,
        QuoteIntervalMs = 200,
        Defect = plan.Defect,
        Placement = plan.Placement,

        Engine = settings =>
        {
            // Beyond what a ban of a minute makes of a request, and below what a grain is stuck for.
            settings = settings with { Watchdog = settings.Watchdog with { VenueStuckMs = 90_000 } };
            return plan.IsGrid ? GridWorld.Engine(settings, plan.Seed % 2 == 0 ? GridMode.Long : GridMode.Short) : settings;
        },
        CallDelayMax = plan.Has(TroubleKind.SlowCalls) ? TimeSpan.FromMilliseconds(50) : default,
        OneWayDropProbability = plan.Has(TroubleKind.LostNotices) ? 0.2 : 0,
        LatencyMax = TimeSpan.FromMilliseconds(plan.Has(TroubleKind.FarVenue) ? 200 : 20),
    };

    private static void Live(World world, SeedPlan plan, Dictionary<string, List<SyntheticMove>> moves)
    {
        var rules = new ContinuousRules(world);
        var schedule = new TroubleSchedule(world, rules, moves, plan.Troubles);
        world.StartSilo();
        schedule.Run(plan.Length);
        schedule.End();
        schedule.Run(TimeSpan.FromMinutes(2));

        // Take-profits of a grid rest until they are filled.
        if (plan.IsGrid) world.Ask(() => world.Risk.Flatten("the run is over", "test"));
        Invariants.Check(world, Symbols, Evidence.Hand);
        rules.Look();
        world.Until(async () => await IsReadyAsync(world), TimeSpan.FromMinutes(5), "the account to be ready");
        var before = See(world);
        world.Crash();
        world.StartSilo();
        world.Until(async () => await IsReadyAsync(world), TimeSpan.FromMinutes(5), "the journal to be replayed");
        var after = See(world);
        if (before != after) world.Evidence.Report("ReplayGivesTheSame", $"before the restart {before}, after it {after}");
        rules.Look();
    }

    private static async Task<bool> IsReadyAsync(World world)
    {
        var risk = await world.Risk.GetView();
        if (risk.State == "Recovering" || risk.UnknownOrders > 0) return false;
        foreach (var symbol in Symbols)
        {
            if (!(await world.Execution(symbol).GetView()).Ready) return false;
        }

        return true;
    }

    /// <summary>The money state of the engine in one line.</summary>
    private static string See(World world)
    {
        RiskView risk = world.Ask(world.Risk.GetView);
        var books = Symbols.Select(s => world.Ask(world.Execution(s).GetView)).Select((ExecutionView v) =>
            $"{v.Symbol} {Plain(v.Quantity)} cost {Plain(v.CostBasis)} pnl {Plain(v.RealizedPnl)} fees {Plain(v.Fees)} fills {v.FillCount} {v.Strategy} orders {v.LiveOrders.Count}");
        return $"{risk.State} wallet {Plain(risk.Wallet)} since {Plain(risk.InitialWallet)} flows {Plain(risk.OtherFlows)}; {string.Join("; ", books)}";
    }

    /// <summary>Without trailing zeros: how many a sum carries says nothing.</summary>
    private static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
