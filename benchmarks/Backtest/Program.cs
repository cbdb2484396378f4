using System.Globalization;
using Granary.Backtest;
using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Results;
using Granary.Backtest.Search;
using Granary.Backtest.Strategies;
using Granary.Engine.Market;
using Granary.Tape;

// Speed of backtests, data in memory, medians of the rounds, by the clock and by processor time, and bytes allocated. Usage:
//   sma CANDLES... [--rounds N]           crossing averages 10/30 over minutes, event by event (beside backtrader: the same trades)
//   signals TRADES --volume N             the three signals over trades, everything on
//   book CAPTURE                          replay of a recorded book, and two quotes each 100 ms with latency and queue (beside hftbacktest)
//   search CANDLES... --workers N         a grid of 64 runs over so many cores
string[] files = [.. args.Skip(1).TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))];
var rounds = Option("--rounds", 7);
switch (args.FirstOrDefault())
{
    case "sma":
        Sma();
        break;
    case "signals":
        Signals();
        break;
    case "book":
        Book();
        break;
    case "search":
        Search();
        break;
    default:
        Console.Error.WriteLine("expected sma, signals, book or search; see the head of Program.cs");
        return 2;
}
return 0;

void Sma()
{
    var feeds = files.Select(f => FeedFiles.Candles(TapePart.Of(f), "BTCUSDT")[0]).ToList();
    var config = new RunConfig { Strategy = StrategyKind.Cross, Cash = 1_000_000m, Execution = Free with { TakerFeeRate = 0.0004m } };
    var rows = feeds.Sum(f => (long)((CandleFeed)f).Candles.Length);
    Measure("crossing averages, bars/s", rows, () =>
    {
        var results = feeds.Select(f => BacktestRunner.Run([f], config.ToOptions() with { SampleMs = 86_400_000 })).ToList();
        var ends = string.Join(' ', results.Select(r => r.Equity.ToString("0.0000", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{results.Sum(r => r.Trades.Count)} trades, end equity {ends}");
    });
}

void Signals()
{
    var trades = AggTradeTape.Read(files[0]).ToArray();
    var config = new RunConfig { VolumeThreshold = Option("--volume", 10) };
    var feed = new TradeFeed(RulesGuess.Of("BTCUSDT", trades.AsSpan(0, Math.Min(4_096, trades.Length))), trades);
    Measure("three signals, trades/s", trades.Length, () => Text(BacktestRunner.Run([feed], config.ToOptions())));
}

void Book()
{
    var started = TimeProvider.System.GetTimestamp();
    var feed = BookFeed.Load(RulesGuess.Of("BTCUSDT", 0.1m, 0.001m), files[0]);
    Console.WriteLine($"{feed.Rows.Length:N0} rows read in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
    var plain = Terms() with { Strategies = _ => [] };
    Measure("replay without orders, rows/s", feed.Rows.Length, () => Text(BacktestRunner.Run([feed], plain)));
    Measure("two quotes each 100 ms, rows/s", feed.Rows.Length, () => Text(BacktestRunner.Run([feed], Terms())));

    static BacktestOptions Terms() => new RunConfig { Strategy = StrategyKind.Coin, Cash = 10_000_000m }.ToOptions() with
    {
        UsesGate = false,
        Execution = new ExecutionOptions { FillModel = FillModel.Queue, Latency = new LatencyModel { OrderMs = 2, FeedMs = 2 } },
        Strategies = _ => [new QuoteMaker(0.1m, 20, 5)],
    };
}

void Search()
{
    var feeds = FeedFiles.Candles(TapePart.Of(files[0]), "BTCUSDT");
    var config = new RunConfig { Strategy = StrategyKind.Cross, Cash = 1_000_000m };
    foreach (var workers in (int[])[1, Option("--workers", 2)])
    {
        var options = new SearchOptions
        {
            Ranges = [ParameterRange.Parse("cross.fast=2:16:2"), ParameterRange.Parse("cross.slow=20:160:20")],
            Score = ScoreKind.Net,
            Workers = workers,
        };
        Measure($"64 runs on {workers} cores, runs/s", 64, () => ParameterSearch.Run(feeds, config, RunSpan.All, options).Best!.OrderHash[..12]);
    }
}

static string Text(BacktestResult r) => $"{r.Orders:N0} orders, {r.Trades.Count:N0} trades, {r.Symbols[0].Bars:N0} bars, {r.OrderHash[..12]}";

void Measure(string name, long rows, Func<string> run)
{
    var what = run();
    run();
    var (seconds, processor) = (new List<double>(), new List<double>());
    var allocated = GC.GetTotalAllocatedBytes();
    for (var i = 0; i < rounds; i++)
    {
        var (started, used) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        run();
        seconds.Add(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        processor.Add((Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }
    allocated = (GC.GetTotalAllocatedBytes() - allocated) / rounds;
    seconds.Sort();
    processor.Sort();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: median {rows / seconds[rounds / 2]:N0} best {rows / seconds[0]:N0} worst {rows / seconds[^1]:N0}; of processor time median "
        + $"{rows / processor[rounds / 2]:N0} best {rows / processor[0]:N0}; {(double)allocated / rows:0.0} bytes each ({what})"));
}

int Option(string name, int fallback)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length && int.TryParse(args[at + 1], CultureInfo.InvariantCulture, out var value) ? value : fallback;
}

internal static partial class Program
{
    private static readonly ExecutionOptions Free = new() { SlippageRate = 0, ImpactMultiple = 0 };
}
