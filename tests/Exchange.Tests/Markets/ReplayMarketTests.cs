using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Doubles.Exchanges;

namespace Granary.Exchange.Tests.Markets;

public sealed class ReplayMarketTests
{
    private readonly RecordedEvents _events = new();

    [Fact]
    public void Quotes_follow_the_last_trades_at_least_one_tick_apart()
    {
        var exchange = Replay(
            _events, [Trade(1, 10, 100m, 1m, false), Trade(2, 20, 99.8m, 2m, true), Trade(3, 30, 100.3m, 3m, true), Trade(4, 40, 99m, 1m, false)]);
        var quotes = new List<(decimal, decimal)>();
        while (exchange.Driver.NextTimeMs() is not null)
        {
            exchange.Driver.Step();
            quotes.Add((exchange.GetBookTicker(Symbol).BidPrice, exchange.GetBookTicker(Symbol).AskPrice));
        }
        quotes.ShouldBe([(99.9m, 100m), (99.8m, 100m), (100.3m, 100.4m), (98.9m, 99m)]);
        exchange.Progress.ShouldBe(new MarketProgress("replay", 4, true, null));
        exchange.MarketTimeMs.ShouldBe(40);
        _events.Trades.Select(t => t.Trade.Id).ShouldBe([1L, 2L, 3L, 4L]);
        exchange.GetAggTrades(Symbol, 2, 2).Select(t => t.Id).ShouldBe([2L, 3L]);
    }

    [Fact]
    public void What_crosses_pays_the_opposite_quote()
    {
        var exchange = Replay(_events, [Trade(1, 10, 100m, 1m, false), Trade(2, 20, 99.8m, 2m, true)]);
        Run(exchange);
        Fill(exchange.Place("a", Market(OrderSide.Buy, 3m))).ShouldBe((100m, false));
        Fill(exchange.Place("a", Limit(OrderSide.Sell, 99m, 1m))).ShouldBe((99.8m, false));
        Fill(exchange.Place("a", Limit(OrderSide.Buy, 100m, 1m, TimeInForce.Fok))).ShouldBe((100m, false));
        exchange.Place("a", Limit(OrderSide.Buy, 99.9m, 1m, TimeInForce.Ioc)).Status.ShouldBe(OrderStatus.Expired);
        RefusalOf(() => exchange.Place("a", Limit(OrderSide.Buy, 100m, 1m, TimeInForce.Gtx))).ShouldBe(-5022);
        exchange.Place("a", Limit(OrderSide.Buy, 99.9m, 1m, TimeInForce.Gtx)).Status.ShouldBe(OrderStatus.New);
        _events.Trades.Count.ShouldBe(2);
        exchange.ShouldAddUp("a");
    }

    [Fact]
    public void What_rests_fills_only_when_the_tape_trades_through_it()
    {
        var exchange = Replay(
            _events, [Trade(1, 10, 100m, 1m, false), Trade(2, 20, 99m, 5m, true), Trade(3, 30, 98.9m, 0.4m, false), Trade(4, 40, 98m, 5m, true)]);
        exchange.Driver.Step();
        var order = exchange.Place("a", Limit(OrderSide.Buy, 99m, 1m));
        exchange.Driver.Step();
        Executed(exchange, order).ShouldBe(0m);
        exchange.Driver.Step();
        Executed(exchange, order).ShouldBe(0.4m);
        exchange.Driver.Step();
        Executed(exchange, order).ShouldBe(1m);
        exchange.GetUserTrades("a", Symbol, 0, 10).ShouldAllBe(f => f.Price == 99m && f.IsMaker);
        _events.Lines.Where(l => l.StartsWith("trade", StringComparison.Ordinal) || l.StartsWith("order", StringComparison.Ordinal)
            || l.StartsWith("account", StringComparison.Ordinal)).TakeLast(3).Select(l => l[..5]).ShouldBe(["trade", "accou", "order"]);
    }

    [Fact]
    public void In_front_of_the_queue_it_fills_at_its_price_against_its_side()
    {
        var exchange = Replay(
            _events, [Trade(1, 10, 100m, 1m, false), Trade(2, 20, 99m, 1m, false), Trade(3, 30, 99m, 1m, true)],
            TwoAccounts with { QueueModel = QueueModel.Front });
        exchange.Driver.Step();
        var order = exchange.Place("a", Limit(OrderSide.Buy, 99m, 1m));
        exchange.Driver.Step();
        Executed(exchange, order).ShouldBe(0m);
        exchange.Driver.Step();
        Executed(exchange, order).ShouldBe(1m);
    }

    [Fact]
    public void Our_orders_share_the_traded_quantity_by_price_then_age()
    {
        var exchange = Replay(_events, [Trade(1, 10, 100m, 1m, false), Trade(2, 20, 97m, 2.5m, true)]);
        exchange.Driver.Step();
        var young = exchange.Place("a", Limit(OrderSide.Buy, 99m, 1m));
        var younger = exchange.Place("b", Limit(OrderSide.Buy, 99m, 1m));
        var best = exchange.Place("b", Limit(OrderSide.Buy, 99.5m, 1m));
        exchange.Driver.Step();
        exchange.GetOrder("b", Symbol, best.OrderId, null).ExecutedQuantity.ShouldBe(1m);
        Executed(exchange, young).ShouldBe(1m);
        exchange.GetOrder("b", Symbol, younger.OrderId, null).ExecutedQuantity.ShouldBe(0.5m);
        exchange.ShouldAddUp("a", "b");
    }

    [Fact]
    public void Reduce_only_orders_stop_at_flat()
    {
        var exchange = Replay(_events, [Trade(1, 10, 100m, 1m, false), Trade(2, 20, 99.9m, 1m, true), Trade(3, 30, 103m, 50m, false)]);
        exchange.Driver.Step();
        exchange.Driver.Step();
        exchange.Place("a", Market(OrderSide.Buy, 2m));
        var order = exchange.Place("a", Limit(OrderSide.Sell, 102m, 5m, reduceOnly: true));
        exchange.Driver.Step();
        Executed(exchange, order).ShouldBe(2m);
        exchange.GetOrder("a", Symbol, order.OrderId, null).Status.ShouldBe(OrderStatus.Expired);
        exchange.GetPositions("a", null).ShouldBeEmpty();
    }

    [Fact]
    public void It_waits_to_be_started_when_asked_to()
    {
        var exchange = Replay(_events, [Trade(1, 10, 100m, 1m, false)], TwoAccounts with { StartsAtOnce = false });
        exchange.Driver.NextTimeMs().ShouldBeNull();
        exchange.Progress.Finished.ShouldBeFalse();
        exchange.Place("a", Market(OrderSide.Buy, 1m)).Status.ShouldBe(OrderStatus.Expired);
        exchange.Driver.Start();
        exchange.Driver.NextTimeMs().ShouldBe(10);
        Run(exchange);
        exchange.Progress.Finished.ShouldBeTrue();
    }

    [Fact]
    public void A_tape_that_breaks_stops_its_own_symbol_only()
    {
        var options = TwoAccounts with
        {
            Symbols = [Rules, Rules with { Symbol = "ABCUSDT" }, Rules with { Symbol = "DEFUSDT" }],
            Market = MarketKind.Replay,
            TapeFiles = new Dictionary<string, string> { [Symbol] = "good", ["ABCUSDT"] = "bad", ["DEFUSDT"] = "missing", ["XYZUSDT"] = "x.csv" },
        };
        var exchange = Open(options, _ => new ReplayMarket(Read, e => e is InvalidDataException or FileNotFoundException), _events);
        Run(exchange);
        _events.Trades.Count(t => t.Symbol == Symbol).ShouldBe(50);
        _events.Trades.Count(t => t.Symbol == "ABCUSDT").ShouldBe(20);
        var progress = exchange.Progress;
        progress.Finished.ShouldBeTrue();
        progress.Error.ShouldBe(
            "XYZUSDT: x.csv was not read, the symbol is not listed; list it with its rules or take the file away; "
            + "ABCUSDT: bad line 21: price was -1; DEFUSDT: missing is not there");
        exchange.Place("a", Limit(OrderSide.Buy, 200m, 1m) with { Symbol = "ABCUSDT", Price = exchange.GetBookTicker("ABCUSDT").AskPrice })
            .Status.ShouldBe(OrderStatus.Filled);

        static IEnumerable<AggTrade> Read(string file)
        {
            if (file == "missing") throw new FileNotFoundException("missing is not there");
            var n = 0;
            foreach (var trade in RandomTrader.Tape(1, 50))
            {
                if (file == "bad" && ++n == 21) throw new InvalidDataException("bad line 21: price was -1");
                yield return trade;
            }
        }
    }

    [Fact]
    public void Killed_anywhere_and_started_again_it_ends_as_if_nothing_had_happened()
    {
        var tape = RandomTrader.Tape(5, 2000);
        using var calm = new TempFolder();
        var expected = EndOf(calm, tape, []);
        expected.Fills.ShouldBeGreaterThan(20);
        var random = new SeededRandom(5);
        for (var run = 0; run < 4; run++)
        {
            using var folder = new TempFolder();
            EndOf(folder, tape, Enumerable.Range(0, 5).Select(_ => random.Between(1, 700)).ToArray()).ShouldBe(expected);
        }
    }

    [Fact]
    public void Another_tape_in_the_same_folder_is_refused_by_name()
    {
        using var folder = new TempFolder();
        var options = TwoAccounts with { DataPath = folder.Path };
        using (var exchange = Replay(_events, RandomTrader.Tape(1, 600), options)) Run(exchange);
        using var other = Replay(_events, RandomTrader.Tape(1, 100), options);
        other.Progress.Error.ShouldNotBeNull().ShouldContain("not the one that was replayed before");
    }

    private static (string Digest, int Fills) EndOf(TempFolder start, AggTrade[] tape, long[] kills)
    {
        var folder = start;
        var printed = new SortedSet<long>();
        var order = 0;
        for (var life = 0; ; life++)
        {
            var events = new RecordedEvents(keepsAll: false);
            using var exchange = Replay(events, tape, TwoAccounts with { DataPath = folder.Path, QueueModel = QueueModel.Front });
            for (; order < 60; order++)
            {
                var (account, side) = order % 2 == 0 ? ("a", OrderSide.Buy) : ("b", OrderSide.Sell);
                exchange.Place(account, Limit(side, 100m - ((int)side * 0.1m * order), 1.7m));
            }
            for (var n = 0; exchange.Driver.NextTimeMs() is not null && (life >= kills.Length || n < kills[life]); n++) exchange.Driver.Step();
            var ids = events.Trades.Select(t => t.Trade.Id).ToArray();
            ids.ShouldBe(ids.Order());
            if (printed.Count > 0 && ids.Length > 0) ids[0].ShouldBeLessThanOrEqualTo(printed.Max + 1);
            printed.UnionWith(ids);
            exchange.ShouldAddUp("a", "b");
            if (life < kills.Length)
            {
                folder = folder.Copy();
                continue;
            }
            printed.ShouldBe(tape.Select(t => t.Id));
            exchange.GetAggTrades(Symbol, 0, int.MaxValue).ShouldBe(tape);
            exchange.Progress.Trades.ShouldBe(tape.Length);
            return (exchange.StateDigest(), exchange.GetUserTrades("a", Symbol, 0, 10_000).Count);
        }
    }

    private static void Run(ExchangeCore exchange)
    {
        while (exchange.Driver.NextTimeMs() is not null) exchange.Driver.Step();
    }

    private static decimal Executed(ExchangeCore exchange, ExchangeOrder order) =>
        exchange.GetOrder("a", Symbol, order.OrderId, null).ExecutedQuantity;

    private (decimal Price, bool IsMaker) Fill(ExchangeOrder order)
    {
        order.Status.ShouldBe(OrderStatus.Filled);
        var fill = _events.Orders.Last().Execution.Fill.ShouldNotBeNull();
        return (fill.Price, fill.IsMaker);
    }
}
