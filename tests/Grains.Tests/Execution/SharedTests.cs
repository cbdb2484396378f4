using Granary.Engine.Orders;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Execution;

/// <summary>Exits from a position that is shared with somebody else: whatever fills together with them, they close the engine's own lot and no more.</summary>
public sealed class SharedTests
{
    private const string Entry = "t/main/momentum/1";

    [Fact]
    public void The_stop_is_withdrawn_before_the_exit_is_sent()
    {
        using var bench = Share();
        bench.Venue.OnPlace = request =>
        {
            bench.Venue.Waiting.ShouldBeEmpty();
            return Task.FromResult(bench.Venue.Take(request, 103));
        };
        Leave(bench).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(31);
        (bench.Books.Quantity, bench.Books.ExternalQuantity).ShouldBe((2m, 2m));
        (bench.Venue.Quantity, bench.Venue.Waiting.Count).ShouldBe((2m, 0));
    }

    [Fact]
    public void An_exit_is_not_sent_when_the_stop_has_closed_the_lot_unheard()
    {
        using var bench = Share();
        bench.Venue.Fire(bench.Venue.Waiting.Single().ClientId, 97);
        var sent = bench.Venue.Count("place ");
        Leave(bench).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(31);
        bench.Venue.Count("place ").ShouldBe(sent);
        bench.Venue.Quantity.ShouldBe(2);
        (bench.Books.Quantity, bench.Books.ExternalQuantity, bench.Books.LiveOrders.Count).ShouldBe((2m, 2m, 0));
        bench.RiskView.UnknownOrders.ShouldBe(0);
    }

    [Fact]
    public void An_exit_is_given_up_while_the_stop_cannot_be_withdrawn_and_the_stop_stays()
    {
        using var bench = Share();
        bench.Venue.OnCancelTrigger = _ => new TriggerOrderAnswer(OrderAnswerKind.NotSent, null, 0, "banned");
        var sent = bench.Venue.Count("place ");
        Leave(bench).Approved.ShouldBeTrue();
        bench.Pass(10);
        bench.Venue.Count("place ").ShouldBe(sent);
        (bench.Venue.Quantity, bench.Venue.Waiting.Count).ShouldBe((3m, 1));
        bench.Books.LiveOrders.ShouldBeEmpty();

        // It leaves as soon as the venue takes the cancel.
        bench.Venue.OnCancelTrigger = null;
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request, 103));
        Leave(bench, "again").Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Venue.Quantity.ShouldBe(2);
    }

    /// <summary>One unit of the engine's own with its stop, and two that were bought by hand.</summary>
    private static GrainBench Share()
    {
        var bench = new GrainBench().StartActive();
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("open"))).Approved.ShouldBeTrue();
        bench.Pass(0.2);
        bench.Deliver(bench.Venue.Execute(Entry, 1));
        bench.Pass(0.5);
        bench.Venue.Foreign("web_1", 2);
        bench.Deliver(bench.Venue.Execute("web_1", 2));
        bench.Pass(31);
        (bench.Books.Quantity, bench.Books.ExternalQuantity).ShouldBe((3m, 2m));
        bench.Venue.Waiting.Single().Quantity.ShouldBe(1);
        return bench;
    }

    private static ProposalAnswer Leave(GrainBench bench, string intentId = "x")
    {
        var ask = Samples.Exit(intentId);
        return bench.Ask(() => bench.Risk.ProposeExit(new ProposalMessage(ask.Proposal with { Quantity = 1 }, ask.Market, ask.Features, 0)));
    }
}
