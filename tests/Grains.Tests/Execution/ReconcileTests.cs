using Granary.Engine.Orders;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Tests.Support;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Execution;

/// <summary>The venue is the truth.</summary>
public sealed class ReconcileTests
{
    private const string Id = "t/main/momentum/1";

    [Fact]
    public void What_the_account_holds_at_the_very_first_look_is_foreign_and_its_history_is_not_booked()
    {
        using var bench = new GrainBench();
        bench.Venue.Foreign("web_1", 2);
        bench.Venue.Execute("web_1", 2, 90);
        var wallet = bench.Venue.Wallet;
        bench.StartActive();

        bench.Books.Quantity.ShouldBe(2);
        bench.Books.Strategy.ShouldBe(TrackedOrder.External);
        bench.Books.Fees.ShouldBe(0);
        bench.RiskView.InitialWallet.ShouldBe(wallet);
        bench.RiskView.Wallet.ShouldBe(wallet);
    }

    [Fact]
    public void A_position_that_no_fill_explains_is_adopted_after_three_equal_looks()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Shift(4);
        var looks = bench.Venue.Count("positions");

        // The first look differs from the second: what it shows is not believed.
        bench.Venue.PositionAnswers.Enqueue(3);
        bench.Ask(() => bench.Execution.Reconcile("test")).Quantity.ShouldBe(4);
        (bench.Venue.Count("positions") - looks).ShouldBe(4);
        bench.Books.Strategy.ShouldBe(TrackedOrder.External);
        bench.Books.StopPrice.ShouldBeNull();
        bench.Fills().Single().Quantity.ShouldBe(4);
        bench.Fills().Single().TradeId.ShouldBeLessThan(0);
        bench.Incidents().Count(i => i.Kind == "PositionDiffers").ShouldBe(1);
        bench.Pass(6);
        bench.RiskView.Positions.Single().Quantity.ShouldBe(4);
        bench.RiskView.Wallet.ShouldBe(bench.Venue.Wallet);
    }

    [Fact]
    public void A_difference_that_the_second_look_does_not_show_is_none()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.PositionAnswers.Enqueue(3);
        bench.Ask(() => bench.Execution.Reconcile("test")).Quantity.ShouldBe(0);
        bench.Fills().ShouldBeEmpty();
    }

    [Fact]
    public void A_foreign_order_is_followed_as_external_and_cancelled_with_the_rest()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Foreign("web_1", 5);
        bench.Ask(() => bench.Execution.Reconcile("test"));
        bench.Books.LiveOrders.Single().Strategy.ShouldBe(TrackedOrder.External);
        bench.Deliver(bench.Venue.Execute("web_1", 2, 90));
        bench.Books.Quantity.ShouldBe(2);
        bench.Books.Strategy.ShouldBe(TrackedOrder.External);
        bench.Pass(1);
        bench.RiskView.LiveOrders.ShouldBe(1);

        bench.Tell(() => bench.Risk.CancelAll("test"));
        bench.Books.LiveOrders.ShouldBeEmpty();
        bench.Venue.Find("web_1")!.Status.ShouldBe(OrderStatus.Canceled);
        bench.Books.Quantity.ShouldBe(2);
    }

    [Fact]
    public void An_order_that_ended_while_nobody_listened_is_asked_for()
    {
        using var bench = new GrainBench().StartActive();
        Submit(bench, limit: 99);
        bench.Pass(1);
        bench.Venue.Cancel(Id);
        bench.Ask(() => bench.Execution.Reconcile("test")).LiveOrders.ShouldBeEmpty();
        bench.Order(Id)!.Status.ShouldBe("Canceled");
    }

    [Fact]
    public void An_order_whose_every_event_is_lost_is_in_the_books_within_seconds()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request =>
        {
            var resting = bench.Venue.Rest(request);
            bench.Venue.Execute(request.ClientOrderId, request.Quantity);
            return Task.FromResult(resting);
        };
        Submit(bench);
        bench.Pass(9);
        bench.Order(Id)!.Status.ShouldBe("Filled");
        bench.Fills().Single().ClientOrderId.ShouldBe(Id);
        bench.Books.Strategy.ShouldBe("momentum");
        bench.Venue.Count("place").ShouldBe(1);
    }

    [Fact]
    public void A_finding_that_stays_is_told_once()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Wait(new TriggerOrderRequest("web_tp", Samples.Symbol, OrderSide.Sell, 120, 1, WorkingPrice.Last));
        bench.Pass(95);
        bench.Incidents().Count(i => i.Kind == "ForeignTrigger").ShouldBe(1);
        bench.Venue.Waiting.Single().ClientId.ShouldBe("web_tp");
    }

    [Fact]
    public void A_venue_that_does_not_answer_leaves_the_account_recovering_until_it_does()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.Outage = "GET /fapi/v1/openOrders: 503";
        bench.Ask(() => bench.Execution.Reconcile("test")).Ready.ShouldBeFalse();
        bench.Pass(1);
        bench.Books.Detail.ShouldContain("503");
        bench.RiskView.State.ShouldBe("Recovering");
        bench.RiskView.StateReason.ShouldContain("503");

        bench.Venue.Outage = null;
        bench.Pass(40);
        bench.RiskView.State.ShouldBe("Active");
    }

    [Fact]
    public void A_silo_killed_between_the_request_and_its_answer_still_knows_whose_position_it_is()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request =>
        {
            bench.Venue.Take(request);
            return new TaskCompletionSource<OrderAnswer>().Task;
        };
        Submit(bench);
        bench.Pass(1);
        bench.Crash();

        // Twice, because the second life has only what the first one journalled.
        for (var life = 0; life < 2; life++)
        {
            bench.StartActive();
            bench.Books.Quantity.ShouldBe(1);
            bench.Books.Strategy.ShouldBe("momentum");
            bench.Books.StopPrice.ShouldBe(97);
            bench.Fills().Single().ClientOrderId.ShouldBe(Id);
            bench.Order(Id)!.Status.ShouldBe("Filled");
            bench.Pass(1);
            bench.SymbolView.Guard.ShouldContain("momentum 1 from 100");
            bench.Crash();
        }

        bench.Venue.Count("place").ShouldBe(1);
    }

    [Fact]
    public void An_order_that_a_killed_silo_never_sent_holds_the_symbol_up_for_seconds_only()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = _ => new TaskCompletionSource<OrderAnswer>().Task;
        Submit(bench);
        bench.Pass(0.1);
        bench.Crash();

        bench.StartActive();
        bench.Books.LiveOrders.Single().Status.ShouldBe(OrderStatus.Unknown);
        bench.Pass(17);
        bench.Books.LiveOrders.ShouldBeEmpty();
        bench.Order(Id)!.Status.ShouldBe("Rejected");
        bench.Venue.Count("place").ShouldBe(1);
    }

    [Fact]
    public void A_silo_killed_between_an_orders_end_and_its_fills_still_knows_whose_position_it_is()
    {
        using var bench = new GrainBench().StartActive();
        Submit(bench);
        bench.Pass(1);
        bench.Deliver(bench.Venue.Execute(Id, 1) with { Fill = null });
        bench.Order(Id)!.Status.ShouldBe("Filled");
        bench.Fills().ShouldBeEmpty();
        bench.Crash();

        bench.StartActive();
        bench.Books.Quantity.ShouldBe(1);
        bench.Books.Strategy.ShouldBe("momentum");
        bench.Books.StopPrice.ShouldBe(97);
    }

    [Fact]
    public void A_silo_stopped_in_order_leaves_nothing_to_find_out()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        Submit(bench);
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Stop();

        bench.StartActive();
        bench.Books.Detail.ShouldContain("agree");
        bench.Books.Quantity.ShouldBe(1);
        bench.Books.StopPrice.ShouldBe(97);
        bench.Incidents().ShouldAllBe(i => i.Kind == "AccountState");
    }

    private static void Submit(GrainBench bench, decimal? limit = null) =>
        bench.Ask(() => bench.Execution.Submit(new ApprovedOrderMessage(Samples.Approved(1, limit: limit), 0)));
}
