using Granary.Engine.Market;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Gateway;

/// <summary>An observer sees what the grain was given: everything, in order, wherever it came from.</summary>
public sealed class MarketObserverTests
{
    [Fact]
    public void Trades_from_the_stream_and_over_REST_are_seen_in_the_order_of_their_ids()
    {
        using var bench = new GrainBench();
        var seen = new ListObserver();
        bench.Observer = seen;
        var trades = Connect(bench, 400);
        Receive(bench, trades[..100]);
        bench.Pass(1);
        Receive(bench, trades[150..250]);
        Receive(bench, trades[390..]);
        bench.Pass(1);

        bench.SymbolView.Trades.ShouldBe(400);
        seen.Trades.ShouldBe(trades);
    }

    [Fact]
    public void What_the_grain_has_not_taken_is_not_seen()
    {
        using var bench = new GrainBench();
        var seen = new ListObserver();
        bench.Observer = seen;
        var trades = Connect(bench, 300);
        Receive(bench, trades[..100]);
        bench.Pass(1);
        var gate = new TaskCompletionSource();
        bench.Venue.TapeGate = gate.Task;
        Receive(bench, trades[200..]);
        bench.Pass(1);
        seen.Trades.ShouldBe(trades[..100]);

        gate.SetResult();
        bench.Pass(1);
        seen.Trades.ShouldBe(trades);
    }

    [Fact]
    public void Trades_that_a_grain_is_given_again_are_seen_again()
    {
        using var bench = new GrainBench();
        var seen = new ListObserver();
        bench.Observer = seen;
        var trades = Connect(bench, 400);
        Receive(bench, trades[..100]);
        bench.Pass(6);
        Receive(bench, trades[100..250]);
        bench.Pass(0.5);

        // A newer activation takes the epoch: the next snapshot fails and the grain begins again from the last one.
        bench.Ask(() => bench.Journal.AcquireEpochAsync("symbol/BTCUSDT"));
        bench.Pass(6);
        Receive(bench, trades[250..]);
        bench.Pass(1);
        seen.Trades.ShouldBe([.. trades[..250], .. trades[100..]]);
    }

    [Fact]
    public void Quotes_are_seen_before_they_conflate()
    {
        using var bench = new GrainBench();
        var seen = new ListObserver();
        bench.Observer = seen;
        Connect(bench, 0);
        for (var i = 1; i <= 100; i++)
            bench.Venue.Market!.OnBookTicker(0, new BookTicker(i, Samples.T0, Fixed8.One * i, Fixed8.One, Fixed8.One * (i + 1), Fixed8.One), 0);
        bench.Venue.Market!.OnMarkPrice(0, new MarkPrice(Samples.T0, 500, 500, 0, 0));

        seen.Tickers.Select(t => t.UpdateId).ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));
        seen.Marks.Single().Mark.ShouldBe(500);
    }

    private static AggTrade[] Connect(GrainBench bench, int count)
    {
        bench.Start(services: true);
        bench.Pass(1);
        var trades = Samples.Trades(1, count);
        bench.Venue.Tape.AddRange(trades);
        return trades;
    }

    private static void Receive(GrainBench bench, AggTrade[] trades)
    {
        foreach (var trade in trades) bench.Venue.Market!.OnAggTrade(0, trade, 0);
    }
}
