using System.Diagnostics;
using System.Globalization;
using Granary.Backtest;
using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Results;
using Granary.Backtest.Search;
using Granary.Backtest.Strategies;
using Granary.BacktestSpeed;
using Granary.Engine.Market;
using Granary.Tape;

// Speed of backtests, warm, data in memory, medians of the rounds, by the clock and by processor time, and bytes allocated. Usage:
//   sma CANDLES... [--rounds N]           crossing averages 10/30 over minutes, event by event
//       --peer backtrader_sma.py          by turns with backtrader, which is given our trades and fails where its own differ
//   signals TRADES --volume N             the three signals over trades, everything on
//   book CAPTURE                          replay of a recorded book, and two quotes each 100 ms with latency and queue
//       --peer hftbacktest_old.py         by turns with hftbacktest over the same capture
//   search CANDLES... --workers N         a grid of 64 runs on one core and on so many
//   memory TAPE.csv --volume N            peak memory over a tape and over its first tenth, read as the run goes
// A peer is run by --python PROGRAM (default python3) with the caller's PYTHONPATH; --runs N is how often the engine runs in each of the rounds.
string[] files = [.. args.Skip(1).TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))];
var rounds = Option("--rounds", 7);
var runs = Option("--runs", 31);
var peer = Text("--peer");
var python = Text("--python") ?? "python3";
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
    case "memory":
        TapeMemory.Compare(files[0], Option("--volume", 10));
        break;
    case "once":
        Once();
        break;
    default:
        Console.Error.WriteLine("expected sma, signals, book, search or memory; see the head of Program.cs");
        return 2;
}
return 0;

void Sma()
{
    var feeds = files.Select(f => FeedFiles.Candles(TapePart.Of(f), "BTCUSDT")[0]).ToList();
    var config = new RunConfig { Strategy = StrategyKind.Cross, Cash = 1_000_000m, Execution = Free with { TakerFeeRate = 0.0004m } };
    var options = config.ToOptions() with { SampleMs = 86_400_000 };
    var rows = feeds.Sum(f => (long)((CandleFeed)f).Candles.Length);
    const string name = "crossing averages, bars/s";
    if (peer is null)
    {
        Stopwatches.Measure(name, rows, rounds, Run);
        return;
    }
    var folder = Directory.CreateTempSubdirectory("granary-backtest");
    var trades = Path.Combine(folder.FullName, "trades.csv");
    File.WriteAllText(trades, "t_in,p_in,t_out,p_out,pnl\n" + string.Concat(feeds.SelectMany(f => BacktestRunner.Run([f], options).Trades).Select(t =>
        string.Create(CultureInfo.InvariantCulture, $"{t.EntryMs},{t.EntryPrice:0.00},{t.ExitMs},{t.ExitPrice:0.00},{t.NetPnl:0.000000}\n"))));
    var other = new Peer(python, peer, [.. files, "--repeat", "1", "--same-as", trades]);
    var compared = "";
    Stopwatches.Compare([new Comparison(name, rows, Run, "bars/s")], rounds, runs, () =>
    {
        var output = other.Run();
        compared = output.Split('\n').Last(line => line.StartsWith("trades compared", StringComparison.Ordinal));
        return output;
    });
    Console.WriteLine(compared);
    folder.Delete(recursive: true);

    string Run()
    {
        var results = feeds.Select(f => BacktestRunner.Run([f], options)).ToList();
        var ends = string.Join(' ', results.Select(r => r.Equity.ToString("0.0000", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{results.Sum(r => r.Trades.Count)} trades, end equity {ends}");
    }
}

void Signals()
{
    var trades = AggTradeTape.Read(files[0]).ToArray();
    var config = new RunConfig { VolumeThreshold = Option("--volume", 10) };
    var feed = new TradeFeed(RulesGuess.Of("BTCUSDT", trades.AsSpan(0, Math.Min(4_096, trades.Length))), trades);
    Stopwatches.Measure("three signals, trades/s", trades.Length, rounds, () => Describe(BacktestRunner.Run([feed], config.ToOptions())));
}

void Book()
{
    var started = TimeProvider.System.GetTimestamp();
    var feed = BookFeed.Load(RulesGuess.Of("BTCUSDT", 0.1m, 0.001m), files[0]);
    Console.WriteLine($"{feed.Rows.Length:N0} rows read in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
    var quotes = new RunConfig { Strategy = StrategyKind.Coin, Cash = 10_000_000m }.ToOptions() with
    {
        UsesGate = false,
        Execution = new ExecutionOptions { FillModel = FillModel.Queue, Latency = new LatencyModel { OrderMs = 2, FeedMs = 2 } },
        Strategies = _ => [new QuoteMaker(0.1m, 20, 5)],
    };
    Comparison[] works =
    [
        new(
            "replay without orders, rows/s", feed.Rows.Length, () => Describe(BacktestRunner.Run([feed], quotes with { Strategies = _ => [] })),
            "replay without orders"),
        new("two quotes each 100 ms, rows/s", feed.Rows.Length, () => Describe(BacktestRunner.Run([feed], quotes)), "quoting every 100 ms"),
    ];
    if (peer is null)
    {
        foreach (var work in works) Stopwatches.Measure(work.Name, work.Rows, rounds, work.Run);
        return;
    }
    var folder = Directory.CreateTempSubdirectory("granary-backtest");
    var other = new Peer(python, peer, [files[0], folder.FullName, "--repeat", "3"]);
    Stopwatches.Compare(works, rounds, runs, other.Run);
    folder.Delete(recursive: true);
}

void Search()
{
    var feeds = FeedFiles.Candles(TapePart.Of(files[0]), "BTCUSDT");
    var config = new RunConfig { Strategy = StrategyKind.Cross, Cash = 1_000_000m };
    double? single = null;
    foreach (var workers in (int[])[1, Option("--workers", 2)])
    {
        var options = new SearchOptions
        {
            Ranges = [ParameterRange.Parse("cross.fast=2:16:2"), ParameterRange.Parse("cross.slow=20:160:20")],
            Score = ScoreKind.Net,
            Workers = workers,
        };
        var rate = Stopwatches.Measure(
            $"64 runs on {workers} cores, runs/s", 64, rounds, () => ParameterSearch.Run(feeds, config, RunSpan.All, options).Best!.OrderHash[..12]);
        if (single is { } one) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workers} cores: {rate / one:0.00} times one"));
        single ??= rate;
    }
}

void Once()
{
    var config = new RunConfig { VolumeThreshold = Option("--volume", 10) };
    var result = BacktestRunner.Run(FeedFiles.Trades(TapePart.Of(files[0]), "BTCUSDT"), config.ToOptions());
    using var self = Process.GetCurrentProcess();
    Console.WriteLine($"{self.PeakWorkingSet64 / 1_048_576.0:0.0} MiB ({Describe(result)})");
}

static string Describe(BacktestResult r) => $"{r.Orders:N0} orders, {r.Trades.Count:N0} trades, {r.Symbols[0].Bars:N0} bars, {r.OrderHash[..12]}";

int Option(string name, int fallback) => int.TryParse(Text(name), CultureInfo.InvariantCulture, out var value) ? value : fallback;

string? Text(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}

internal static partial class Program
{
    private static readonly ExecutionOptions Free = new() { SlippageRate = 0, ImpactMultiple = 0 };
}
