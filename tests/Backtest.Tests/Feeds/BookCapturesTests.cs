using System.Globalization;
using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Tests.Support;

namespace Granary.Backtest.Tests.Feeds;

/// <summary>Captured sockets as books: their symbols and rules, one after the other, and what a run over them needs.</summary>
public sealed class BookCapturesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-captures").FullName;

    [Fact]
    public void Symbols_ticks_and_steps_are_read_out_of_the_messages()
    {
        var feeds = FeedFiles.Books([Write("one", 0, 40), Write("two", 4_100, 40)]);
        feeds.Select(f => (f.Symbol, f.Rules.TickSize, f.Rules.StepSize)).ShouldBe([("BTCUSDT", 0.1m, 0.001m), ("ETHUSDT", 0.1m, 0.001m)]);
        var rows = ((BookFeed)feeds[0]).Rows.ToArray();
        rows.Count(r => r.Kind == BookRowKind.Buy).ShouldBe(80);
        rows.Select(r => r.TimeMs).ShouldBeInOrder();
        rows.ShouldNotContain(r => r.Kind == BookRowKind.Clear);
        FeedFiles.Books([Write("one", 0, 40)], wanted: new HashSet<string> { "ETHUSDT" }).ShouldHaveSingleItem().Symbol.ShouldBe("ETHUSDT");
    }

    [Fact]
    public void After_a_pause_the_book_begins_anew_and_captures_out_of_order_are_refused()
    {
        var (early, late) = (Write("early", 0, 20), Write("late", 600_000, 20));
        var rows = ((BookFeed)FeedFiles.Books([early, late])[0]).Rows.ToArray();
        rows.Count(r => r.Kind == BookRowKind.Clear).ShouldBe(1);
        Should.Throw<ArgumentException>(() => FeedFiles.Books([late, early])).Message.ShouldContain("early");
        var silent = Path.Combine(_folder, "silent");
        File.WriteAllText(silent, Trade(Markets.StartMs, 1) + "\n");
        Should.Throw<ArgumentException>(() => FeedFiles.Books([silent])).Message.ShouldContain("silent");
    }

    [Fact]
    public void A_market_maker_quotes_over_a_book_and_over_nothing_else()
    {
        var config = new RunConfig
        {
            Strategy = StrategyKind.Quote,
            Quantity = 0.01m,
            Quotes = new QuoteOptions { Ticks = 1, EveryMs = 200 },
            Execution = new ExecutionOptions { FillModel = FillModel.Queue },
        };
        var feeds = FeedFiles.Books([Write("one", 0, 400)], wanted: new HashSet<string> { "BTCUSDT" });
        BacktestRunner.Run(feeds, config.ToOptions()).Orders.ShouldBeGreaterThan(100);
        Should.Throw<ArgumentException>(() => BacktestRunner.Run([new TradeFeed(Markets.Rules(), Markets.Walk(10))], config.ToOptions())).Message.ShouldContain("book");
        Should.Throw<ArgumentException>(() => (config with { Quotes = new QuoteOptions { Ticks = 0 } }).ToOptions()).Message.ShouldContain("Ticks");
    }

    [SharedFilesFact]
    public void A_recorded_capture_is_run_over_with_the_place_in_the_queue()
    {
        var feeds = FeedFiles.Books([SharedFiles.Data("ws-captures/um-btcusdt-2024-08-08_2354.gz")]);
        (feeds[0].Rules.TickSize, feeds[0].Rules.StepSize).ShouldBe((0.1m, 0.001m));
        var config = new RunConfig { Strategy = StrategyKind.Quote, Quantity = 0.1m, Execution = new ExecutionOptions { FillModel = FillModel.Queue } };
        var result = BacktestRunner.Run(feeds, config.ToOptions());
        (result.HasBook, result.Orders, result.OrderHash).ShouldBe((true, 6_894L, "d3787ce445c139b89364a035a5d42f291461f727d604114449f00ec7b8325473"));
        (result.MakerFills, result.FillsBeyondMarket).ShouldBe((result.Fills, 0));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, long fromMs, int messages)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, Enumerable.Range(0, messages).SelectMany(i =>
        {
            var timeMs = Markets.StartMs + fromMs + (i * 100L);
            return (string[])[Depth("BTCUSDT", timeMs), Depth("ETHUSDT", timeMs), Trade(timeMs, fromMs + i + 1)];
        }));
        return path;
    }

    private static string Depth(string symbol, long timeMs) => string.Create(
        CultureInfo.InvariantCulture,
        $"{timeMs}000000 {{\"stream\":\"{symbol.ToLowerInvariant()}@depth@0ms\",\"data\":{{\"e\":\"depthUpdate\",\"E\":{timeMs},\"T\":{timeMs},\"s\":\"{symbol}\",\"U\":1,\"u\":2,"
        + $"\"pu\":0,\"b\":[[\"99.90\",\"1.001\"],[\"99.80\",\"2\"]],\"a\":[[\"100.10\",\"1.5\"]]}}}}");

    private static string Trade(long timeMs, long id) => string.Create(
        CultureInfo.InvariantCulture,
        $"{timeMs}000000 {{\"stream\":\"btcusdt@trade\",\"data\":{{\"e\":\"trade\",\"E\":{timeMs},\"T\":{timeMs},\"s\":\"BTCUSDT\",\"t\":{id},\"p\":\"100.10\",\"q\":\"0.1\",\"X\":\"MARKET\",\"m\":false}}}}");
}
