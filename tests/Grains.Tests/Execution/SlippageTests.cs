using Granary.Engine.Book;
using Granary.Engine.Execution.Placement;
using Granary.Engine.Execution.Slicing;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Tests.Support;
using Granary.Journal.Records;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Execution;

/// <summary>What an order was expected to cost and what it cost, on the journal's record from its approval to its last fill.</summary>
public sealed class SlippageTests
{
    private const string Id = "t/main/momentum/1";

    private static readonly DepthState Depth = new([Level(99.9m, 1), Level(99.8m, 9)], [Level(100.1m, 1), Level(100.3m, 9)], 0.03, 1_000_000);

    [Fact]
    public void The_forecast_is_written_with_the_approved_order_and_the_cost_with_its_fills()
    {
        using var bench = new GrainBench().StartActive();
        OrderCostRecord? first = null;
        bench.Journal.Fault = (records, _) =>
        {
            if (records.OfType<OrderRecord>().Any(o => o is { ClientOrderId: Id, Status: "PendingNew" })) first = records.OfType<OrderCostRecord>().Single();
            return null;
        };
        Enter(bench, 2);
        first.ShouldNotBeNull("in the transaction of the order itself").ShouldSatisfyAllConditions(
            c => c.ForecastBps!.Value.ShouldBe(20, 1e-9, "one at 100.1 and one at 100.3 against 100"),
            c => (c.ForecastBasis, c.ArrivalPrice, c.DecisionPrice, c.Filled, c.IsOver).ShouldBe(("Book", 100m, 100m, 0m, false)));
        bench.Deliver(bench.Venue.Execute(Id, 1, 100.1m));
        Cost(bench).ShouldSatisfyAllConditions(c => c.Bps!.Value.ShouldBe(10, 1e-9), c => (c.Filled, c.IsOver).ShouldBe((1m, false)));
        Quote(bench, 100.1m, 100.3m);
        bench.Deliver(bench.Venue.Execute(Id, 1, 100.5m));

        var cost = Cost(bench);
        cost.IsOver.ShouldBeTrue();
        cost.State.ShouldBeEmpty();
        (cost.Filled, cost.AveragePrice, cost.DelayQuote).ShouldBe((2m, 100.3m, 0m));
        cost.Bps!.Value.ShouldBe(30, 1e-9);
        (cost.SpreadQuote, cost.ImpactQuote).ShouldBe((0.4m, 0.2m), "0.1 and 0.3 above the mid prices before them, the second of which had risen by 0.2");
        (cost.OpportunityQuote, cost.Fees).ShouldBe((0m, 200.6m * 0.0004m));
        var group = bench.Ask(bench.Execution.GetSlippage).Single();
        (group.Strategy, group.Purpose, group.Orders, group.Quote, group.Forecasts).ShouldBe(("momentum", "Entry", 1, 0.6m, 1));
        group.BiasBps!.Value.ShouldBe(10, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_kill_in_mid_order_loses_and_doubles_nothing(bool isPlaced)
    {
        var settings = Samples.Settings with
        {
            Placement = new PlacementSettings { Entry = new PlacementPolicy { Style = isPlaced ? PlacementStyle.LimitFirst : PlacementStyle.Taker, TimeoutMs = 600_000 } },
        };
        using var bench = new GrainBench { Settings = settings }.StartActive();
        Enter(bench, 2);
        var sent = isPlaced ? $"{Id}-1" : Id;
        bench.Deliver(bench.Venue.Execute(sent, 0.5m, 100.1m));
        bench.Crash();
        bench.Venue.Execute(sent, 0.5m, 100.2m);
        bench.StartActive();
        bench.Pass(1);
        Cost(bench).ShouldSatisfyAllConditions(c => (c.Filled, c.AveragePrice, c.IsOver).ShouldBe((1m, 100.15m, false)), c => c.ForecastBps!.Value.ShouldBe(20, 1e-9));
        bench.Deliver(bench.Venue.Execute(sent, 1, 100.25m));
        bench.Pass(1);
        Cost(bench).ShouldSatisfyAllConditions(c => (c.Filled, c.AveragePrice, c.IsOver).ShouldBe((2m, 100.2m, true)));
        bench.Crash();
        bench.StartActive();
        bench.Ask(bench.Execution.GetSlippage).Single().ShouldSatisfyAllConditions(
            g => (g.Orders, g.Quote).ShouldBe((1, 0.4m)), g => g.MeanBps!.Value.ShouldBe(20, 1e-9));
    }

    [Fact]
    public void An_order_that_was_refused_is_over_without_a_fill()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = _ => Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, -2019, "Margin is insufficient."));
        Enter(bench, 1);
        Cost(bench).ShouldSatisfyAllConditions(c => c.IsOver.ShouldBeTrue(), c => c.Bps.ShouldBeNull());
        bench.Ask(bench.Execution.GetSlippage).Single().ShouldSatisfyAllConditions(g => (g.Orders, g.OrdersUnfilled).ShouldBe((0, 1)));
    }

    [Fact]
    public void Fills_that_come_after_the_orders_end_still_count()
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.OnPlace = request =>
        {
            bench.Venue.Take(request, 100.1m);
            return Task.FromResult(OrderAnswer.Accepted(bench.Venue.Find(request.ClientOrderId)!));
        };
        Enter(bench, 1);
        bench.Order(Id)!.Status.ShouldBe("Filled", "the answer says so");
        bench.DeliverEvents();
        Cost(bench).ShouldSatisfyAllConditions(c => (c.Filled, c.AveragePrice, c.IsOver).ShouldBe((1m, 100.1m, true)));
    }

    [Fact]
    public void Without_a_book_the_forecast_falls_back_and_without_prices_there_is_none()
    {
        using var bench = new GrainBench().StartActive();
        bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, 100, Samples.T0, 0, 0, null, 0.5)));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1", quantity: 2)));
        bench.Pass(0.3);
        Cost(bench).ShouldSatisfyAllConditions(c => c.ForecastBasis.ShouldBe("Bars"), c => c.ForecastBps!.Value.ShouldBe(101, 1e-9, "0.01 % and 0.5 a unit"));

        using var blind = new GrainBench().StartActive();
        blind.Ask(() => blind.Risk.Propose(Samples.Entry("e1")));
        blind.Pass(0.3);
        Cost(blind).ShouldSatisfyAllConditions(c => c.ForecastBasis.ShouldBeEmpty(), c => c.ForecastBps.ShouldBeNull(), c => c.ArrivalPrice.ShouldBe(100));
    }

    [Fact]
    public void An_entry_whose_taking_would_cost_too_much_rests_first()
    {
        using var bench = new GrainBench
        {
            Settings = Samples.Settings with { Placement = new PlacementSettings { Entry = new PlacementPolicy { TakeSlippageMax = 0.0019m } } },
        }.StartActive();
        Enter(bench, 2);
        bench.Venue.Find($"{Id}-1")!.ShouldSatisfyAllConditions(o => o.Type.ShouldBe(OrderType.Limit), o => o.Price.ShouldBe(99.9m));
    }

    [Fact]
    public void A_sliced_order_is_measured_as_one_from_its_arrival()
    {
        using var bench = new GrainBench { Settings = Samples.Settings with { Placement = Sliced } }.StartActive();
        for (var i = 0; i <= 12; i++)
        {
            Quote(bench, 99.9m, 100.1m, traded: i);
            bench.Pass(1);
        }

        Enter(bench, 1);
        var expected = Cost(bench);
        (expected.ForecastBasis, expected.ArrivalPrice).ShouldBe(("Slices", 100m));
        var price = 100.1m;
        for (var i = 13; i < 80 && bench.Books.Working.Count > 0; i++)
        {
            if (bench.Books.LiveOrders.FirstOrDefault() is { Status: OrderStatus.New } part)
            {
                bench.Deliver(bench.Venue.Execute(part.ClientOrderId, part.Quantity, price));
                price += 0.1m;
            }

            Quote(bench, price - 0.2m, price, traded: i);
            bench.Pass(1);
        }

        bench.Venue.Count("place").ShouldBeGreaterThanOrEqualTo(3);
        var cost = Cost(bench);
        (cost.Filled, cost.IsOver).ShouldBe((1m, true));
        cost.AveragePrice.ShouldBe(bench.Fills().Sum(f => f.Price * f.Quantity), "of all slices");
        cost.Bps!.Value.ShouldBeGreaterThan(10, "the price went up from slice to slice");
        cost.ImpactQuote!.Value.ShouldBeGreaterThan(0);
        bench.Ask(bench.Execution.GetSlippage).Single().Orders.ShouldBe(1);
    }

    private static PlacementSettings Sliced { get; } = new()
    {
        Slicing = new SlicingOptions
        {
            Kind = SliceKind.Twap,
            RecentMs = 10_000,
            HorizonMsMin = 20_000,
            IntervalMs = 5_000,
            PauseMs = 0,
            Jitter = 0,
            ParticipationMax = 1,
            PlannedShare = 1,
        },
    };

    private static BookLevel Level(decimal price, decimal quantity) => new(Fixed8.FromDecimal(price), Fixed8.FromDecimal(quantity));

    private static OrderCostRecord Cost(GrainBench bench) =>
        bench.Ask(() => bench.Journal.Reader.GetOrderCostsAsync(Samples.Account, Samples.Symbol, 10)).Single();

    private static void Enter(GrainBench bench, decimal quantity)
    {
        var message = Samples.Entry("e1", quantity: quantity);
        var answer = bench.Ask(() => bench.Risk.Propose(new ProposalMessage(message.Proposal, message.Market with { Depth = Depth }, "", 0)));
        answer.ClientOrderId.ShouldBe(Id, answer.Detail);
        bench.Pass(0.3);
    }

    private static void Quote(GrainBench bench, decimal bid, decimal ask, decimal? traded = null) =>
        bench.Tell(() => bench.Execution.OnMarket(new MarketNotice(bid, ask, bid, null, "", 0) { Traded = traded }));
}
