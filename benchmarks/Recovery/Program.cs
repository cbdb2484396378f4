using System.Globalization;
using Granary.Recovery;

// A silo that is killed again and again while it trades at an exchange in another process: does everything still hold, and how soon does it trade again?
// Usage: recovery [--kills 50] [--exchange-kills 10] [--seed 1] [--durability Power|Process] [--folder DIR]
// A given folder is kept; otherwise it is kept when something failed
const double CutStartShare = 0.2;
const int KillsBetweenQuiets = 5;

var kills = (int)Argument("--kills", 50);
var exchangeKills = Math.Min(kills, (int)Argument("--exchange-kills", 10));
var seed = (int)Argument("--seed", 1);
var given = Text("--folder");
var folder = given is null ? Directory.CreateTempSubdirectory("granary-recovery-").FullName : Directory.CreateDirectory(Path.GetFullPath(given)).FullName;
var random = new Random(seed);
var cycles = new List<Cycle>();
var cuts = 0;
using var bench = new Bench(folder, seed, Text("--durability") ?? "Power");
try
{
    await bench.ReadyAsync();
    var (isWithExchange, exchangeKillsLeft) = (false, exchangeKills);
    for (var kill = 0; kill < kills; kill++)
    {
        if (kill > 0 && !isWithExchange && exchangeKillsLeft < kills - kill && random.NextDouble() < CutStartShare)
        {
            await bench.CutStartAsync(Between(0.1, 3));
            cuts++;
            continue;
        }

        cycles.Add(await bench.TradeAsync(isWithExchange, Between(0.5, 6)));
        Console.WriteLine($"kill {kill + 1}: {cycles[^1]}");
        if (kill % KillsBetweenQuiets == KillsBetweenQuiets - 1) await bench.QuietAsync();
        isWithExchange = random.Next(kills - kill) < exchangeKillsLeft;
        if (isWithExchange)
        {
            exchangeKillsLeft--;
            await bench.KillBothAsync(random.Next(2) == 0, Between(0, 0.3));
        }
        else
        {
            await bench.KillAsync();
        }
    }

    cycles.Add(await bench.TradeAsync(isWithExchange, Between(0.5, 6)));
    await bench.QuietAsync();
    await ReportAsync();
}
catch (Exception e) when (e is RecoveryException or HttpRequestException or TaskCanceledException)
{
    Console.WriteLine($"FAILED after {cycles.Count + cuts} starts, seed {seed}: {e.Message}");
    Console.WriteLine($"  recovery --kills {kills} --exchange-kills {exchangeKills} --seed {seed}; logs and journal are in {folder}");
    return 1;
}

if (given is null) Directory.Delete(folder, recursive: true);
return 0;

async Task ReportAsync()
{
    var (orders, stops, fills) = await bench.CountsAsync();
    Console.WriteLine($"{kills} kills, {cuts} of them during a start, the exchange killed as well {cycles.Count(c => c.WithExchange)} times; {orders} orders, {stops} stops, {fills} fills; everything holds");
    Console.WriteLine($"incidents: {string.Join(", ", bench.Incidents.Select(i => $"{i.Kind} {i.Count}"))}");
    foreach (var (name, some) in new[] { ("silo killed", cycles.Skip(1).Where(c => !c.WithExchange)), ("both killed", cycles.Where(c => c.WithExchange)) })
    {
        Print($"{name}: operator API", some.Select(c => c.HttpMs));
        Print($"{name}: entries allowed", some.Select(c => c.ActiveMs));
        Print($"{name}: trading", some.Select(c => c.TradingMs));
        Print($"{name}: both sides agree", some.Select(c => c.AgreedMs));
        Print($"{name}: first entry", some.Select(c => c.FirstEntryMs));
    }
}

void Print(string name, IEnumerable<double?> times)
{
    var sorted = times.Where(t => t.HasValue).Select(t => t!.Value).Order().ToArray();
    if (sorted.Length == 0) return;
    Console.WriteLine($"  {name,-32} n={sorted.Length,-3} p50 {Percentile(0.5):0.00} s, p90 {Percentile(0.9):0.00} s, max {sorted[^1] / 1000:0.00} s");

    double Percentile(double p) => sorted[(int)Math.Ceiling(p * sorted.Length) - 1] / 1000;
}

TimeSpan Between(double from, double to) => TimeSpan.FromSeconds(from + (random.NextDouble() * (to - from)));

string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

double Argument(string name, double fallback) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : fallback;
