using System.Globalization;
using Granary.Engine.Risk;
using Granary.Engine.Signals;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Silo.Configuration.Loading;
using Granary.Silo.Hosting;
using Granary.Throughput;
using Microsoft.Extensions.DependencyInjection;

// The whole path on this machine: exchange, loopback sockets, gateway, grains, journal, REST. Usage:
//   throughput path     [--trades N]          trades/s from socket to decision, as fast as it goes
//   throughput cancel   [--cancels N] [--queued N]  cancels of resting orders, without load and while N trades always wait for the symbol's grain
//   throughput latency  [--rate R] [--seconds S]   tick to order at R messages/s (2466 is the busiest second of the real capture)
var mode = args.FirstOrDefault() ?? "path";
var rate = Argument("--rate", 2_466);
var seconds = Argument("--seconds", 20);
const string JournalAppend = "granary_journal_append_ms";
var folder = Directory.CreateTempSubdirectory("granary-throughput-").FullName;
var tape = Path.Combine(folder, "tape.csv");
try
{
    if (mode == "path") TapeMaker.Write(tape, 1_000, Argument("--trades", 500_000) / 1_000);
    else if (mode == "cancel") TapeMaker.Write(tape, 1, 600);
    else TapeMaker.Write(tape, rate, seconds + 10);
    using var recorder = new Recorder("granary_tick_to_order_ms", "granary_tick_to_decision_ms", "granary_order_round_trip_ms", JournalAppend);
    await RunAsync(recorder);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task RunAsync(Recorder recorder)
{
    var loaded = Granary.Silo.Replay.ReplayArguments.Load(
    [
        "--trades", tape, "--symbol", "BTCUSDT", "--volume-threshold", Threshold(),
        "--Exchange:Url", "http://127.0.0.1:0", "--Operator:Url", "http://127.0.0.1:0", "--Journal:Path", Path.Combine(folder, "data"),
        "--Exchange:Speed", mode == "path" ? "0" : "1", "--Engine:BatchWaitMs", Argument("--wait", 0).ToString(CultureInfo.InvariantCulture),
        "--Journal:Durability", args.Contains("--process") ? "Process" : "Power", "--Serilog:MinimumLevel:Default", Environment.GetEnvironmentVariable("LEVEL") ?? "Warning",
    ]);
    if (!loaded.IsValid) throw new InvalidOperationException(loaded.Report());
    await using var silo = await SiloApplication.StartAsync(loaded, Adjust);
    var grains = silo.Host.Services.GetRequiredService<IGrainFactory>();
    var risk = grains.GetGrain<IRiskGrain>("main");
    var symbol = grains.GetGrain<ISymbolGrain>("BTCUSDT");
    var time = TimeProvider.System;
    while ((await risk.GetView()).State != "Active") await Task.Delay(TimeSpan.FromMilliseconds(20), time);
    silo.Exchange!.Core.Driver.Start();
    if (mode == "latency")
    {
        // Warm-up: code is compiled, windows are full.
        await Task.Delay(TimeSpan.FromSeconds(8), time);
        recorder.Clear();
    }

    if (mode == "cancel")
    {
        await CancelAsync(recorder, grains, symbol, time);
        return;
    }

    var started = time.GetTimestamp();
    var before = (await symbol.GetView()).Trades;
    if (mode == "latency") await Task.Delay(TimeSpan.FromSeconds(seconds), time);
    else
    {
        while (!silo.Exchange.Core.Progress.Finished || (await symbol.GetView()).NextId <= silo.Exchange.Core.Progress.Trades)
            await Task.Delay(TimeSpan.FromMilliseconds(5), time);
    }

    var elapsed = time.GetElapsedTime(started).TotalSeconds;
    var view = await symbol.GetView();
    var books = await risk.GetView();
    Print($"{mode}: {view.Trades - before} trades in {elapsed:0.00} s = {(view.Trades - before) / elapsed:0} trades/s, {view.Bars} bars, {books.Approvals} orders approved");
    foreach (var name in new[] { "granary_tick_to_decision_ms", "granary_tick_to_order_ms", "granary_order_round_trip_ms" })
    {
        var sorted = recorder.Sorted(name);
        Print($"  {name,-30} n={sorted.Length,-7} p50={Recorder.Percentile(sorted, 0.5):0.000} p99={Recorder.Percentile(sorted, 0.99):0.000} max={(sorted.Length == 0 ? double.NaN : sorted[^1]):0.000}");
    }
}

async Task CancelAsync(Recorder recorder, IGrainFactory grains, ISymbolGrain symbol, TimeProvider time)
{
    while ((await symbol.GetView()).Trades == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), time);

    // A core kept busy by arithmetic tells waiting for a core from waiting behind trades.
    foreach (var (queued, isCoreTaken) in new[] { (0, false), (0, true), (Argument("--queued", 200_000), false) })
    {
        var (run, flood) = (new CancelRun(grains, $"{queued}/{isCoreTaken}", "BTCUSDT", time), new TradeFlood(symbol, queued));
        recorder.Clear();
        using var end = new CancellationTokenSource();
        var started = time.GetTimestamp();
        var flooding = queued > 0 ? Task.Run(() => flood.RunAsync(end.Token)) : Task.CompletedTask;
        if (isCoreTaken) TakeCore(end.Token);
        await run.RunAsync(Argument("--cancels", 1_000));
        var elapsed = time.GetElapsedTime(started).TotalSeconds;
        Print($"cancel: {run.WireMs.Count} cancels in {elapsed:0.0} s while {queued} trades are queued{(isCoreTaken ? " and a thread computes" : "")}, {flood.Done} worked off meanwhile = {flood.Done / elapsed:0} trades/s");
        foreach (var (name, values) in new (string, IEnumerable<double>)[] { ("command to request, ms", run.WireMs), ("command to cancelled, ms", run.DoneMs), ("journal append, ms", recorder.Sorted(JournalAppend)) })
        {
            var sorted = values.Order().ToArray();
            Print($"  {name,-30} p50={Recorder.Percentile(sorted, 0.5):0.000} p99={Recorder.Percentile(sorted, 0.99):0.000} p99.9={Recorder.Percentile(sorted, 0.999):0.000} max={sorted[^1]:0.000}");
        }

        await end.CancelAsync();
        await flooding;
    }
}

static void TakeCore(CancellationToken cancellationToken)
{
    var busy = new Thread(() =>
    {
        while (!cancellationToken.IsCancellationRequested) Thread.SpinWait(1_000);
    });
    busy.IsBackground = true;
    busy.Start();
}

// An eager strategy without limits: the question is how fast an order leaves, not whether it should.
EngineSettings Adjust(EngineSettings settings) => settings with
{
    Symbols =
    [
        .. settings.Symbols.Select(s => s with
        {
            Strategies = ["momentum"],
            Signals = new SignalOptions { Momentum = mode == "cancel" ? Silent() : Eager() },
        }),
    ],
    Accounts =
    [
        .. settings.Accounts.Select(a => a with
        {
            Limits = new RiskLimits
            {
                EntriesPerSymbolMax = 100, PositionEquityShareMax = 1m, DirectionEquityShareMax = 1m, NotionalMaxPerOrder = 200m, RiskPerTrade = 0.01m,
                LossStreakPauseAt = int.MaxValue, DailyLossMax = 1m, CancelFillRatioMax = 100_000m, ProfitToFeesMin = 0,
                EntryOrdersPer10sMax = 300, EntryOrdersPerMinuteMax = 1_200,
            },
        }),
    ],
};

MomentumOptions Eager() => new() { OfiLookback = 2, OfiThreshold = 0.0001, DeltaLookback = 2, OptionalNeeded = 0 };

// Asked about every bar, and answers none with an order: the exchange's order limit is for those that are cancelled.
MomentumOptions Silent() => new() { OfiThreshold = 1 };

// About 15 bars a second at any rate: enough orders to see the tail, fewer than the exchange's limit of 300 in 10 s.
string Threshold() => mode != "latency" ? "0.5" : (rate * 0.001m).ToString(CultureInfo.InvariantCulture);

int Argument(string name, int fallback)
{
    var i = Array.IndexOf(args, name);
    return i >= 0 && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : fallback;
}

void Print(string line) => Console.WriteLine(line);
