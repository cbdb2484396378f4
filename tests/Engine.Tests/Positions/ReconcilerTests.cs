using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Tests.Orders;

namespace Granary.Engine.Tests.Positions;

public sealed class ReconcilerTests
{
    private const long Now = 1_000_000;

    private readonly OrderTracker _tracker = new("BTCUSDT");
    private readonly PositionLedger _ledger = new();

    [Fact]
    public void Agreement_is_an_empty_plan()
    {
        var plan = Plan();
        plan.IsAgreed.ShouldBeTrue();
        (plan.Fills.Count, plan.Reports.Count, plan.Query.Count, plan.Close.Count, plan.Adopt).ShouldBe((0, 0, 0, 0, null));
    }

    [Fact]
    public void A_lost_fill_is_recovered_and_completes_its_order()
    {
        _tracker.Register(OrderTrackerTests.Order(), 1);
        _tracker.Apply(OrderTrackerTests.Report(OrderStatus.New, 0));
        var trade = OrderTrackerTests.Fill(5, 10, 100) with { ClientOrderId = "" };
        var plan = Plan(position: Position(10), trades: [trade, trade]);
        plan.Fills.ShouldBe([trade]);
        plan.Query.ShouldBeEmpty("the fill ends the order");
        plan.Adopt.ShouldBeNull();
        plan.Differences.Single().ShouldBe("BTCUSDT: the venue filled Buy 10 at 100 (trade 5), which the engine had not seen");
        Carry(plan);
        Plan(position: Position(10), trades: [trade]).IsAgreed.ShouldBeTrue();
    }

    [Fact]
    public void An_order_missing_at_the_venue_is_asked_for_and_closed_only_when_it_stays_unfindable()
    {
        _tracker.Register(OrderTrackerTests.Order(), Now - 20_000);
        var asked = Plan();
        asked.Query.Single().ClientOrderId.ShouldBe("g/main/momentum/1");
        asked.Close.ShouldBeEmpty();
        var gone = Plan(notFound: ["g/main/momentum/1"]);
        gone.Close.Single().Status.ShouldBe(OrderStatus.PendingNew);
        Carry(gone);
        Plan(notFound: ["g/main/momentum/1"]).IsAgreed.ShouldBeTrue();
    }

    [Fact]
    public void A_young_order_that_the_venue_does_not_find_is_asked_for_again()
    {
        _tracker.Register(OrderTrackerTests.Order(), Now - 9_999);
        var plan = Plan(notFound: ["g/main/momentum/1"]);
        (plan.Query.Count, plan.Close.Count).ShouldBe((1, 0));
    }

    [Fact]
    public void Foreign_and_differing_orders_are_reported()
    {
        _tracker.Register(OrderTrackerTests.Order(), 1);
        _tracker.MarkUnknown("g/main/momentum/1");
        var own = OrderTrackerTests.Report(OrderStatus.PartiallyFilled, 3);
        var foreign = own with { ClientOrderId = "web_1", VenueOrderId = 99, ExecutedQuantity = 0, Status = OrderStatus.New };
        var plan = Plan(orders: [own, foreign], position: null);
        plan.Reports.ShouldBe([own, foreign]);
        plan.Foreign.ShouldBe([foreign]);
        plan.Differences.ShouldContain("BTCUSDT: order g/main/momentum/1 was Unknown with 0 executed here and PartiallyFilled with 3 executed at the venue");
        plan.Differences.ShouldContain("BTCUSDT: the venue has an open order web_1 (Buy 10) that the engine did not know");
        Carry(plan);
        Plan(orders: [own, foreign]).IsAgreed.ShouldBeTrue();
    }

    [Fact]
    public void A_position_that_no_fill_explains_is_adopted_once()
    {
        _ledger.Adopt(5, 100);
        var plan = Plan();
        plan.Adopt!.Quantity.ShouldBe(0);
        plan.Differences.Single().ShouldBe("BTCUSDT: position was 5 here after 0 recovered fills and 0 at the venue; adopting the venue's");
        Carry(plan);
        Plan().IsAgreed.ShouldBeTrue();
    }

    [Fact]
    public void A_position_that_may_be_older_than_a_fill_is_not_judged()
    {
        _ledger.Adopt(5, 100);
        var during = Plan(lastFillTimeMs: Now - 1000);
        (during.Adopt, during.IsPositionComparable, during.IsAgreed).ShouldBe((null, false, false));
        var stale = Plan(position: Position(4) with { TimeMs = 50 }, lastFillTimeMs: 60);
        (stale.Adopt, stale.IsPositionComparable).ShouldBe((null, false));
    }

    [Fact]
    public void Something_of_another_symbol_is_an_error() => Should.Throw<ArgumentException>(() =>
        Plan(position: Position(1) with { Symbol = "ETHUSDT" })).Message.ShouldContain("reconciliation of BTCUSDT was given something of ETHUSDT");

    [Fact]
    public void One_pass_converges_whatever_was_lost() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1)),
        seed =>
        {
            var random = new Random(seed);
            var scene = new ReconcilerTests();
            var open = new List<OrderReport>();
            var final = new Dictionary<string, OrderReport>();
            var trades = new List<Fill>();
            decimal position = random.Next(4) == 0 ? random.Next(-3, 4) : 0;
            for (var n = 1; n <= 5; n++)
            {
                var id = n == 5 ? "web_1" : $"g/main/momentum/{n}";
                var order = OrderTrackerTests.Order(id);
                if (n < 5) scene._tracker.Register(order, 1);
                decimal executed = 0;
                while (executed < 10 && random.Next(3) > 0)
                {
                    var quantity = Math.Min(random.Next(1, 6), 10 - executed);
                    var fill = new Fill("BTCUSDT", trades.Count + 1, "", 70 + n, OrderSide.Buy, 100, quantity, 0, "USDT", 0, false, 100);
                    executed += fill.Quantity;
                    trades.Add(fill);
                    if (random.Next(2) == 0) scene.Book(scene._tracker.ApplyFill(fill with { ClientOrderId = id }));
                }
                var isOpen = executed < 10 && random.Next(2) == 0;
                var report = OrderTrackerTests.Report(
                    executed == 10 ? OrderStatus.Filled : !isOpen ? OrderStatus.Canceled : executed > 0 ? OrderStatus.PartiallyFilled : OrderStatus.New,
                    executed) with
                { ClientOrderId = id, VenueOrderId = 70 + n };
                if (isOpen) open.Add(report);
                final[id] = report;
                if (random.Next(2) == 0) scene.Book(scene._tracker.Apply(report));
            }
            position += trades.Sum(trade => trade.SignedQuantity);
            scene.Carry(scene.Plan(open, Position(position), trades), id => final[id]);
            var second = scene.Plan(open, Position(position), trades);
            second.IsAgreed.ShouldBeTrue(string.Join('\n', second.Differences));
            scene._ledger.Quantity.ShouldBe(position);
            scene._tracker.Live.Select(order => order.ClientOrderId).ShouldBe(open.Select(order => order.ClientOrderId), ignoreOrder: true);
        }).QuickCheckThrowOnFailure();

    private static PositionReport Position(decimal quantity) => new("BTCUSDT", quantity, 100, 0, 0, 0, 200);

    private ReconcilePlan Plan(
        IReadOnlyList<OrderReport>? orders = null, PositionReport? position = null, IReadOnlyList<Fill>? trades = null, string[]? notFound = null,
        long lastFillTimeMs = 0) => Reconciler.Plan(new ReconcileInput(
            "BTCUSDT", Now, _tracker.Live, _ledger.Quantity, _tracker.KnowsTrade, lastFillTimeMs, orders ?? [], position, trades ?? [], Now - 1000)
        {
            NotFound = new HashSet<string>(notFound ?? []),
        });

    private void Carry(ReconcilePlan plan, Func<string, OrderReport>? query = null)
    {
        foreach (var fill in plan.Fills) Book(_tracker.ApplyFill(fill));
        foreach (var report in plan.Reports) Book(_tracker.Apply(report));
        foreach (var order in plan.Query) Book(_tracker.Apply(query!(order.ClientOrderId)));
        foreach (var order in plan.Close) Book(_tracker.MarkGone(order.ClientOrderId, Now));
        if (plan.Adopt is { } venue) _ledger.Adopt(venue.Quantity, venue.EntryPrice);
    }

    private void Book(OrderChange? change)
    {
        foreach (var fill in change?.NewFills ?? []) _ledger.Apply(fill);
    }
}
