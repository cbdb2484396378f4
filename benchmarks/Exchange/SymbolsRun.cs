using Granary.Exchange;
using Granary.Exchange.Markets;
using Granary.Exchange.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.ExchangeBenchmarks;

/// <summary>Processor time that synthetic symbols cost per second of market time, as fast as it goes.</summary>
internal static class SymbolsRun
{
    private const int WarmUpMs = 10_000;

    public static void Print(int count, int seconds, int rounds)
    {
        foreach (var isSubscribed in (bool[])[false, true])
        {
            var shares = new List<double>();
            long steps = 0, trades = 0;
            for (var round = 0; round < rounds; round++) shares.Add(Measure(count, seconds, isSubscribed, out steps, out trades));
            shares.Sort();
            var who = isSubscribed ? "aggTrade, bookTicker, depth and markPrice of all sent to a subscriber" : "nobody subscribed";
            Console.WriteLine(FormattableString.Invariant(
                $"{count} symbols, {(double)steps / seconds:0} market steps/s, {(double)trades / seconds:0} trades/s, {who}:"));
            Console.WriteLine(FormattableString.Invariant(
                $"  {100 * shares[rounds / 2]:0.0} % of one core at real time ({100 * shares[0]:0.0}-{100 * shares[^1]:0.0})"));
        }
    }

    private static double Measure(int count, int seconds, bool isSubscribed, out long steps, out long trades)
    {
        var time = new VirtualTime { NowMs = Listing.StartMs };
        var streams = new StreamProtocol(new StreamOptions { Overflow = StreamOverflow.Wait });
        using var exchange = new ExchangeCore(Listing.Options(count), MarketFactory.Create, streams, time, NullLogger<ExchangeCore>.Instance);
        streams.Attach(exchange);
        var sessions = isSubscribed ? Subscribe(streams, count) : [];
        Run(WarmUpMs);
        var (cpu, before) = (Environment.CpuUsage.TotalTime, exchange.Progress.Trades);
        steps = Run(WarmUpMs + (seconds * 1000));
        trades = exchange.Progress.Trades - before;
        var share = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / seconds;
        foreach (var session in sessions) session.Dispose();
        return share;

        long Run(long untilMs)
        {
            var done = 0L;
            while (exchange.Driver.NextTimeMs() < Listing.StartMs + untilMs)
            {
                exchange.Driver.Step();
                if (++done % 256 != 0) continue;
                foreach (var session in sessions)
                    while (session.TryRead(out _)) { }
            }
            return done;
        }
    }

    private static StreamSession[] Subscribe(StreamProtocol streams, int count) =>
    [
        .. Enumerable.Range(0, count).Chunk(50).SelectMany(symbols => (StreamSession[])
        [
            streams.Open("/market/stream?streams=" + Names(symbols, "aggTrade", "markPrice@1s")),
            streams.Open("/public/stream?streams=" + Names(symbols, "bookTicker", "depth@100ms")),
        ]),
    ];

    private static string Names(int[] symbols, params string[] streams) =>
        string.Join('/', symbols.SelectMany(i => streams.Select(s => Listing.Name(i).ToLowerInvariant() + "@" + s)));
}
