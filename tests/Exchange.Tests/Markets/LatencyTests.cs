using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Doubles.Exchanges;

namespace Granary.Exchange.Tests.Markets;

public sealed class LatencyTests
{
    private static readonly AggTrade[] s_tape =
    [
        Trade(1, 10, 100m, 1m, false), Trade(2, 20, 101m, 1m, false), Trade(3, 30, 102m, 1m, false), Trade(4, 40, 103m, 1m, false), Trade(5, 50, 99m, 1m, true),
    ];

    private static readonly LatencyOptions s_constant = new() { FeedMs = 5, EntryMs = 10, ResponseMs = 10 };

    [Fact]
    public void An_order_meets_the_market_of_its_arrival_and_the_caller_that_of_the_answer()
    {
        using var exchange = Open(s_constant);
        exchange.Driver.Step();
        // Seen at 15, there at 25, when the ask was 101; answered at 35, when it is 102.
        Bought(exchange).ShouldBe((101m, 25L));
        (exchange.MarketTimeMs, exchange.GetBookTicker(Symbol).AskPrice).ShouldBe((35L, 102m));
        // Decided on the same trade, so sent at the same time; it cannot be there before the market that is known already.
        Bought(exchange).ShouldBe((102m, 35L));
        exchange.Driver.Step();
        // The tape ends before it arrives, and the market's clock with it.
        Bought(exchange).ShouldBe((103m, 50L));
    }

    [Fact]
    public void A_cancel_that_comes_after_the_fill_is_refused()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "latency.csv");
        File.WriteAllText(path, "5,10,0\n5,15,0\n5,10,0\n5,30,0\n");
        using var exchange = Open(new LatencyOptions { Path = path });
        exchange.Driver.Step();
        var order = exchange.Place("a", Limit(OrderSide.Sell, 102.5m, 1m));
        exchange.Cancel("a", Symbol, order.OrderId, null).Status.ShouldBe(OrderStatus.Canceled);
        order = exchange.Place("a", Limit(OrderSide.Sell, 102.5m, 1m));
        // Sent as early as the others and there at 45; the tape traded through the order at 40.
        RefusalOf(() => exchange.Cancel("a", Symbol, order.OrderId, null)).ShouldBe(-2011);
        exchange.GetOrder("a", Symbol, order.OrderId, null).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void A_refusal_takes_its_time_too()
    {
        using var exchange = Open(s_constant);
        exchange.Driver.Step();
        RefusalOf(() => exchange.Cancel("a", Symbol, 7, null)).ShouldBe(-2011);
        exchange.MarketTimeMs.ShouldBe(35);
    }

    [Fact]
    public void Recorded_times_are_taken_in_turn()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "latency.csv");
        File.WriteAllText(path, "feed,entry,response\n0,0,0\n2.4,12.6,1\n");
        var model = new LatencyModel(new LatencyOptions { Path = path }, 1);
        model.Next().ShouldBe(new LatencyTimes(0, 0, 0));
        model.Next().ShouldBe(new LatencyTimes(2, 13, 1));
        model.Next().ShouldBe(new LatencyTimes(0, 0, 0));
        using var exchange = Open(new LatencyOptions { Path = path });
        exchange.Driver.Step();
        Bought(exchange).ShouldBe((100m, 10L));
        Bought(exchange).ShouldBe((101m, 25L));
    }

    [Theory]
    [InlineData("1,2", "line 1: there are 2 fields")]
    [InlineData("1,2,3\n1,-2,3", "line 2, entry: '-2'")]
    [InlineData("feed,entry,response\n", "no times")]
    public void A_wrong_file_is_named(string text, string expected)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "latency.csv");
        File.WriteAllText(path, text);
        var message = Should.Throw<InvalidDataException>(() => Open(new LatencyOptions { Path = path })).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(expected);
    }

    [Fact]
    public void Drawn_times_come_from_the_seed_and_have_the_median()
    {
        var options = new LatencyOptions { FeedMs = 0, EntryMs = 200, ResponseMs = 1000, Spread = 0.5 };
        var times = Draws(7);
        times.ShouldBe(Draws(7));
        times.ShouldNotBe(Draws(8));
        times.ShouldAllBe(t => t.FeedMs == 0);
        var entries = times.Select(t => t.EntryMs).Order().ToArray();
        entries[500].ShouldBeInRange(185, 215);
        // One standard deviation of the logarithm: about 16 % are beyond.
        entries.Count(e => e > 200 * Math.Exp(0.5)).ShouldBeInRange(110, 210);

        LatencyTimes[] Draws(ulong seed)
        {
            var model = new LatencyModel(options, seed);
            return [.. Enumerable.Range(0, 1000).Select(_ => model.Next())];
        }
    }

    [Fact]
    public void A_synthetic_session_with_drawn_times_is_the_same_again()
    {
        Session(3).ShouldBe(Session(3));
        Session(3).ShouldNotBe(Session(4));

        static string Session(ulong seed)
        {
            var options = new ExchangeOptions
            {
                StartTimeMs = 1_700_000_000_000,
                Seed = seed,
                Latency = new LatencyOptions { FeedMs = 3, EntryMs = 8, ResponseMs = 8, Spread = 0.4 },
            };
            var events = new RecordedEvents();
            using var exchange = Synthetic(events, options);
            var trader = new RandomTrader(5, "main");
            for (var i = 0; i < 400; i++) trader.Act(exchange);
            exchange.ShouldAddUp("main");
            return events.Hash() + exchange.StateDigest();
        }
    }

    private static ExchangeCore Open(LatencyOptions latency) => Replay(new RecordedEvents(), s_tape, TwoAccounts with { Latency = latency });

    private static (decimal Price, long TimeMs) Bought(ExchangeCore exchange)
    {
        exchange.Place("a", Market(OrderSide.Buy, 1m)).Status.ShouldBe(OrderStatus.Filled);
        var fill = exchange.GetUserTrades("a", Symbol, -1, 1).Single();
        return (fill.Price, fill.TimeMs);
    }
}
