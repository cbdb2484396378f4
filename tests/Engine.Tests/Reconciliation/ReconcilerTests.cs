using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Protection;
using Granary.Engine.Reconciliation;
using Granary.Engine.Tests.Orders;

namespace Granary.Engine.Tests.Reconciliation;

public sealed class ReconcilerTests
{
    private const string Id = "g/main/momentum/1";
    private const string StopId = "g/main/momentum/1.1";

    private readonly EngineModel _engine = new();

    [Fact]
    public void Agreement_is_an_empty_plan()
    {
        var plan = Pass();
        plan.IsAgreed.ShouldBeTrue();
        plan.Findings.ShouldBeEmpty();
        plan.Doubt.ShouldBeNull();
    }

    [Fact]
    public void A_lost_fill_is_booked_and_completes_its_order()
    {
        _engine.Tracker.Register(OrderTrackerTests.Order(), 1);
        _engine.Take(OrderTrackerTests.Report(OrderStatus.New, 0));
        var trade = OrderTrackerTests.Fill(5, 10, 100) with { ClientOrderId = "" };
        var venue = Venue() with { Position = Position(10), Trades = [trade, trade] };
        Reconciler.Ask(_engine.Side(), _engine.Side(), venue).Orders.ShouldBeEmpty("the fill ends the order");
        var plan = Pass(venue);
        plan.Steps.ShouldBe([new ReconcileStep.TakeFill(trade)]);
        plan.IsSettled.ShouldBeFalse("a fill between two answers would look like a difference");
        plan.Findings.Single().ShouldBe(new Finding(
            FindingKind.FillsMissed, "5-5", "the venue filled Buy 10 at 100 (trade 5), which no event told", "booked from the venue's history, each once",
            "position 10"));
        Pass(venue).IsAgreed.ShouldBeTrue();
        _engine.Tracker.Live.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_that_the_venue_does_not_have_is_ended_only_when_it_is_no_longer_young()
    {
        _engine.Tracker.Register(OrderTrackerTests.Order(), _engine.NowMs - Reconciler.AbsenceMs + 1);
        var venue = Venue() with { OrderAnswers = new Dictionary<string, OrderReport?> { [Id] = null } };
        Reconciler.Ask(_engine.Side(), _engine.Side(), venue).Orders.ShouldBe([Id]);
        Pass(venue).Steps.ShouldBeEmpty("-2013 soon after an accept is not absence");
        _engine.NowMs++;
        Pass(venue).Steps.ShouldBe([new ReconcileStep.EndOrder(Id)]);
        _engine.Tracker.TryGet(Id, out var order).ShouldBeTrue();
        order!.Status.ShouldBe(OrderStatus.Rejected);
        Pass(venue).IsAgreed.ShouldBeTrue();
    }

    [Fact]
    public void A_question_that_was_not_answered_changes_nothing()
    {
        _engine.Tracker.Register(OrderTrackerTests.Order(), 1);
        _engine.Tracker.MarkUnknown(Id);
        var plan = Pass();
        plan.Steps.ShouldBeEmpty();
        _engine.Tracker.Live.Single().Status.ShouldBe(OrderStatus.Unknown);
    }

    [Theory]
    [InlineData(false, OrderStatus.Rejected)]
    [InlineData(true, OrderStatus.Expired)]
    public void An_order_that_counted_as_gone_and_turns_up_open_is_followed_again(bool wasSeen, OrderStatus counted)
    {
        _engine.Tracker.Register(OrderTrackerTests.Order(), 1);
        if (wasSeen) _engine.Take(OrderTrackerTests.Report(OrderStatus.New, 0));
        _engine.Tracker.MarkGone(Id, 2)!.After.ShouldBe(counted);
        var plan = Pass(Venue() with { Orders = [OrderTrackerTests.Report(OrderStatus.PartiallyFilled, 3)] });
        plan.Findings.Single().Kind.ShouldBe(FindingKind.OrderRevived);
        _engine.Tracker.Live.Single().Status.ShouldBe(OrderStatus.PartiallyFilled);
    }

    [Fact]
    public void Foreign_and_differing_orders_are_taken_and_named()
    {
        _engine.Tracker.Register(OrderTrackerTests.Order(), 1);
        _engine.Tracker.MarkUnknown(Id);
        var own = OrderTrackerTests.Report(OrderStatus.PartiallyFilled, 3);
        var foreign = own with { ClientOrderId = "web_1", VenueOrderId = 99, ExecutedQuantity = 0, Status = OrderStatus.New };
        var plan = Pass(Venue() with { Orders = [own, foreign] });
        plan.Steps.ShouldBe([new ReconcileStep.TakeOrder(own), new ReconcileStep.TakeOrder(foreign)]);
        plan.Findings.Select(finding => finding.Seen).ShouldBe([
            $"order {Id} was Unknown with 0 executed and is PartiallyFilled with 3 at the venue",
            "the venue has an open order web_1 (Buy 10) that the engine did not place",
        ]);
        Pass(Venue() with { Orders = [own, foreign] }).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_that_ended_while_the_list_was_under_way_is_not_brought_back()
    {
        _engine.Tracker.Register(OrderTrackerTests.Order(), 1);
        _engine.Take(OrderTrackerTests.Report(OrderStatus.New, 0));
        var asked = _engine.Side();
        _engine.Take(OrderTrackerTests.Report(OrderStatus.Canceled, 0));
        var plan = Pass(Venue() with { Orders = [OrderTrackerTests.Report(OrderStatus.New, 0)] }, asked: asked);
        plan.IsAgreed.ShouldBeTrue();
        plan.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_that_came_while_the_list_was_under_way_is_not_missing_in_it()
    {
        var asked = _engine.Side();
        _engine.Tracker.Register(OrderTrackerTests.Order(), 1);
        _engine.Take(OrderTrackerTests.Report(OrderStatus.New, 0));
        Reconciler.Ask(asked, _engine.Side(), Venue()).Orders.ShouldBeEmpty();
        var gone = Venue() with { OrderAnswers = new Dictionary<string, OrderReport?> { [Id] = null } };
        Reconciler.Plan(asked, _engine.Side(), gone, null).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_that_is_being_sent_is_left_to_its_answer()
    {
        _engine.Tracker.Register(OrderTrackerTests.Order(), 1);
        var sending = _engine.Side() with { Orders = [] };
        var plan = Reconciler.Plan(sending, sending, Venue() with { Orders = [OrderTrackerTests.Report(OrderStatus.New, 0)] }, null);
        plan.IsAgreed.ShouldBeTrue();
        plan.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_position_that_no_fill_explains_is_taken_over_at_the_third_equal_look_and_named_once()
    {
        _engine.Take(OrderTrackerTests.Fill(1, 5, 100));
        PositionDoubt? doubt = null;
        for (var look = 1; look < Reconciler.LooksMax; look++)
        {
            var early = Pass(doubt: doubt);
            early.Steps.ShouldBeEmpty();
            early.IsSettled.ShouldBeFalse();
            doubt = early.Doubt;
        }

        var plan = Pass(doubt: doubt);
        plan.Steps.ShouldBe([new ReconcileStep.InferFill("", -5, 100, 500)]);
        plan.Findings.Single().Seen.ShouldBe("the position was 5 here and 0 at the venue in 3 looks; no trade of the venue's history explains it");
        Pass().IsAgreed.ShouldBeTrue();
        _engine.Fills[^1].TradeId.ShouldBe(-1);
    }

    [Fact]
    public void A_history_that_does_not_reach_back_needs_one_look_less()
    {
        var venue = Venue() with { Position = Position(3), AreTradesComplete = false };
        var plan = Pass(venue, Pass(venue).Doubt);
        plan.Steps.Single().ShouldBe(new ReconcileStep.InferFill("", 3, 100, 200));
        (_engine.Ledger.Quantity, _engine.Ledger.EntryPrice).ShouldBe((3m, 100m));
    }

    [Fact]
    public void A_difference_that_changes_or_a_fill_in_between_begins_the_looks_anew()
    {
        var doubt = Pass(Venue() with { Position = Position(3) }).Doubt;
        doubt = Pass(Venue() with { Position = Position(4) }, doubt).Doubt;
        doubt!.Looks.ShouldBe(1);
        var asked = _engine.Side();
        _engine.Take(OrderTrackerTests.Fill(1, 4, 100));
        var plan = Pass(Venue() with { Position = Position(5) }, doubt, asked);
        (plan.Doubt, plan.IsSettled).ShouldBe((null, false));
    }

    [Fact]
    public void A_position_older_than_the_newest_fill_is_believed_late_but_not_never()
    {
        _engine.Take(OrderTrackerTests.Fill(1, 5, 100) with { TimeMs = 300 });
        var venue = Venue() with { Position = Position(2) };
        PositionDoubt? doubt = null;
        var looks = 0;
        while (_engine.Ledger.Quantity != 2)
        {
            doubt = Pass(venue, doubt).Doubt;
            (++looks).ShouldBeLessThanOrEqualTo(Reconciler.LooksWhenOlder);
        }
        looks.ShouldBe(Reconciler.LooksWhenOlder);
    }

    [Fact]
    public void What_an_order_lacks_is_inferred_for_that_order_and_the_rest_is_external()
    {
        _engine.Tracker.Register(OrderTrackerTests.Order(), 1);
        _engine.Take(OrderTrackerTests.Report(OrderStatus.Canceled, 4));
        var venue = Venue() with { Position = Position(6) };
        var plan = Pass(venue, Pass(venue, Pass(venue).Doubt).Doubt);
        plan.Steps.ShouldBe([new ReconcileStep.InferFill(Id, 4, 100, 200), new ReconcileStep.InferFill("", 2, 100, 200)]);
        Pass(venue).IsAgreed.ShouldBeTrue();
        _engine.Ledger.EntryPrice.ShouldBe(100);
    }

    [Fact]
    public void A_real_fill_that_turns_up_late_replaces_the_synthetic_one()
    {
        var venue = Venue() with { Position = Position(6) };
        Pass(venue, Pass(venue, Pass(venue).Doubt).Doubt);
        var real = OrderTrackerTests.Fill(9, 6, 90) with { TimeMs = 150 };
        Pass(venue with { Trades = [real] });
        (_engine.Ledger.Quantity, _engine.Ledger.EntryPrice).ShouldBe((6m, 90m));
        _engine.Fills.Select(fill => (fill.TradeId, fill.ClientOrderId)).ShouldBe([(-1, "synthetic/1"), (-2, "synthetic/2/of/9"), (9, Id)]);
        Pass(venue with { Trades = [real] }).IsAgreed.ShouldBeTrue();
    }

    [Fact]
    public void A_stop_in_no_book_is_taken_over_and_one_of_a_person_is_left()
    {
        var venue = Venue() with { Triggers = [Trigger(StopId), Trigger("web_tp"), Trigger("g/main/momentum/1.2") with { IsStop = false }] };
        var plan = Pass(venue);
        plan.Steps.ShouldBe([new ReconcileStep.TakeStop(Trigger(StopId), true)]);
        plan.Findings.Select(finding => finding.Kind).ShouldBe([FindingKind.StopFound, FindingKind.ForeignTrigger, FindingKind.ForeignTrigger]);
        _engine.Stops.Live.Single().State.ShouldBe(ProtectiveStopState.Resting);
        Pass(venue).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void A_stop_that_the_venue_does_not_show_soon_after_it_was_placed_is_not_missing()
    {
        _engine.Stops.OnReport(Trigger(StopId), _engine.NowMs);
        var venue = Venue() with { StopAnswers = new Dictionary<string, TriggerOrderReport?> { [StopId] = null } };
        Reconciler.Ask(_engine.Side(), _engine.Side(), venue).Stops.ShouldBe([StopId]);
        Pass(venue).Steps.ShouldBeEmpty();
        _engine.NowMs += Reconciler.AbsenceMs;
        Pass(venue).Findings.Single().Kind.ShouldBe(FindingKind.StopMissing);
        _engine.Stops.Live.ShouldBeEmpty();

        // F1: and there it is after all. A list that may be older than that is not believed yet.
        Pass(Venue() with { Triggers = [Trigger(StopId)] }).Steps.ShouldBeEmpty();
        _engine.NowMs += Reconciler.ListAgeMs;
        Pass(Venue() with { Triggers = [Trigger(StopId)] }).Findings.Single().Kind.ShouldBe(FindingKind.StopDiffers);
        _engine.Stops.Live.Single().State.ShouldBe(ProtectiveStopState.Resting);
    }

    [Fact]
    public void A_stop_cancelled_while_the_list_was_under_way_does_not_rest_again()
    {
        _engine.Stops.OnReport(Trigger(StopId), 1);
        _engine.Stops.OnCanceling(StopId, 2);
        var asked = _engine.Side();
        _engine.Stops.OnCanceled(StopId, 3);
        Pass(Venue() with { Triggers = [Trigger(StopId)] }, asked: asked).IsAgreed.ShouldBeTrue();
        _engine.Stops.Live.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(TriggerOrderStatus.Waiting, ProtectiveStopState.Resting)]
    [InlineData(TriggerOrderStatus.Triggered, ProtectiveStopState.Triggered)]
    [InlineData(TriggerOrderStatus.Canceled, ProtectiveStopState.Over)]
    [InlineData(TriggerOrderStatus.Unknown, ProtectiveStopState.Canceling)]
    public void A_stop_whose_cancel_was_lost_is_what_the_venue_says(TriggerOrderStatus said, ProtectiveStopState state)
    {
        _engine.Stops.OnReport(Trigger(StopId), 1);
        _engine.Stops.OnCanceling(StopId, 2);
        Pass(Venue() with { StopAnswers = new Dictionary<string, TriggerOrderReport?> { [StopId] = Trigger(StopId) with { Status = said } } });
        _engine.Stops.Find(StopId)!.State.ShouldBe(state);
    }

    [Fact]
    public void Without_a_list_of_stops_none_is_missing()
    {
        _engine.Stops.OnReport(Trigger(StopId), 1);
        Reconciler.Ask(_engine.Side(), _engine.Side(), Venue() with { Triggers = null }).Stops.ShouldBeEmpty();
    }

    [Fact]
    public void Something_of_another_symbol_is_an_error() => Should.Throw<ArgumentException>(() =>
        Pass(Venue() with { Position = Position(1) with { Symbol = "ETHUSDT" } })).Message.ShouldContain("reconciliation of BTCUSDT was given something of ETHUSDT");

    internal static VenueSide Venue() => new() { AskedMs = 500, Orders = [], Position = null, Trades = [], Triggers = [] };

    internal static PositionReport Position(decimal quantity) => new(EngineModel.Symbol, quantity, 100, 0, 0, 0, 200);

    internal static TriggerOrderReport Trigger(string id) => new(
        EngineModel.Symbol, id, 70, TriggerOrderStatus.Waiting, OrderSide.Sell, true, 95, null, true, 0, "", 100);

    private ReconcilePlan Pass(VenueSide? venue = null, PositionDoubt? doubt = null, EngineSide? asked = null)
    {
        var now = _engine.Side();
        var plan = Reconciler.Plan(asked ?? now, now, venue ?? Venue(), doubt);
        _engine.CarryOut(plan);
        return plan;
    }
}
