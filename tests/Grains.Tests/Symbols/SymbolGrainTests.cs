using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Symbols;

/// <summary>Trades into bars: each id once, in order, across restarts; and what a bar leads to.</summary>
public sealed class SymbolGrainTests
{
    [Fact]
    public void Bars_are_those_of_the_kernel_and_known_trades_are_skipped()
    {
        using var bench = new GrainBench().StartActive();
        var trades = Samples.Trades(1, 300);
        Ingest(bench, trades[..100]).ShouldBe(new IngestAnswer(101, true));
        Ingest(bench, trades[50..200]).ShouldBe(new IngestAnswer(201, true));
        Ingest(bench, trades[50..100]).ShouldBe(new IngestAnswer(201, true));
        Ingest(bench, trades[200..]).ShouldBe(new IngestAnswer(301, true));

        var expected = Rebuild(trades);
        var view = bench.SymbolView;
        (view.Trades, view.Bars, view.BarDigest).ShouldBe((300, expected.BarCount, expected.BarDigest));
        view.Bars.ShouldBeGreaterThan(20);
        view.Rejects.ShouldBeEmpty();
        view.Holes.ShouldBe(0);
    }

    [Fact]
    public void The_newest_bars_are_those_that_the_strategies_see_also_after_a_restart()
    {
        using var bench = new GrainBench().StartActive();
        var trades = Samples.Trades(1, 300);
        Bars(0).Running.ShouldBeNull();
        Ingest(bench, trades[..230]);
        var pipeline = new SymbolPipeline(Samples.Settings.Symbols[0].Pipeline);
        var expected = new List<FeatureBar>();
        Take(trades[..230]);
        Bars(1_000).Bars.ShouldBe(expected);
        Bars(3).Bars.ShouldBe(expected.TakeLast(3));
        Bars(0).Bars.ShouldBeEmpty();
        Bars(0).Running.ShouldBe(RunningBarView.From(pipeline.Running.ShouldNotBeNull()));

        bench.Stop();
        bench.StartActive();
        var known = expected.Count - 1;
        Ingest(bench, trades[230..]);
        Take(trades[230..]);
        Bars(1_000).Bars.ShouldBe(expected.Skip(known));
        Bars(0).Running.ShouldBe(RunningBarView.From(pipeline.Running.ShouldNotBeNull()));

        BarsView Bars(int countMax) => bench.Ask(() => bench.Symbol.GetBars(countMax));

        void Take(AggTrade[] taken)
        {
            foreach (var trade in taken)
                if (pipeline.Add(trade)) expected.Add(pipeline.LastBar!);
        }
    }

    [Fact]
    public void A_batch_beyond_the_next_id_is_refused_whole()
    {
        using var bench = new GrainBench().StartActive();
        var trades = Samples.Trades(1, 100);
        Ingest(bench, trades[..50]);
        Ingest(bench, trades[60..]).ShouldBe(new IngestAnswer(51, false));
        bench.SymbolView.Trades.ShouldBe(50);
        Ingest(bench, trades[50..]).ShouldBe(new IngestAnswer(101, true));
        bench.SymbolView.BarDigest.ShouldBe(Rebuild(trades).BarDigest);
    }

    [Fact]
    public void An_accepted_hole_marks_the_running_bar_and_no_strategy_fires_on_it()
    {
        using var bench = new GrainBench().StartActive();
        var trades = Samples.Trades(1, 400, buyShare: 1);
        Ingest(bench, trades[..200]);
        var before = bench.Decisions().Count;
        before.ShouldBeGreaterThan(0);
        var bar = bench.SymbolView.Bars;

        // Up to the end of the bar with the hole, one trade at a time.
        Ingest(bench, trades[210..211], acceptHole: true).Accepted.ShouldBeTrue();
        for (var i = 211; bench.SymbolView.Bars == bar; i++) Ingest(bench, trades[i..(i + 1)]);
        bench.SymbolView.Holes.ShouldBe(1);
        bench.Decisions().Count.ShouldBe(before);
        bench.Incidents().Single(i => i.Kind == "TradesMissing").Seen.ShouldContain("trades 201 to 210");

        Ingest(bench, trades[300..], acceptHole: true);
        bench.Decisions().Count.ShouldBeGreaterThan(before);
        bench.SymbolView.Holes.ShouldBe(2);
    }

    [Fact]
    public void A_hole_inside_a_batch_is_named_too()
    {
        using var bench = new GrainBench().StartActive();
        var trades = Samples.Trades(1, 100);
        Ingest(bench, [.. trades[..50], .. trades[60..]]).ShouldBe(new IngestAnswer(101, true));
        (bench.SymbolView.Trades, bench.SymbolView.Holes).ShouldBe((90, 1));
        bench.Incidents().Single(i => i.Kind == "TradesMissing").Seen.ShouldContain("trades 51 to 60");
    }

    [Fact]
    public void Trades_that_were_fetched_later_open_nothing()
    {
        using var bench = new GrainBench().StartActive();
        var trades = Samples.Trades(1, 400, buyShare: 1);
        Ingest(bench, trades[..200], isLive: false);
        bench.SymbolView.Bars.ShouldBeGreaterThan(10);
        bench.Decisions().ShouldBeEmpty();
        Ingest(bench, trades[200..]);
        bench.Decisions().ShouldContain(d => d.Kind == "Entry" && d.Outcome == "Approved" && d.Side == "Buy");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_restart_goes_on_from_the_snapshot_with_the_same_bars(bool inOrder)
    {
        using var bench = new GrainBench().StartActive();
        var trades = Samples.Trades(1, 500);
        Ingest(bench, trades[..230]);
        bench.Pass(6);
        Ingest(bench, trades[230..260]);
        if (inOrder) bench.Stop();
        else bench.Crash();

        bench.StartActive();
        var next = bench.Ask(bench.Symbol.GetNextId);
        next.ShouldBe(inOrder ? 261 : 231);
        Ingest(bench, trades[((int)next - 1)..]).ShouldBe(new IngestAnswer(501, true));
        var expected = Rebuild(trades);
        (bench.SymbolView.Trades, bench.SymbolView.Bars, bench.SymbolView.BarDigest).ShouldBe((500, expected.BarCount, expected.BarDigest));
    }

    [Fact]
    public void The_first_trade_of_all_is_durable_at_once()
    {
        using var bench = new GrainBench().StartActive();
        Ingest(bench, Samples.Trades(7, 3));
        bench.Crash();
        bench.StartActive();
        bench.Ask(bench.Symbol.GetNextId).ShouldBe(10);
    }

    [Fact]
    public void Other_options_refuse_the_snapshot_and_bars_begin_anew()
    {
        using var bench = new GrainBench().StartActive();
        Ingest(bench, Samples.Trades(1, 300));
        bench.Stop();

        var symbol = bench.Settings.Symbols[0];
        bench.Settings = bench.Settings with { Symbols = [symbol with { Pipeline = symbol.Pipeline with { VolumeThreshold = 7 } }] };
        bench.StartActive();
        (bench.SymbolView.NextId, bench.SymbolView.Trades, bench.SymbolView.Bars).ShouldBe((0, 0, 0));
        var trades = Samples.Trades(301, 100);
        Ingest(bench, trades).ShouldBe(new IngestAnswer(401, true));
        bench.SymbolView.BarDigest.ShouldBe(Rebuild(trades, symbol.Pipeline with { VolumeThreshold = 7 }).BarDigest);
    }

    [Fact]
    public void The_newest_quote_stands_and_an_older_one_does_not_replace_it()
    {
        using var bench = new GrainBench().StartActive();
        bench.Tell(() => bench.Symbol.OnQuote(new QuoteNotice(Quote(5, 100), default)));
        bench.Tell(() => bench.Symbol.OnQuote(new QuoteNotice(Quote(4, 90), new MarkPrice(Samples.T0, 101, 101, 0, 0))));
        bench.Pass(0.1);
        (bench.SymbolView.BidPrice, bench.SymbolView.AskPrice, bench.SymbolView.MarkPrice).ShouldBe((100, 100.1m, 101));
    }

    [Fact]
    public void A_symbol_that_is_not_configured_is_refused_by_name()
    {
        using var bench = new GrainBench().StartActive();
        var other = bench.Silo.GrainFactory.GetGrain<ISymbolGrain>("ETHUSDT");
        Should.Throw<KeyNotFoundException>(() => bench.Ask(other.GetNextId)).Message.ShouldContain("ETHUSDT is not configured");
    }

    private static BookTicker Quote(long id, decimal bid) =>
        new(id, Samples.T0, Fixed8.FromDecimal(bid), Fixed8.One, Fixed8.FromDecimal(bid + 0.1m), Fixed8.One);

    private static IngestAnswer Ingest(GrainBench bench, AggTrade[] trades, bool isLive = true, bool acceptHole = false) =>
        bench.Ask(() => bench.Symbol.Ingest(new TradeBatch(trades, isLive, acceptHole, 0)));

    private static SymbolPipeline Rebuild(AggTrade[] trades, PipelineOptions? options = null)
    {
        var pipeline = new SymbolPipeline(options ?? Samples.Settings.Symbols[0].Pipeline);
        foreach (var trade in trades) pipeline.Add(trade);
        return pipeline;
    }
}
