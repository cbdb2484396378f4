using System.Globalization;
using Granary.Gate;

// The risk gate alone, one core: time and bytes of one decision. Usage: gate [--decisions 200000] [--rounds 5]
// Of every scenario the round with the median p99 is shown. A decision is timed alone; what releases its order is not. A max of milliseconds is the
// scheduler giving the core to somebody else: the decision itself has nothing to wait for.
var decisions = Argument("--decisions", 200_000);
var rounds = Argument("--rounds", 5);
Console.WriteLine($"{decisions} decisions a round, {rounds} rounds, median round by p99");
Console.WriteLine($"{"scenario",-44} {"p50",9} {"p99",9} {"p99.9",9} {"max",9} {"bytes",9}");
foreach (var scenario in Scenario.All)
{
    var results = Enumerable.Range(0, rounds).Select(_ => Measure(scenario, decisions)).OrderBy(result => result.P99).ToArray();
    var (p50, p99, p999, max, bytes) = results[rounds / 2];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Name,-44} {p50,6:0.00} us {p99,6:0.00} us {p999,6:0.00} us {max,6:0} us {bytes,7:0.0} B"));
}
return;

static (double P50, double P99, double P999, double Max, double Bytes) Measure(Scenario scenario, int decisions)
{
    var run = scenario.Start();
    for (var i = 0; i < decisions / 4; i++) run.Settle(run.Gate.Decide(run.Next(), run.Market));
    GC.Collect();
    var ticks = new long[decisions];
    var bytes = 0L;
    for (var i = 0; i < decisions; i++)
    {
        var proposal = run.Next();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var begin = TimeProvider.System.GetTimestamp();
        var decision = run.Gate.Decide(proposal, run.Market);
        ticks[i] = TimeProvider.System.GetTimestamp() - begin;
        bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        run.Settle(decision);
    }
    Array.Sort(ticks);
    double Micro(long t) => t * 1e6 / TimeProvider.System.TimestampFrequency;
    return (Micro(ticks[decisions / 2]), Micro(ticks[decisions - (decisions / 100)]), Micro(ticks[decisions - (decisions / 1_000)]), Micro(ticks[^1]), (double)bytes / decisions);
}

int Argument(string name, int fallback)
{
    var i = Array.IndexOf(args, name);
    return i >= 0 && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : fallback;
}
