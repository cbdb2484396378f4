using Granary.Engine.Orders;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Tests.Support;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Execution;

/// <summary>Write before send, and what an answer makes of an order.</summary>
public sealed class SendingTests
{
    private const string Id = "t/main/momentum/1";

    [Fact]
    public void An_order_is_in_the_journal_before_its_request_leaves()
    {
        using var bench = new GrainBench().StartActive();
        OrderRecord? seen = null;
        bench.Venue.OnPlace = async request =>
        {
            seen = await bench.Journal.Reader.GetOrderAsync(Samples.Account, request.ClientOrderId);
            return bench.Venue.Rest(request);
        };
        Submit(bench, 1);
        bench.Pass(1);

        seen.ShouldNotBeNull();
        seen.Status.ShouldBe("PendingNew");
        seen.Quantity.ShouldBe(1);
        seen.Sequence.ShouldBe(1);
        seen.IntentId.ShouldBe("intent/1");
        bench.Order(Id)!.Status.ShouldBe("New");
    }

    [Theory]
    [InlineData(OrderAnswerKind.Accepted, OrderStatus.New, true)]
    [InlineData(OrderAnswerKind.Rejected, OrderStatus.Rejected, false)]
    [InlineData(OrderAnswerKind.NotSent, OrderStatus.Rejected, false)]
    [InlineData(OrderAnswerKind.Unknown, OrderStatus.Unknown, true)]
    public void Each_answer_has_its_consequence(OrderAnswerKind kind, OrderStatus status, bool isLive)
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(
            kind == OrderAnswerKind.Accepted ? bench.Venue.Rest(request) : new OrderAnswer(kind, null, -2019, "Margin is insufficient."));
        Submit(bench, 1);
        bench.Pass(0.2);

        bench.Order(Id)!.Status.ShouldBe(status.ToString());
        bench.Books.LiveOrders.Any(o => o.ClientOrderId == Id).ShouldBe(isLive);
        if (kind != OrderAnswerKind.Accepted) bench.Order(Id)!.Detail.ShouldContain("Margin is insufficient.");
        bench.Incidents().Any(i => i.Kind == "OrderUnknown").ShouldBe(kind == OrderAnswerKind.Unknown);
    }

    [Fact]
    public void A_port_that_throws_leaves_the_outcome_unknown()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = _ => throw new IOException("the cable was pulled");
        Submit(bench, 1);
        bench.Pass(0.2);
        bench.Order(Id)!.Status.ShouldBe("Unknown");
        bench.Order(Id)!.Detail.ShouldContain("the cable was pulled");
    }

    [Fact]
    public void An_order_known_already_is_not_sent_again()
    {
        using var bench = new GrainBench().StartActive();
        Submit(bench, 1);
        Submit(bench, 1);
        bench.Pass(1);
        bench.Venue.Count("place").ShouldBe(1);
    }

    [Fact]
    public void A_lost_answer_is_resolved_by_asking_and_never_by_sending_again()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request =>
        {
            bench.Venue.Take(request);
            return Task.FromResult(new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer"));
        };
        Submit(bench, 1);
        bench.Pass(0.1);
        bench.Books.LiveOrders.Single().Status.ShouldBe(OrderStatus.Unknown);
        bench.Pass(40);

        bench.Venue.Count("place").ShouldBe(1);
        bench.Venue.Count($"query {Id}").ShouldBeGreaterThan(0);
        bench.Order(Id)!.Status.ShouldBe("Filled");
        bench.Books.Quantity.ShouldBe(1);
        bench.Books.LiveOrders.ShouldBeEmpty();
        bench.Incidents().ShouldContain(i => i.Kind == "OrderResolved");
    }

    [Fact]
    public void Not_found_soon_after_is_not_absence()
    {
        using var bench = new GrainBench().StartActive();
        OrderRequest? lost = null;
        bench.Venue.OnPlace = request =>
        {
            lost = request;
            return Task.FromResult(new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer"));
        };
        Submit(bench, 1);
        bench.Pass(5);
        bench.Venue.Count($"query {Id}").ShouldBeGreaterThan(2);
        bench.Books.LiveOrders.Single().Status.ShouldBe(OrderStatus.Unknown);

        // Now it shows up after all.
        bench.Venue.Rest(lost!);
        bench.Pass(5);
        bench.Books.LiveOrders.Single().Status.ShouldBe(OrderStatus.New);
        bench.Venue.Count("place").ShouldBe(1);
    }

    [Fact]
    public void Not_found_for_long_is_absence()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = _ => Task.FromResult(new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer"));
        Submit(bench, 1);
        bench.Pass(20);
        bench.Order(Id)!.Status.ShouldBe("Rejected");
        bench.Books.LiveOrders.ShouldBeEmpty();
        bench.Venue.Count("place").ShouldBe(1);
    }

    [Fact]
    public void A_stale_epoch_sends_nothing_and_the_next_activation_goes_on()
    {
        using var bench = new GrainBench().StartActive();
        bench.Ask(() => bench.Journal.AcquireEpochAsync("execution/main/BTCUSDT"));
        Should.Throw<StaleEpochException>(() => Submit(bench, 1));
        bench.Pass(1);
        bench.Venue.Count("place").ShouldBe(0);
        bench.Order(Id).ShouldBeNull();

        Submit(bench, 2);
        bench.Pass(1);
        bench.Venue.Count("place t/main/momentum/2").ShouldBe(1);
        bench.Order("t/main/momentum/2")!.Status.ShouldBe("New");
    }

    [Fact]
    public void A_journal_that_fails_sends_nothing()
    {
        using var bench = new GrainBench().StartActive();
        bench.Journal.Fault = static (records, _) => records.Any(r => r is OrderRecord) ? new JournalException("the disk is full") : null;
        Should.Throw<JournalException>(() => Submit(bench, 1)).Message.ShouldContain("the disk is full");
        bench.Pass(1);
        bench.Venue.Count("place").ShouldBe(0);

        bench.Journal.Fault = static (_, _) => null;
        Submit(bench, 1);
        bench.Pass(1);
        bench.Venue.Count("place").ShouldBe(1);
    }

    [Fact]
    public void Cancel_all_cancels_what_rests_and_asks_where_the_answer_was_lost()
    {
        using var bench = new GrainBench().StartActive();
        for (var i = 1; i <= 3; i++) Submit(bench, i, limit: 99);
        bench.Pass(1);
        bench.Books.LiveOrders.Count.ShouldBe(3);
        bench.Venue.OnCancel = id =>
        {
            var answer = bench.Venue.Cancel(id);
            return id.EndsWith('2') ? new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer") : answer;
        };
        bench.Tell(() => bench.Execution.CancelAll("test"));
        bench.Books.LiveOrders.Single().Status.ShouldBe(OrderStatus.Unknown);
        bench.Pass(2);

        bench.Books.LiveOrders.ShouldBeEmpty();
        bench.Orders().ShouldAllBe(o => o.Status == "Canceled");
        bench.Venue.Count("cancel").ShouldBe(3);
        bench.Venue.Count("place").ShouldBe(3);
    }

    [Fact]
    public void A_refused_cancel_of_a_filled_order_ends_in_the_fill()
    {
        using var bench = new GrainBench().StartActive();
        Submit(bench, 1, limit: 99);
        bench.Pass(1);
        bench.Venue.Execute(Id, 1, 99);
        bench.Tell(() => bench.Execution.CancelAll("test"));
        bench.Pass(31);
        bench.Order(Id)!.Status.ShouldBe("Filled");
        bench.Books.Quantity.ShouldBe(1);
    }

    [Fact]
    public void An_event_with_a_status_that_is_not_known_leaves_the_order_counted_and_has_the_venue_asked()
    {
        using var bench = new GrainBench().StartActive();
        Submit(bench, 1, limit: 99);
        bench.Pass(1);
        var queries = bench.Venue.Count($"query {Id}");
        bench.Tell(() => bench.Execution.OnOrder(new OrderReportMessage(bench.Venue.Find(Id)! with { Status = OrderStatus.Unknown })));
        bench.Books.LiveOrders.Single().Status.ShouldBe(OrderStatus.Unknown);
        bench.Order(Id)!.Status.ShouldBe("Unknown");
        bench.RiskView.UnknownOrders.ShouldBe(1);
        bench.RiskView.ReservedNotional.ShouldBe(99);
        bench.Pass(2);

        bench.Venue.Count($"query {Id}").ShouldBe(queries + 1);
        bench.Books.LiveOrders.Single().Status.ShouldBe(OrderStatus.New);
        bench.Incidents().Select(i => i.Kind).Where(kind => kind.StartsWith("Order", StringComparison.Ordinal))
            .ShouldBe(["OrderUnknown", "OrderResolved"], ignoreOrder: true);
        bench.Venue.Count("place").ShouldBe(1);
    }

    private static void Submit(GrainBench bench, long sequence, decimal? limit = null) =>
        bench.Ask(() => bench.Execution.Submit(new ApprovedOrderMessage(Samples.Approved(sequence, limit: limit), 0)));
}
