using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Gateway;

/// <summary>The way of trades from the read loop to the symbol's grain: none lost, none doubled, in order.</summary>
public sealed class MarketGatewayTests
{
    [Fact]
    public void A_hole_is_filled_over_REST_before_what_is_behind_it_goes_on()
    {
        using var bench = Connected();
        var trades = Record(bench, 1, 400);
        Receive(bench, trades[..100]);
        bench.Pass(1);
        Receive(bench, trades[150..250]);
        Receive(bench, trades[390..]);
        bench.Pass(1);

        var view = bench.SymbolView;
        (view.NextId, view.Trades, view.Holes, view.BarDigest).ShouldBe((401, 400, 0, Digest(trades)));
        bench.Venue.Count("trades from 101").ShouldBe(1);
        bench.Venue.Count("trades from 251").ShouldBe(1);
    }

    [Fact]
    public void What_was_missed_before_the_market_stood_still_is_asked_for()
    {
        using var bench = Connected();
        var trades = Record(bench, 1, 3_000);
        Receive(bench, trades[..100]);
        bench.Pass(1);
        bench.Venue.Market!.OnConnection(false, "the socket was closed");
        bench.Venue.Market!.OnConnection(true, "connected");
        bench.Pass(1.5);
        bench.SymbolView.NextId.ShouldBe(101);
        bench.Pass(1.5);

        (bench.SymbolView.NextId, bench.SymbolView.Trades, bench.SymbolView.Holes, bench.SymbolView.BarDigest).ShouldBe((3_001, 3_000, 0, Digest(trades)));
        bench.Incidents().ShouldContain(i => i.Kind == "TradesRefilled");
    }

    [Fact]
    public void A_market_that_moves_is_not_asked_for_what_came()
    {
        using var bench = Connected();
        var trades = Record(bench, 1, 200);
        Receive(bench, trades[..100]);
        bench.Pass(1);
        bench.Venue.Market!.OnConnection(false, "the socket was closed");
        bench.Venue.Market!.OnConnection(true, "connected");
        bench.Pass(1);
        Receive(bench, trades[100..]);
        bench.Pass(5);

        bench.Venue.Count("trades from").ShouldBe(0);
        bench.SymbolView.NextId.ShouldBe(201);
    }

    [Fact]
    public void A_hole_of_many_pages_is_filled_page_by_page()
    {
        using var bench = Connected();
        var trades = Record(bench, 1, 3_500);
        Receive(bench, trades[..10]);
        bench.Pass(1);
        Receive(bench, trades[3_400..]);
        bench.Pass(1);
        (bench.SymbolView.Trades, bench.SymbolView.BarDigest).ShouldBe((3_500, Digest(trades)));
    }

    [Fact]
    public void What_the_venue_cannot_show_any_more_is_a_hole_and_the_rest_goes_on()
    {
        using var bench = Connected();
        var trades = Record(bench, 1, 300);
        Receive(bench, trades[..100]);
        bench.Pass(1);
        bench.Venue.Tape.RemoveAll(t => t.Id < 180);
        Receive(bench, trades[200..]);
        bench.Pass(1);

        var view = bench.SymbolView;
        view.NextId.ShouldBe(301);
        view.Holes.ShouldBe(1);
        view.Trades.ShouldBe(200);
        bench.Incidents().Single(i => i.Kind == "TradesMissing").Seen.ShouldContain("trades 101 to 200");
    }

    [Fact]
    public void A_venue_that_does_not_answer_is_asked_until_it_does()
    {
        using var bench = Connected();
        var trades = Record(bench, 1, 200);
        Receive(bench, trades[..100]);
        bench.Pass(1);
        bench.Venue.Outage = "503";
        Receive(bench, trades[150..]);
        bench.Pass(3);
        bench.SymbolView.NextId.ShouldBe(101);
        bench.Venue.Count("trades from 101").ShouldBeGreaterThan(5);

        bench.Venue.Outage = null;
        bench.Pass(1);
        (bench.SymbolView.Trades, bench.SymbolView.Holes, bench.SymbolView.BarDigest).ShouldBe((200, 0, Digest(trades)));
    }

    [Fact]
    public void A_grain_that_fell_back_to_an_older_snapshot_is_filled_again()
    {
        using var bench = Connected();
        var trades = Record(bench, 1, 400);
        Receive(bench, trades[..100]);
        bench.Pass(6);
        Receive(bench, trades[100..250]);
        bench.Pass(0.5);
        bench.SymbolView.NextId.ShouldBe(251);

        // A newer activation takes the epoch: the next snapshot fails and the grain begins again from the last one.
        bench.Ask(() => bench.Journal.AcquireEpochAsync("symbol/BTCUSDT"));
        bench.Pass(6);
        bench.SymbolView.NextId.ShouldBe(101);
        Receive(bench, trades[250..]);
        bench.Pass(1);
        (bench.SymbolView.Trades, bench.SymbolView.Holes, bench.SymbolView.BarDigest).ShouldBe((400, 0, Digest(trades)));
    }

    [Fact]
    public void A_restarted_silo_fills_what_it_missed()
    {
        using var bench = Connected();
        var trades = Record(bench, 1, 400);
        Receive(bench, trades[..100]);
        bench.Pass(6);
        Receive(bench, trades[100..200]);
        bench.Pass(0.1);
        bench.Crash();
        bench.Start(services: true);
        bench.Pass(1);
        Receive(bench, trades[300..]);
        bench.Pass(1);
        (bench.SymbolView.Trades, bench.SymbolView.Holes, bench.SymbolView.BarDigest).ShouldBe((400, 0, Digest(trades)));
    }

    [Theory]
    [InlineData(true, 50)]
    [InlineData(false, 10)]
    public void A_symbol_without_state_begins_where_it_is_told(bool fromOldest, long expected)
    {
        using var bench = new GrainBench();
        bench.Settings = bench.Settings with { StartFromOldestTrade = fromOldest };
        var trades = Record(bench, 1, 50);
        bench.Start(services: true);
        bench.Pass(1);
        Receive(bench, trades[40..]);
        bench.Pass(1);
        bench.SymbolView.Trades.ShouldBe(expected);
        bench.SymbolView.NextId.ShouldBe(51);
    }

    [Fact]
    public void The_read_loop_waits_while_the_feed_is_full_and_nothing_is_dropped()
    {
        using var bench = Connected(s => s with { PendingTradesMax = 20, BatchTradesMax = 10 });
        var trades = Record(bench, 1, 300);
        Receive(bench, trades[..10]);
        bench.Pass(1);

        // The feed hangs in a hole that the venue does not fill yet.
        var gate = new TaskCompletionSource();
        bench.Venue.TapeGate = gate.Task;
        Receive(bench, trades[20..40]);
        bench.Pass(1);
        bench.Venue.Market!.WaitForRoomAsync(default).IsCompleted.ShouldBeTrue();
        Receive(bench, trades[40..60]);
        var wait = bench.Scheduler.StartBackground(async token => await bench.Venue.Market!.WaitForRoomAsync(token));
        bench.Pass(5);
        wait.IsCompleted.ShouldBeFalse();

        gate.SetResult();
        bench.Pass(1);
        wait.IsCompletedSuccessfully.ShouldBeTrue();
        Receive(bench, trades[60..]);
        bench.Pass(1);
        (bench.SymbolView.Trades, bench.SymbolView.BarDigest).ShouldBe((300, Digest(trades)));
    }

    [Fact]
    public void Quotes_conflate_to_the_newest()
    {
        using var bench = Connected();
        for (var i = 1; i <= 1_000; i++)
            bench.Venue.Market!.OnBookTicker(0, new BookTicker(i, Samples.T0, Fixed8.One * i, Fixed8.One, Fixed8.One * (i + 1), Fixed8.One), 0);
        bench.Venue.Market!.OnMarkPrice(0, new MarkPrice(Samples.T0, 500, 500, 0, 0));
        var turns = bench.Scheduler.TurnCount;
        bench.Pass(0.2);
        (bench.SymbolView.BidPrice, bench.SymbolView.AskPrice, bench.SymbolView.MarkPrice).ShouldBe((1_000, 1_001, 500));
        (bench.Scheduler.TurnCount - turns).ShouldBeLessThan(100);
    }

    [Fact]
    public void Frames_that_are_not_understood_are_counted_and_change_nothing()
    {
        using var bench = Connected();
        var gateway = (Granary.Grains.Gateway.MarketGateway)bench.Venue.Market!;
        gateway.OnReject("not JSON", "{"u8);
        gateway.OnReject("not JSON", "}"u8);
        gateway.Rejects.ShouldBe(2);
        gateway.IsConnected.ShouldBeTrue();
        gateway.OnConnection(false, "the socket was closed");
        (gateway.IsConnected, gateway.ConnectionDetail).ShouldBe((false, "the socket was closed"));
    }

    private static GrainBench Connected(Func<Configuration.EngineSettings, Configuration.EngineSettings>? adjust = null)
    {
        var bench = new GrainBench();
        bench.Settings = adjust?.Invoke(bench.Settings) ?? bench.Settings;
        bench.Start(services: true);
        bench.Pass(1);
        bench.RiskView.State.ShouldBe("Active");
        return bench;
    }

    private static AggTrade[] Record(GrainBench bench, long firstId, int count)
    {
        var trades = Samples.Trades(firstId, count);
        bench.Venue.Tape.AddRange(trades);
        return trades;
    }

    private static void Receive(GrainBench bench, AggTrade[] trades)
    {
        foreach (var trade in trades) bench.Venue.Market!.OnAggTrade(0, trade, 0);
    }

    private static string Digest(AggTrade[] trades)
    {
        var pipeline = new SymbolPipeline(Samples.Settings.Symbols[0].Pipeline);
        foreach (var trade in trades) pipeline.Add(trade);
        pipeline.BarCount.ShouldBeGreaterThan(5);
        return pipeline.BarDigest;
    }
}
