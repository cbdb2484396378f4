using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Granary.Exchange.Tests.Doubles;
using Granary.Tape;

namespace Granary.Exchange.Tests.Markets;

public sealed class RealTapeTests
{
    private const string Ape = "data/aggtrades/um-APEUSDT-aggTrades-2024-10-18.zip";
    private const string Btc = "data/ws-captures/um-btcusdt-2024-08-08_2354.gz";
    private const string Btc2023 = "data/ws-captures/um-btcusdt-2023-04-05_0000.gz";

    [SharedFact(Ape)]
    public void A_day_of_trades_is_printed_once_with_orders_and_kills_in_between()
    {
        var tape = AggTradeTape.Read(SharedFile.Get(Ape)).ToArray();
        tape.Length.ShouldBe(45_342);
        using var folder = new TempFolder();
        var options = new ExchangeOptions
        {
            Symbols = [SymbolCatalog.Find("APEUSDT")!],
            Market = MarketKind.Replay,
            TapeFiles = new Dictionary<string, string> { ["APEUSDT"] = SharedFile.Get(Ape) },
            DataPath = folder.Path,
        };
        var printed = new Dictionary<long, AggTrade>();
        foreach (var steps in new[] { 9_000, 1, 15_555, int.MaxValue })
        {
            var events = new RecordedEvents(keepsAll: false);
            using var exchange = Exchanges.Open(options, MarketFactory.Create, events);
            var trader = new RandomTrader((ulong)steps, "main");
            for (var n = 0; n < steps && exchange.Driver.NextTimeMs() is not null; n++)
            {
                exchange.Driver.Step();
                if (n % 25 == 0) trader.Act(exchange);
            }
            var ids = events.Trades.Select(t => t.Trade.Id).ToArray();
            for (var i = 1; i < ids.Length; i++) ids[i].ShouldBe(ids[i - 1] + 1);
            foreach (var (_, trade) in events.Trades) printed[trade.Id] = trade;
            exchange.ShouldAddUp("main");
            if (exchange.Driver.NextTimeMs() is not null) continue;
            exchange.Progress.ShouldBe(new MarketProgress("replay", tape.Length, true, null));
            exchange.GetWallet("main").Fees.ShouldBeGreaterThan(0);
            printed.Values.OrderBy(t => t.Id).ShouldBe(tape);
            return;
        }
        throw new InvalidOperationException("the replay did not end");
    }

    [SharedFact(Btc)]
    public void A_socket_capture_is_played_as_it_was_recorded()
    {
        var frames = SocketCapture.Read(SharedFile.Get(Btc)).GroupBy(f => f.Kind).ToDictionary(g => g.Key, g => g.Count());
        using var folder = new TempFolder();
        var options = CaptureOptions(Btc, folder);
        var events = new RecordedEvents();
        using (var exchange = Exchanges.Open(options, MarketFactory.Create, events))
        {
            Trade(exchange, 20_000);
            exchange.GetDepth("BTCUSDT", 1000).Bids.Count.ShouldBe(1000);
        }
        using var again = Exchanges.Open(options, MarketFactory.Create, events);
        Trade(again, int.MaxValue);
        again.Progress.ShouldBe(new MarketProgress("capture", frames[CaptureKind.Trade], true, null));
        events.Trades.Select(t => t.Trade.Id).Distinct().Count().ShouldBe(frames[CaptureKind.Trade]);
        var last = events.Trades[^1].Trade;
        (last.Id, last.FirstTradeId, last.TradeCount).ShouldBe((last.Id, last.Id, 1));
        var ids = events.Trades.Select(t => t.Trade.Id).Distinct().ToArray();
        (ids[^1] - ids[0] + 1).ShouldBe(ids.Length);
        events.Depths.Select(d => d.Diff.LastUpdateId).Distinct().Count().ShouldBe(frames[CaptureKind.DepthUpdate]);
        events.Marks.Count.ShouldBeGreaterThan(300);
        again.ShouldAddUp("main");
        again.GetWallet("main").Fees.ShouldBeGreaterThan(0);
    }

    [SharedFact(Btc)]
    public void A_captured_book_agrees_with_the_captured_quotes()
    {
        using var folder = new TempFolder();
        using var exchange = Exchanges.Open(CaptureOptions(Btc, folder), MarketFactory.Create, new RecordedEvents(keepsAll: false));
        int compared = 0, equal = 0;
        for (var n = 0; exchange.Driver.NextTimeMs() is not null; n++)
        {
            exchange.Driver.Step();
            if (n < 1000) continue;
            var book = exchange.GetDepth("BTCUSDT", 1);
            var quote = exchange.GetBookTicker("BTCUSDT");
            // Quotes run ahead of the book until the next diff; only the same update can be compared.
            if (book.LastUpdateId != quote.UpdateId) continue;
            compared++;
            if (book.Bids[0].PriceE8 == quote.BidPriceE8 && book.Asks[0].PriceE8 == quote.AskPriceE8) equal++;
        }
        compared.ShouldBeGreaterThan(100);
        equal.ShouldBe(compared);
    }

    [SharedFact(Btc2023)]
    public void Trades_of_the_insurance_fund_are_left_out_without_a_hole()
    {
        using var folder = new TempFolder();
        var events = new RecordedEvents(keepsAll: false);
        using var exchange = Exchanges.Open(CaptureOptions(Btc2023, folder), MarketFactory.Create, events);
        while (exchange.Driver.NextTimeMs() is not null) exchange.Driver.Step();
        exchange.Progress.Error.ShouldBeNull();
        events.Trades.ShouldAllBe(t => t.Trade.Price < 28_700m);
        for (var i = 1; i < events.Trades.Count; i++) events.Trades[i].Trade.Id.ShouldBe(events.Trades[i - 1].Trade.Id + 1);
        (events.Trades[^1].Trade.FirstTradeId - events.Trades[^1].Trade.Id).ShouldBe(1);
        exchange.GetMarkPrice("BTCUSDT").Index.ShouldNotBe(exchange.GetMarkPrice("BTCUSDT").Mark);
    }

    [SharedFact(Ape)]
    public void A_missing_tape_is_named_and_the_exchange_runs()
    {
        var options = new ExchangeOptions
        {
            Symbols = [SymbolCatalog.Find("APEUSDT")!, .. SymbolCatalog.Defaults],
            Market = MarketKind.Replay,
            TapeFiles = new Dictionary<string, string> { ["APEUSDT"] = SharedFile.Get(Ape), ["BTCUSDT"] = "no-such-tape.csv" },
        };
        using var exchange = Exchanges.Open(options, MarketFactory.Create, new RecordedEvents(keepsAll: false));
        exchange.Progress.Error.ShouldNotBeNull().ShouldContain("no-such-tape.csv");
        for (var i = 0; i < 100; i++) exchange.Driver.Step();
        exchange.Progress.Trades.ShouldBe(100);
    }

    private static ExchangeOptions CaptureOptions(string file, TempFolder folder) => new()
    {
        Symbols = [SymbolCatalog.Find("BTCUSDT")!],
        Market = MarketKind.Capture,
        TapeFiles = new Dictionary<string, string> { ["BTCUSDT"] = SharedFile.Get(file) },
        DataPath = folder.Path,
    };

    private static void Trade(ExchangeCore exchange, int steps)
    {
        for (var n = 0; n < steps && exchange.Driver.NextTimeMs() is not null; n++)
        {
            exchange.Driver.Step();
            if (n % 500 != 499) continue;
            var ticker = exchange.GetBookTicker("BTCUSDT");
            var side = n % 1000 == 499 ? OrderSide.Buy : OrderSide.Sell;
            exchange.Place("main", new NewOrder("BTCUSDT", side, OrderType.Market, TimeInForce.Gtc, 0.05m, 0, false, null)).Status
                .ShouldBeOneOf(OrderStatus.Filled, OrderStatus.Expired);
            exchange.CancelAll("main", "BTCUSDT");
            exchange.Place("main", new NewOrder(
                "BTCUSDT", side, OrderType.Limit, TimeInForce.Gtc, 0.1m, side == OrderSide.Buy ? ticker.BidPrice : ticker.AskPrice, false, null));
        }
    }
}
