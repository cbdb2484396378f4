using FsCheck;
using FsCheck.Fluent;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Execution;

/// <summary>A fill counts once, through whichever door and in whatever order it comes.</summary>
public sealed class FillTests
{
    private const string Id = "t/main/momentum/1";

    [Fact]
    public void Stream_events_and_trade_history_in_any_order_count_each_fill_once() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, 5)).Resize(12).ToArbitrary(),
        steps =>
        {
            using var bench = new GrainBench().StartActive();
            bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Rest(request));
            bench.Ask(() => bench.Execution.Submit(new ApprovedOrderMessage(Samples.Approved(1, quantity: 3), 0)));
            bench.Pass(1);
            var events = new[] { bench.Venue.Execute(Id, 1, 100), bench.Venue.Execute(Id, 1.5m, 101), bench.Venue.Execute(Id, 0.5m, 102) };
            foreach (var step in steps)
            {
                if (step < events.Length) bench.Deliver(events[step]);
                else if (step == 3) bench.Ask(() => bench.Execution.Reconcile("test"));
                else if (step == 4) bench.Pass(1);
                else Restart(bench);
            }

            bench.Ask(() => bench.Execution.Reconcile("the end"));
            var books = bench.Books;
            books.FillCount.ShouldBe(3);
            books.Quantity.ShouldBe(3);
            books.CostBasis.ShouldBe(302.5m);
            books.Fees.ShouldBe(0.121m);
            books.Strategy.ShouldBe("momentum");

            // 1.5 ATR of 2 from the average of the fills known so far; the order in which they became known may have made it tighter, never wider.
            books.StopPrice!.Value.ShouldBeInRange(97.9m, 99m);
            bench.Fills().Select(f => f.TradeId).ShouldBe([1_001, 1_002, 1_003], ignoreOrder: true);
            var order = bench.Order(Id)!;
            (order.Status, order.ExecutedQuantity, order.Strategy, order.StopPrice).ShouldBe(("Filled", 3m, "momentum", 97m));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public void A_round_trip_books_the_venues_own_figures()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request, request.ReduceOnly ? 103 : 100));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: 2))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(1);
        bench.Ask(() => bench.Risk.Propose(Samples.Exit("x"))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(10);

        bench.Books.Quantity.ShouldBe(0);
        bench.Books.RealizedPnl.ShouldBe(6);
        bench.Books.Fees.ShouldBe(0.1624m);
        bench.RiskView.Wallet.ShouldBe(bench.Venue.Wallet);
        bench.RiskView.OtherFlows.ShouldBe(0);
    }

    private static void Restart(GrainBench bench)
    {
        bench.Crash();
        bench.Start();
        bench.Tell(() => bench.Execution.Ping());
        bench.Pass(0.1);
    }
}
