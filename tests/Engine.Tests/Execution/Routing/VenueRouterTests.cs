using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Book;
using Granary.Engine.Execution.Routing;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Tests.Execution.Routing;

public sealed class VenueRouterTests
{
    private static readonly VenueRouterOptions _options = new() { SplitGainBpsMin = 0 };
    private static readonly VenueOrder _buy = new(OrderSide.Buy, 3, IsMaker: false, Volatility: 0.0001);

    [Fact]
    public void One_venue_gets_everything_whatever_its_state_and_nothing_is_allocated()
    {
        var router = new VenueRouter(_options);
        VenueCandidate[] one =
        [
            Venue((100, 1)) with { IsHealthy = false, LatencyMs = null, BookTimeMs = -1_000_000, Levels = default, NotionalMin = 1_000_000, StepSize = 2 }
        ];
        Shares(router, _buy, one).ShouldBe([new VenueShare(0, 3, null)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        decimal sum = 0;
        for (var i = 0; i < 1_000; i++) sum += router.Route(_buy, one, 0).Shares[0].Quantity;
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBe(3_000);
    }

    [Fact]
    public void Several_venues_are_weighed_without_allocating()
    {
        var router = new VenueRouter(_options);
        VenueCandidate[] venues = [Venue((100, 1), (101, 5)), Venue((100, 2), (102, 5))];
        router.Route(_buy, venues, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) router.Route(_buy, venues, 0);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void The_cheapest_by_fee_depth_and_latency_is_taken()
    {
        var whole = _options with { CanSplit = false };
        Best(whole, Venue((100, 9)) with { TakerFee = 0.0005m }, Venue((100, 9)) with { TakerFee = 0.0004m }).ShouldBe(1);
        Best(whole, Venue((100, 2), (110, 9)), Venue((101, 9))).ShouldBe(1);
        Best(whole, Venue((100, 9)) with { LatencyMs = 80 }, Venue((100, 9)) with { LatencyMs = 20 }).ShouldBe(1);
        // One basis point a second: 400 ms cost 0.63, and 0.5 of fee do not make up for it.
        Best(whole, Venue((100, 9)) with { LatencyMs = 400 }, Venue((100, 9)) with { LatencyMs = 0, TakerFee = 0.00055m }).ShouldBe(1);
        Best(whole, Venue((100, 9)) with { LatencyMs = 400 }, Venue((100, 9)) with { LatencyMs = 0, TakerFee = 0.00057m }).ShouldBe(0);
        Best(whole, Venue((100, 9)), Venue((100, 9))).ShouldBe(0, "equal ones by their order");
        Best(whole, Venue((100, 2)), Venue((150, 3))).ShouldBe(1, "the other one has not enough");
    }

    [Fact]
    public void An_order_is_split_where_it_gains_enough()
    {
        var router = new VenueRouter(_options);
        VenueCandidate[] venues = [Venue((100, 1), (103, 9)), Venue((101, 1), (102, 9))];
        Shares(router, _buy with { Quantity = 4 }, venues).Select(s => (s.Venue, s.Quantity)).ShouldBe([(0, 1m), (1, 3m)]);
        VenueCandidate[] bids = [Venue((100, 1), (97, 9)), Venue((99, 1), (98, 9))];
        Shares(router, _buy with { Side = OrderSide.Sell, Quantity = 4 }, bids).Select(s => (s.Venue, s.Quantity)).ShouldBe([(0, 1m), (1, 3m)]);
        // The best single one costs 407 of fees aside, the split one 405: 49 basis points.
        Shares(new VenueRouter(_options with { SplitGainBpsMin = 40 }), _buy with { Quantity = 4 }, venues).Count.ShouldBe(2);
        Shares(new VenueRouter(_options with { SplitGainBpsMin = 50 }), _buy with { Quantity = 4 }, venues).ShouldHaveSingleItem().Venue.ShouldBe(1);
        Shares(router, _buy with { IsMaker = true }, venues).ShouldBe([new VenueShare(0, 3, null)]);
    }

    [Fact]
    public void Shares_that_a_venue_would_refuse_go_to_the_others()
    {
        VenueCandidate[] venues = [Venue((100, 1), (103, 9)) with { NotionalMin = 101 }, Venue((101, 9))];
        Shares(new VenueRouter(_options), _buy, venues).Select(s => (s.Venue, s.Quantity)).ShouldBe([(1, 3m)]);
        // Steps of one half: what is cut off goes where a finer step takes it.
        VenueCandidate[] steps = [Venue((100, 0.7m), (103, 9)) with { StepSize = 0.5m }, Venue((101, 9))];
        Shares(new VenueRouter(_options), _buy, steps).Select(s => (s.Venue, s.Quantity)).ShouldBe([(0, 0.5m), (1, 2.5m)]);
        // More than all levels hold: the rest goes to the cheapest end.
        VenueCandidate[] thin = [Venue((100, 1)), Venue((101, 1))];
        Shares(new VenueRouter(_options), _buy, thin).Select(s => (s.Venue, s.Quantity)).ShouldBe([(0, 2m), (1, 1m)]);
    }

    [Fact]
    public void Venues_that_cannot_be_used_are_left_out_by_name()
    {
        VenueCandidate[] venues =
        [
            Venue((1, 9)) with { IsHealthy = false }, Venue((1, 9)) with { BookTimeMs = -2_001 },
            Venue() with { NotionalMin = 1 }, Venue((1, 9)) with { LatencyMs = null },
            Venue((1, 9)) with { StepSize = 4 }, Venue((100, 9)) with { BookTimeMs = -2_000 },
        ];
        var route = new VenueRouter(_options).Route(_buy, venues, 0);
        route.LeftOut.ToArray().ShouldBe(
            [new(0, VenueFault.Unhealthy), new(1, VenueFault.StaleBook), new(2, VenueFault.EmptyBook),
             new(3, VenueFault.LatencyUnknown), new(4, VenueFault.BelowMinimum)]);
        (route.Shares.Length, route.Shares[0].Venue, route.Unrouted).ShouldBe((1, 5, 0));
        var none = new VenueRouter(_options).Route(_buy, venues.AsSpan(0, 3), 0);
        (none.Shares.Length, none.LeftOut.Length, none.Unrouted).ShouldBe((0, 3, 3));
    }

    [Fact]
    public void Wrong_values_are_refused_by_name()
    {
        var router = new VenueRouter(_options with { VenuesMax = 2 });
        VenueCandidate[] venues = [Venue((100, 1)), Venue((100, 1)), Venue((100, 1))];
        Should.Throw<ArgumentException>(() => router.Route(_buy, venues, 0));
        Should.Throw<ArgumentException>(() => router.Route(_buy, [], 0));
        Should.Throw<ArgumentException>(() => router.Route(_buy with { Quantity = 0 }, venues.AsSpan(0, 2), 0));
        Should.Throw<ArgumentException>(() => router.Route(_buy with { Volatility = double.NaN }, venues.AsSpan(0, 2), 0)).Message.ShouldContain("Volatility");
        Should.Throw<ArgumentException>(() => router.Route(_buy, [venues[0], venues[1] with { TakerFee = 0.2m }], 0)).Message.ShouldContain("TakerFee");
        Should.Throw<ArgumentException>(() => new VenueRouter(new VenueRouterOptions { VenuesMax = 0 })).Message.ShouldContain("VenuesMax");
    }

    /// <summary>Nothing is lost, no share is off its venue's step or below its minimum, no venue is used that may not be, and splitting never costs more
    /// than not.</summary>
    [Fact]
    public void Shares_sum_to_the_order_and_a_split_is_never_dearer() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var side = random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            var venues = new VenueCandidate[random.Next(2, 6)];
            for (var i = 0; i < venues.Length; i++)
            {
                var price = 1_000 + random.Next(10);
                var levels = new (decimal, decimal)[random.Next(0, 6)];
                for (var j = 0; j < levels.Length; j++) levels[j] = (price += (int)side * random.Next(1, 3), random.Next(0, 50) / 10m);
                venues[i] = Venue(levels) with
                {
                    IsHealthy = random.Next(8) > 0,
                    TakerFee = random.Next(-5, 10) / 10_000m,
                    LatencyMs = random.Next(0, 500),
                    StepSize = random.Next(3) == 0 ? 0.3m : 0.1m,
                    NotionalMin = random.Next(3) * 400,
                };
            }
            var order = new VenueOrder(side, random.Next(1, 200) / 10m, false, 0.0002);
            var split = new VenueRouter(_options).Route(order, venues, 0);
            var single = new VenueRouter(_options with { CanSplit = false }).Route(order, venues, 0);
            decimal sum = 0, cost = 0;
            foreach (var share in split.Shares)
            {
                sum += share.Quantity;
                cost += share.Quantity * share.CostPrice!.Value;
                (share.Quantity % venues[share.Venue].StepSize).ShouldBe(0);
                (share.Quantity * Fixed8.ToDecimal(venues[share.Venue].Levels.Span[0].PriceE8))
                    .ShouldBeGreaterThanOrEqualTo(venues[share.Venue].NotionalMin, $"seed {seed}");
                venues[share.Venue].IsHealthy.ShouldBeTrue();
            }
            (sum + split.Unrouted).ShouldBe(order.Quantity);
            split.Unrouted.ShouldBeLessThan(split.Shares.IsEmpty ? order.Quantity + 1 : 0.3m);
            if (single.Shares.IsEmpty) split.Shares.IsEmpty.ShouldBeTrue();
            var best = single.Shares.IsEmpty ? 0 : single.Shares[0].Venue;
            var depth = single.Shares.IsEmpty ? 0 : venues[best].Levels.ToArray().Sum(l => Fixed8.ToDecimal(l.QuantityE8));
            if (depth >= order.Quantity && !single.Shares.IsEmpty)
                ((int)side * ((cost / sum) - single.Shares[0].CostPrice!.Value)).ShouldBeLessThanOrEqualTo(1e-18m, $"seed {seed}");
        }).QuickCheckThrowOnFailure();

    private static int Best(VenueRouterOptions options, params VenueCandidate[] venues) =>
        Shares(new VenueRouter(options), _buy, venues).ShouldHaveSingleItem().Venue;

    private static List<VenueShare> Shares(VenueRouter router, VenueOrder order, VenueCandidate[] venues) => [.. router.Route(order, venues, 0).Shares];

    private static VenueCandidate Venue(params (decimal Price, decimal Quantity)[] levels) => new()
    {
        Name = "venue",
        TakerFee = 0.0005m,
        MakerFee = 0.0002m,
        Levels = levels.Select(l => new BookLevel(Fixed8.FromDecimal(l.Price), Fixed8.FromDecimal(l.Quantity))).ToArray(),
        BookTimeMs = 0,
        LatencyMs = 10,
        IsHealthy = true,
        StepSize = 0.001m,
    };
}
