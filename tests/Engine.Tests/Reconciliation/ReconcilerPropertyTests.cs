using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Protection;
using Granary.Engine.Reconciliation;
using Granary.Engine.Tests.Orders;

namespace Granary.Engine.Tests.Reconciliation;

/// <summary>
/// Random histories of a venue, of which the engine heard a random part in a random order. A round looks until positions agree; the next look must find nothing
/// to do, whatever was lost, came twice, came late, or came while the venue was asked.
/// </summary>
public sealed class ReconcilerPropertyTests
{
    [Fact]
    public void One_round_converges_whatever_was_lost() => Check(seed =>
    {
        var (scene, engine) = (new VenueModel(new Random(seed)), new EngineModel());
        scene.Live(engine);
        var venue = scene.Side();
        Round(engine, () => venue, _ => { });
        Agrees(engine, scene);
    });

    [Fact]
    public void Events_that_come_while_the_venue_is_asked_are_not_undone_and_the_next_round_converges() => Check(seed =>
    {
        var random = new Random(seed);
        var (scene, engine) = (new VenueModel(random), new EngineModel());
        scene.Live(engine);
        var stale = scene.Side();
        scene.Move();
        Round(engine, () => stale, _ => scene.Tell(engine, random.Next(4)), looksMax: 6);

        // What the events told is still there: nothing that was final lives, nothing executed is less, each trade counts once.
        foreach (var report in scene.Told.Where(report => report.Status.IsFinal()))
            if (engine.Tracker.TryGet(report.ClientOrderId, out var order)) order!.IsLive.ShouldBeFalse($"{report.ClientOrderId} ended as {report.Status}");
        foreach (var id in scene.StopsTold) engine.Stops.Find(id)?.MayWait.ShouldBeFalse($"stop {id} was told to have ended");
        scene.Tell(engine, int.MaxValue);
        engine.NowMs += Reconciler.ListAgeMs;
        Round(engine, scene.Side, _ => { });
        Agrees(engine, scene);
    });

    [Fact]
    public void Real_fills_that_turn_up_late_never_count_beside_the_synthetic_ones() => Check(seed =>
    {
        var random = new Random(seed);
        var (scene, engine) = (new VenueModel(random), new EngineModel());
        scene.Live(engine);

        // The venue's history shows nothing for a whole round, then everything.
        var blind = scene.Side() with { Trades = [], AreTradesComplete = random.Next(2) == 0 };
        Round(engine, () => blind, _ => { });
        engine.Ledger.Quantity.ShouldBe(scene.Quantity);
        var hasInferred = engine.Fills.Exists(fill => fill.TradeId < 0);
        foreach (var fill in scene.Fills.OrderBy(_ => random.Next())) engine.Take(fill);
        if (hasInferred) engine.Ledger.Quantity.ShouldBe(scene.Quantity, "the position never moves");
        Round(engine, scene.Side, _ => { });
        Agrees(engine, scene);
        engine.Fills.Where(fill => fill.TradeId < 0).Sum(fill => fill.SignedQuantity).ShouldBe(scene.Unexplained);
    });

    private static void Check(Action<int> holds) =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    /// <summary>Looks until the positions agree, as the grain does, and holds a last look against it: nothing is left to do.</summary>
    private static void Round(EngineModel engine, Func<VenueSide> venue, Action<int> meanwhile, int looksMax = int.MaxValue)
    {
        PositionDoubt? doubt = null;
        for (var look = 1; ; look++)
        {
            var plan = Look(engine, venue(), doubt, () => meanwhile(look));
            engine.CarryOut(plan);
            doubt = plan.Doubt;
            if (plan.IsSettled) break;
            if (look == looksMax) return;
            look.ShouldBeLessThan(Reconciler.LooksWhenOlder + 3, "a round ends");
        }
        if (looksMax < int.MaxValue) return;
        var last = Look(engine, venue(), null, () => { });
        last.IsAgreed.ShouldBeTrue(string.Join('\n', last.Steps));
        last.Findings.ShouldAllBe(finding => finding.Kind == FindingKind.ForeignTrigger);
    }

    private static ReconcilePlan Look(EngineModel engine, VenueSide venue, PositionDoubt? doubt, Action meanwhile)
    {
        var asked = engine.Side();
        meanwhile();
        var questions = Reconciler.Ask(asked, engine.Side(), venue);
        venue = venue with
        {
            OrderAnswers = questions.Orders.ToDictionary(id => id, venue.OrderAnswers.GetValueOrDefault),
            StopAnswers = questions.Stops.ToDictionary(id => id, venue.StopAnswers.GetValueOrDefault),
        };
        return Reconciler.Plan(asked, engine.Side(), venue, doubt);
    }

    private static void Agrees(EngineModel engine, VenueModel scene)
    {
        engine.Ledger.Quantity.ShouldBe(scene.Quantity);
        engine.Tracker.Live.Select(order => order.ClientOrderId).ShouldBe(scene.OpenOrders, ignoreOrder: true);
        engine.Stops.Live.Where(stop => stop.MayWait).Select(stop => stop.ClientId).ShouldBe(scene.OpenStops, ignoreOrder: true);
        engine.Fills.Where(fill => fill.TradeId > 0).Select(fill => fill.TradeId).ShouldBeUnique();
        engine.Fills.Select(fill => fill.TradeId).ShouldBeUnique();
        foreach (var fill in scene.Fills) engine.Tracker.KnowsTrade(fill.TradeId).ShouldBeTrue($"trade {fill.TradeId}");
    }
}
