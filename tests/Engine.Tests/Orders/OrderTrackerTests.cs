using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Orders;

public sealed class OrderTrackerTests
{
    private const string Id = "g/main/momentum/1";

    private readonly OrderTracker _tracker = new("BTCUSDT");

    [Fact]
    public void An_order_goes_from_registered_to_filled()
    {
        _tracker.Register(Order(), 1).Status.ShouldBe(OrderStatus.PendingNew);
        Change(_tracker.Apply(Report(OrderStatus.New, 0)), OrderStatus.PendingNew, OrderStatus.New);
        var part = Change(_tracker.Apply(Report(OrderStatus.PartiallyFilled, 4, Fill(1, 4, 100))), OrderStatus.New, OrderStatus.PartiallyFilled);
        part.NewFills.Single().TradeId.ShouldBe(1);
        var whole = Change(_tracker.Apply(Report(OrderStatus.Filled, 10, Fill(2, 6, 110))), OrderStatus.PartiallyFilled, OrderStatus.Filled);
        whole.Order.AveragePrice.ShouldBe(106);
        (whole.Order.MissingQuantity, whole.Order.RemainingQuantity).ShouldBe((0m, 0m));
        _tracker.Live.ShouldBeEmpty();
        _tracker.LastTradeId.ShouldBe(2);
    }

    [Fact]
    public void A_repeated_or_late_report_says_nothing_new()
    {
        _tracker.Register(Order(), 1);
        var filled = Report(OrderStatus.Filled, 10, Fill(1, 10, 100));
        _tracker.Apply(filled).ShouldNotBeNull();
        _tracker.Apply(filled).ShouldBeNull();
        _tracker.Apply(Report(OrderStatus.New, 0)).ShouldBeNull();
        _tracker.Apply(Report(OrderStatus.PartiallyFilled, 4) with { TimeMs = 5 }).ShouldBeNull();
        _tracker.ApplyFill(Fill(1, 10, 100)).ShouldBeNull();
        _tracker.MarkUnknown(Id).ShouldBeNull();
        _tracker.MarkPendingCancel(Id).ShouldBeNull();
        Status().ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void A_status_that_is_not_known_puts_a_live_order_in_doubt_until_another_report_says_how_it_stands()
    {
        _tracker.Register(Order(), 1);
        _tracker.Apply(Report(OrderStatus.New, 0) with { TimeMs = 10 });
        Change(_tracker.Apply(Report(OrderStatus.Unknown, 4, Fill(1, 4, 100)) with { TimeMs = 11 }), OrderStatus.New, OrderStatus.Unknown);
        var doubtful = _tracker.Live.Single();
        (doubtful.IsLive, doubtful.FilledQuantity, doubtful.RemainingQuantity).ShouldBe((true, 4m, 6m));
        Change(_tracker.Apply(Report(OrderStatus.PartiallyFilled, 4) with { TimeMs = 11 }), OrderStatus.Unknown, OrderStatus.PartiallyFilled);

        // Late, it says nothing against what is newer; and nothing at all of an order that is over.
        _tracker.Apply(Report(OrderStatus.Unknown, 0) with { TimeMs = 9 }).ShouldBeNull();
        _tracker.Apply(Report(OrderStatus.Canceled, 4) with { TimeMs = 12 });
        _tracker.Apply(Report(OrderStatus.Unknown, 4) with { TimeMs = 13 });
        Status().ShouldBe(OrderStatus.Canceled);
    }

    [Fact]
    public void A_foreign_order_of_a_status_that_is_not_known_counts_as_unknown()
    {
        Change(_tracker.Apply(Report(OrderStatus.Unknown, 0)), OrderStatus.PendingNew, OrderStatus.Unknown);
        _tracker.Live.Single().IsExternal.ShouldBeTrue();
    }

    [Fact]
    public void An_unknown_outcome_stays_live_until_the_venue_speaks()
    {
        _tracker.Register(Order(), 1);
        Change(_tracker.MarkUnknown(Id), OrderStatus.PendingNew, OrderStatus.Unknown);
        _tracker.Live.Single().IsLive.ShouldBeTrue();
        Change(_tracker.ApplyFill(Fill(1, 3, 100)), OrderStatus.Unknown, OrderStatus.PartiallyFilled);
    }

    [Fact]
    public void A_rejection_ends_a_pending_order_and_not_one_that_the_venue_has_shown()
    {
        _tracker.Register(Order(), 1);
        var change = Change(_tracker.MarkRejected(Id, -2019, "Margin is insufficient.", 2), OrderStatus.PendingNew, OrderStatus.Rejected);
        (change.Order.RejectCode, change.Order.RejectMessage).ShouldBe((-2019, "Margin is insufficient."));
        Change(_tracker.Apply(Report(OrderStatus.New, 0)), OrderStatus.Rejected, OrderStatus.New);
        _tracker.MarkRejected(Id, -2019, "again", 3).ShouldBeNull();
        _tracker.Live.Count.ShouldBe(1);
    }

    [Fact]
    public void A_cancel_that_fails_gives_the_order_back_and_one_that_is_lost_makes_it_unknown()
    {
        _tracker.Register(Order(), 1);
        _tracker.Apply(Report(OrderStatus.New, 0));
        Change(_tracker.MarkPendingCancel(Id), OrderStatus.New, OrderStatus.PendingCancel);
        _tracker.Apply(Report(OrderStatus.PartiallyFilled, 1))!.After.ShouldBe(OrderStatus.PendingCancel, "it still is on its way");
        Change(_tracker.MarkCancelRejected(Id, -2011, "Unknown order sent."), OrderStatus.PendingCancel, OrderStatus.PartiallyFilled);
        _tracker.MarkPendingCancel(Id);
        Change(_tracker.MarkUnknown(Id), OrderStatus.PendingCancel, OrderStatus.Unknown);
        Change(_tracker.Apply(Report(OrderStatus.Canceled, 1)), OrderStatus.Unknown, OrderStatus.Canceled);
    }

    [Fact]
    public void A_cancel_of_an_unknown_order_does_not_make_it_known()
    {
        _tracker.Register(Order(), 1);
        _tracker.MarkUnknown(Id);
        _tracker.MarkPendingCancel(Id);
        Change(_tracker.MarkCancelRejected(Id, -2011, "Unknown order sent."), OrderStatus.PendingCancel, OrderStatus.Unknown);
    }

    [Fact]
    public void A_final_report_before_its_fills_leaves_them_missing_until_they_come()
    {
        _tracker.Register(Order(), 1);
        var change = Change(_tracker.Apply(Report(OrderStatus.Canceled, 4)), OrderStatus.PendingNew, OrderStatus.Canceled);
        change.Order.MissingQuantity.ShouldBe(4);
        var late = Change(_tracker.ApplyFill(Fill(1, 4, 100) with { ClientOrderId = "" }), OrderStatus.Canceled, OrderStatus.Canceled);
        late.NewFills.Count.ShouldBe(1);
        late.Order.MissingQuantity.ShouldBe(0);
    }

    [Fact]
    public void A_filled_report_without_a_quantity_means_all_of_it()
    {
        _tracker.Register(Order(), 1);
        _tracker.Apply(Report(OrderStatus.Filled, 0))!.Order.ExecutedQuantity.ShouldBe(10);
    }

    [Fact]
    public void Foreign_orders_are_tracked_as_external()
    {
        var change = _tracker.Apply(Report(OrderStatus.New, 0) with { ClientOrderId = "web_1", VenueOrderId = 9 })!;
        (change.Order.IsExternal, change.Order.Strategy, change.Order.Status).ShouldBe((true, "EXTERNAL", OrderStatus.New));
        _tracker.Apply(Report(OrderStatus.Filled, 10, Fill(1, 10, 100)) with { ClientOrderId = "", VenueOrderId = 9 })!.Order.ClientOrderId.ShouldBe("web_1");
        _tracker.Live.ShouldBeEmpty();
    }

    [Fact]
    public void A_fill_without_an_order_is_announced_once_and_joins_its_order_later()
    {
        var alone = _tracker.ApplyFill(Fill(1, 4, 100) with { ClientOrderId = "", VenueOrderId = 7 })!;
        (alone.Order.IsFillOnly, alone.Order.IsExternal, alone.NewFills.Count, alone.Order.IsLive).ShouldBe((true, true, 1, false));
        _tracker.ApplyFill(Fill(2, 1, 100) with { VenueOrderId = 7 })!.Order.IsFillOnly.ShouldBeTrue();
        _tracker.Register(Order(), 1).FilledQuantity.ShouldBe(5, "by the client id, and by the venue's id that came with it");
        _tracker.Apply(Report(OrderStatus.PartiallyFilled, 5) with { VenueOrderId = 7 }).ShouldBeNull("the fills have said it all");
    }

    [Fact]
    public void Registering_twice_is_harmless_and_another_order_of_the_same_id_is_an_error()
    {
        var order = Order();
        _tracker.Register(order, 1);
        _tracker.Apply(Report(OrderStatus.New, 0));
        _tracker.Register(order, 2).Status.ShouldBe(OrderStatus.New);
        Should.Throw<InvalidOperationException>(() => _tracker.Register(order with { IntentId = "other" }, 3)).Message.ShouldContain(Id);
    }

    [Fact]
    public void A_restored_order_in_doubt_is_unknown_and_counts_only_new_fills()
    {
        _tracker.RaiseTradeFloor(50);
        _tracker.Restore(Order(), OrderStatus.PendingNew, 0, 0, 5).Status.ShouldBe(OrderStatus.Unknown);
        var restored = _tracker.Restore(Order(), OrderStatus.PartiallyFilled, 7, 4, 6);
        (restored.Status, restored.MissingQuantity, restored.AveragePrice).ShouldBe((OrderStatus.PartiallyFilled, 0m, null));
        _tracker.ApplyFill(Fill(50, 4, 100)).ShouldBeNull();
        _tracker.ApplyFill(Fill(51, 6, 120))!.Order.AveragePrice.ShouldBe(120);
        Status().ShouldBe(OrderStatus.Filled);
        _tracker.Restore(Order() with { Request = Order().Request with { ClientOrderId = "x" } }, OrderStatus.Rejected, 0, 0, 5).Status
            .ShouldBe(OrderStatus.Rejected);
        _tracker.Live.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_that_is_gone_ends_as_rejected_or_expired()
    {
        _tracker.Register(Order(), 1);
        Change(_tracker.MarkGone(Id, 2), OrderStatus.PendingNew, OrderStatus.Rejected);
        _tracker.Apply(Report(OrderStatus.New, 0));
        Change(_tracker.MarkGone(Id, 3), OrderStatus.New, OrderStatus.Expired);
    }

    [Fact]
    public void Finished_orders_are_forgotten_beyond_the_bound()
    {
        var tracker = new OrderTracker("BTCUSDT", finishedMax: 2);
        for (var i = 0; i < 4; i++)
        {
            tracker.Register(Order($"g/main/momentum/{i}"), i);
            tracker.Apply(Report(OrderStatus.Canceled, 0) with { ClientOrderId = $"g/main/momentum/{i}", VenueOrderId = 10 + i });
        }
        tracker.TryGet("g/main/momentum/1", out _).ShouldBeFalse();
        tracker.TryGet("g/main/momentum/2", out _).ShouldBeTrue();
        var writer = new SnapshotWriter();
        tracker.Write(writer);
        var reader = new SnapshotReader(writer.Written);
        tracker.Read(ref reader);
        tracker.TryGet("g/main/momentum/3", out _).ShouldBeTrue();
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Should.Throw<ArgumentException>(() => _tracker.Apply(Report(OrderStatus.New, 0) with { Symbol = "ETHUSDT" })).Message.ShouldContain("ETHUSDT");
        Should.Throw<ArgumentException>(() => _tracker.ApplyFill(Fill(0, 1, 100))).Message.ShouldContain("trade id");
        _tracker.Register(Order(), 1);
        var change = _tracker.Apply(Report(OrderStatus.PartiallyFilled, 4, Fill(0, 4, 100)))!;
        change.NewFills.ShouldBeEmpty("a fill without an identity cannot be counted once");
        change.Order.MissingQuantity.ShouldBe(4);
    }

    internal static Order Order(string id = Id, decimal quantity = 10, OrderSide side = OrderSide.Buy) => new(
        new OrderRequest(id, "BTCUSDT", side, OrderType.Market, TimeInForce.Ioc, quantity, null, false), "main", "momentum", $"intent-{id}",
        ProposalKind.Entry, 2, 97, 1);

    internal static OrderReport Report(OrderStatus status, decimal executed, Fill? fill = null) => new(
        "BTCUSDT", Id, 7, status, OrderSide.Buy, OrderType.Market, TimeInForce.Ioc, 10, 0, executed, 0, false, 100, fill);

    internal static Fill Fill(long tradeId, decimal quantity, decimal price) =>
        new("BTCUSDT", tradeId, Id, 7, OrderSide.Buy, price, quantity, 0, "USDT", 0, false, 100 + tradeId);

    private static OrderChange Change(OrderChange? change, OrderStatus before, OrderStatus after)
    {
        change.ShouldNotBeNull();
        (change.Before, change.After, change.Order.Status).ShouldBe((before, after, after));
        return change;
    }

    private OrderStatus Status() => _tracker.TryGet(Id, out var order) ? order.Status : throw new InvalidOperationException("unknown order");
}
