using Granary.Engine.Book;
using Granary.Engine.Execution.Routing;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Venues.Ports;
using Granary.Venues.Routing;
using Granary.Venues.Tests.Binance;
using Granary.Venues.Tests.Support;

namespace Granary.Venues.Tests.Routing;

public sealed class RoutedTradingTests
{
    private readonly World _world = new();

    [Fact]
    public void One_venue_is_sent_the_same_bytes_as_without()
    {
        var (direct, routed) = (Play(port => port), Play((port, time) => new RoutedTrading([new TradingVenue("only", port)], time)));
        routed.ShouldBe(direct);
        direct.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void The_cheapest_of_several_by_fee_and_depth_gets_the_order_and_all_that_follows()
    {
        var (a, b) = (new ScriptedPort(_world.Time), new ScriptedPort(_world.Time));
        var routed = Route(
            new TradingVenue("a", a, Describe(Levels((100, 1), (110, 9)))), new TradingVenue("b", b, Describe(Levels((101, 9)))));
        Place(routed, "small", 1).Kind.ShouldBe(OrderAnswerKind.Accepted);
        Place(routed, "large", 5).Kind.ShouldBe(OrderAnswerKind.Accepted);
        _world.Run(() => routed.CancelAsync("BTCUSDT", "large", default)).Kind.ShouldBe(OrderAnswerKind.Accepted);
        _world.Run(() => routed.AmendAsync(Order("small", 1), default)).Kind.ShouldBe(OrderAnswerKind.Accepted);
        a.Requests.ShouldBe(["place small", "amend small"]);
        b.Requests.ShouldBe(["place large", "cancel large"]);
        _world.Run(() => routed.GetOpenOrdersAsync("BTCUSDT", default)).Select(o => o.ClientOrderId).ShouldBe(["small", "large"]);

        var dear = Route(new TradingVenue("a", a, Describe(Levels((100, 9)), fee: 0.0006m)), new TradingVenue("b", b, Describe(Levels((100, 9)))));
        Place(dear, "fee", 1);
        b.Requests[^1].ShouldBe("place fee");
    }

    [Fact]
    public void Latency_is_measured_by_the_venues_own_answers()
    {
        var (slow, fast) = (new ScriptedPort(_world.Time) { Takes = TimeSpan.FromMilliseconds(400) }, new ScriptedPort(_world.Time) { Takes = TimeSpan.FromMilliseconds(20) });
        var routed = Route(new TradingVenue("slow", slow, Describe(Levels((100, 9)))), new TradingVenue("fast", fast, Describe(Levels((100, 9)))));
        routed.LatencyMs.ShouldBe([null, null]);
        Place(routed, "first", 1);
        slow.Requests.ShouldBe(["place first"], "equal as far as is known");
        routed.LatencyMs.ShouldBe([400, null]);
        Place(routed, "second", 1);
        fast.Requests.ShouldBe(["place second"]);
        routed.LatencyMs.ShouldBe([400, 20]);
        fast.Kind = OrderAnswerKind.Unknown;
        fast.Takes = TimeSpan.FromSeconds(10);
        for (var i = 0; i < 3; i++) Place(routed, $"later {i}", 1);
        slow.Requests.ShouldContain("place later 1", "silence is latency too");
    }

    [Fact]
    public void Where_no_venue_takes_orders_nothing_is_sent_and_it_is_said_why()
    {
        var (a, b) = (new ScriptedPort(_world.Time), new ScriptedPort(_world.Time));
        var routed = Route(new TradingVenue("a", a, Describe([])), new TradingVenue("b", b, Describe(Levels((100, 9)), isHealthy: false)));
        var answer = Place(routed, "x", 1);
        (answer.Kind, answer.Message).ShouldBe((OrderAnswerKind.NotSent, "no venue takes orders: a EmptyBook, b Unhealthy"));
        a.Requests.Concat(b.Requests).ShouldBeEmpty();
        var coarse = Route(new TradingVenue("a", a, Describe(Levels((100, 9)), step: 2)), new TradingVenue("b", b, Describe([])));
        Place(coarse, "x", 3).ShouldSatisfyAllConditions(o => o.Kind.ShouldBe(OrderAnswerKind.NotSent), o => o.Message.ShouldContain("another step"));
    }

    [Fact]
    public void An_order_whose_venue_is_not_known_any_more_is_asked_for_everywhere()
    {
        var (a, b) = (new ScriptedPort(_world.Time), new ScriptedPort(_world.Time));
        TradingVenue[] venues = [new("a", a, Describe(Levels((101, 9)))), new("b", b, Describe(Levels((100, 9))))];
        Place(Route(venues), "x", 1);
        var restarted = Route(venues);
        _world.Run(() => restarted.QueryAsync("BTCUSDT", "x", default)).Kind.ShouldBe(OrderAnswerKind.Accepted);
        _world.Run(() => restarted.CancelAsync("BTCUSDT", "x", default)).Kind.ShouldBe(OrderAnswerKind.Accepted);
        a.Requests.ShouldBe(["query x"]);
        b.Requests.ShouldBe(["place x", "query x", "cancel x"]);
        a.Kind = OrderAnswerKind.Unknown;
        _world.Run(() => restarted.QueryAsync("BTCUSDT", "y", default)).Kind.ShouldBe(OrderAnswerKind.Unknown, "one that does not answer may have it");
        _world.Run(() => restarted.CancelAllAsync("BTCUSDT", default)).Kind.ShouldBe(OrderAnswerKind.Unknown);
        b.Requests[^1].ShouldBe("cancel all");
    }

    [Fact]
    public void Venues_that_cannot_be_weighed_are_refused()
    {
        var port = new ScriptedPort(_world.Time);
        Should.Throw<ArgumentException>(() => new RoutedTrading([], _world.Time));
        Should.Throw<ArgumentException>(() => new RoutedTrading([new TradingVenue("a", port), new TradingVenue("b", port)], _world.Time)).Message.ShouldContain("venue a");
        Should.Throw<ArgumentException>(() => new RoutedTrading([.. Enumerable.Repeat(new TradingVenue("a", port, Describe([])), 9)], _world.Time));
    }

    private static List<(string, string, string)> Play(Func<ITradingPort, ITradingPort> wrap) => Play((port, _) => wrap(port));

    /// <summary>A life of some orders; what went over the wire.</summary>
    private static List<(string, string, string)> Play(Func<ITradingPort, TimeProvider, ITradingPort> wrap)
    {
        var clients = new Clients();
        var port = wrap(clients.Client, clients.World.Time);
        var limit = TradingTests.Limit("id-1");
        clients.World.Run(() => port.PlaceAsync(limit, default));
        clients.World.Run(() => port.PlaceAsync(Order("id-2", 1.5m) with { ReduceOnly = true }, default));
        clients.World.Run(() => port.AmendAsync(limit with { Price = 60_001 }, default));
        clients.World.Run(() => port.CancelAsync("BTCUSDT", "id-1", default));
        clients.World.Run(() => port.QueryAsync("BTCUSDT", "id-1", default));
        clients.World.Run(() => port.CancelAllAsync("BTCUSDT", default));
        clients.World.Run(() => port.CountdownCancelAllAsync("BTCUSDT", 30_000, default));
        return [.. clients.Rest.Requests.Select(r => (r.Method, r.Query, r.Body))];
    }

    private RoutedTrading Route(params TradingVenue[] venues) => new(venues, _world.Time, volatility: static _ => 0.0001);

    private OrderAnswer Place(RoutedTrading routed, string id, decimal quantity) => _world.Run(() => routed.PlaceAsync(Order(id, quantity), default));

    private static OrderRequest Order(string id, decimal quantity) => new(id, "BTCUSDT", OrderSide.Buy, OrderType.Market, TimeInForce.Gtc, quantity, null, false);

    private static BookLevel[] Levels(params (decimal Price, decimal Quantity)[] levels) =>
        [.. levels.Select(l => new BookLevel(Fixed8.FromDecimal(l.Price), Fixed8.FromDecimal(l.Quantity)))];

    private Func<OrderRequest, VenueCandidate> Describe(BookLevel[] levels, decimal fee = 0.0005m, bool isHealthy = true, decimal step = 0.001m) => _ => new VenueCandidate
    {
        Name = "",
        TakerFee = fee,
        MakerFee = 0.0002m,
        Levels = levels,
        BookTimeMs = _world.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        LatencyMs = 100,
        IsHealthy = isHealthy,
        StepSize = step,
    };
}
