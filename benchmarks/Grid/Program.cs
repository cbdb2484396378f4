using System.Globalization;
using Granary.Engine.Risk;
using Granary.Grid;

// The maker grid's requoting: symbols x rungs x requotes a second on two threads in real time, every plan timed, every order minted from a standing approval
// of one gate. Usage: grid [--seconds 60] [--symbols 25] [--rungs 40] [--requotes 10]; an hour is --seconds 3600.
const int OrdersPerMinuteMax = 36;
var (seconds, symbols, rungs, requotes) = (Argument("--seconds", 60), Argument("--symbols", 25), Argument("--rungs", 40), Argument("--requotes", 10));
var gate = new RiskGate("b", "main", new RiskLimits
{
    PositionEquityShareMax = 0.1m,
    DirectionEquityShareMax = 10,
    GrossNotionalEquityMax = 10,
    GrossNotionalMax = 1e9m,
    NetNotionalMax = 1e9m,
    LeverageMax = 10,
    MarginLeverage = 20,
    LiquidationDistanceMin = 0,
    PositionNotionalMax = 1e9m,
    SymbolsPerSideMax = 100,
    OpenOrdersMax = 1_000,
    EntryOrdersPer10sMax = 300,
});
gate.SetState(TradingState.Active, "benchmark");
gate.OnWallet(1_000_000, 1);
var runs = Enumerable.Range(0, symbols).Select(i => new SymbolRun(gate, $"S{i:00}USDT", rungs, OrdersPerMinuteMax, i)).ToArray();
var start = TimeProvider.System.GetTimestamp();
var rss = new List<long>();
var threads = Enumerable.Range(0, 2).Select(Start).ToArray();
while (threads.Any(thread => thread.Thread.IsAlive))
{
    foreach (var (thread, _) in threads) thread.Join(TimeSpan.FromSeconds(1));
    using var process = System.Diagnostics.Process.GetCurrentProcess();
    rss.Add(process.WorkingSet64);
}

var ticks = threads.SelectMany(thread => thread.Ticks).Order().ToArray();
var elapsed = TimeProvider.System.GetElapsedTime(start);
double Micro(double quantile) => ticks[(int)Math.Min(ticks.Length - 1, ticks.Length * quantile)] * 1e6 / TimeProvider.System.TimestampFrequency;
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{symbols} symbols x {rungs} rungs x {requotes}/s on 2 threads, {elapsed.TotalSeconds:0} s: {ticks.Length} plans, {ticks.Length / elapsed.TotalSeconds:0}/s"));
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"plan p50 {Micro(0.5):0.0} us, p99 {Micro(0.99):0.0} us, p99.9 {Micro(0.999):0.0} us, max {Micro(1):0} us"));
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{runs.Sum(r => r.Fills)} fills; {runs.Sum(r => r.Sent)} orders and amendments (at most {symbols * OrdersPerMinuteMax} a minute of all symbols), {runs.Sum(r => r.Cancels)} cancels; {runs.Sum(r => r.HeldBack)} plans waited for their rate"));
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"resident {rss[rss.Count / 4] / 1e6:0.0} MB after a quarter, {rss[^1] / 1e6:0.0} MB at the end"));
return;

(Thread Thread, List<long> Ticks) Start(int core)
{
    var taken = new List<long>(seconds * symbols * requotes);
    var thread = new Thread(() =>
    {
        // Nobody sets it: its wait is the pause between two rounds.
        using var idle = new ManualResetEvent(false);
        var rounds = seconds * requotes;
        for (var round = 0; round < rounds; round++)
        {
            for (var i = core; i < runs.Length; i += 2) taken.Add(runs[i].Requote((long)TimeProvider.System.GetElapsedTime(start).TotalMilliseconds + 60_000));
            var due = TimeSpan.FromMilliseconds((round + 1) * 1_000.0 / requotes) - TimeProvider.System.GetElapsedTime(start);
            if (due > TimeSpan.Zero) idle.WaitOne(due);
        }
    });
    thread.Start();
    return (thread, taken);
}

int Argument(string name, int fallback)
{
    var i = Array.IndexOf(args, name);
    return i >= 0 && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : fallback;
}
