using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Reconciliation;
using Granary.Engine.Tests.Orders;

namespace Granary.Engine.Tests.Reconciliation;

public sealed class FillAuditTests
{
    private readonly EngineModel _engine = new();

    [Fact]
    public void Lists_that_agree_with_the_books_need_no_fills()
    {
        Resting();
        IsNeeded(Venue() with { Orders = [OrderTrackerTests.Report(OrderStatus.New, 0)] }).ShouldBeFalse();
    }

    [Fact]
    public void A_position_that_differs_needs_them()
    {
        IsNeeded(Venue() with { Position = new PositionReport(EngineModel.Symbol, 1, 100, 100, 0, 0, 0) }).ShouldBeTrue();
        _engine.Take(OrderTrackerTests.Fill(1, 2, 100) with { ClientOrderId = "web", VenueOrderId = 7 });
        IsNeeded(Venue()).ShouldBeTrue("not listed is flat");
    }

    [Fact]
    public void An_order_that_vanished_or_executed_unseen_needs_them()
    {
        Resting();
        IsNeeded(Venue()).ShouldBeTrue();
        IsNeeded(Venue() with { Orders = [OrderTrackerTests.Report(OrderStatus.PartiallyFilled, 3)] }).ShouldBeTrue();
    }

    [Fact]
    public void A_foreign_order_needs_them_only_when_it_executed()
    {
        var foreign = OrderTrackerTests.Report(OrderStatus.New, 0) with { ClientOrderId = "web_1", VenueOrderId = 99 };
        IsNeeded(Venue() with { Orders = [foreign] }).ShouldBeFalse();
        IsNeeded(Venue() with { Orders = [foreign with { ExecutedQuantity = 1 }] }).ShouldBeTrue();
    }

    [Fact]
    public void An_order_that_moved_while_the_venue_was_asked_is_not_judged_by_an_older_list()
    {
        Resting();
        var asked = _engine.Side();
        _engine.Take(OrderTrackerTests.Report(OrderStatus.Canceled, 0) with { TimeMs = 50 });
        FillAudit.IsNeeded(asked, _engine.Side(), Venue()).ShouldBeFalse();
    }

    [Fact]
    public void A_symbol_may_have_traded_while_it_holds_or_rests_something_and_for_an_hour_after_its_last_fill()
    {
        FillAudit.MayHaveTraded(_engine.Side()).ShouldBeFalse();
        Resting();
        FillAudit.MayHaveTraded(_engine.Side()).ShouldBeTrue();
        _engine.Take(OrderTrackerTests.Report(OrderStatus.Canceled, 0) with { TimeMs = 50 });
        FillAudit.MayHaveTraded(_engine.Side()).ShouldBeFalse();
        var flat = _engine.Side() with { LastFillMs = _engine.NowMs };
        FillAudit.MayHaveTraded(flat).ShouldBeTrue();
        FillAudit.MayHaveTraded(flat with { NowMs = flat.NowMs + FillAudit.RecentMs }).ShouldBeFalse();
        FillAudit.MayHaveTraded(flat with { LastFillMs = 0, Quantity = -1 }).ShouldBeTrue();
    }

    private bool IsNeeded(VenueSide venue) => FillAudit.IsNeeded(_engine.Side(), _engine.Side(), venue);

    private void Resting()
    {
        _engine.Tracker.Register(OrderTrackerTests.Order(), 1);
        _engine.Take(OrderTrackerTests.Report(OrderStatus.New, 0));
    }

    private static VenueSide Venue() => new() { AskedMs = 0, Orders = [], Position = null, Trades = [], Triggers = [] };
}
