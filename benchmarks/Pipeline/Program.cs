using System.Globalization;
using Granary.Pipeline;

// The symbol pipeline alone, one core, over a tape in memory. Usage:
//   pipeline bars FILE | batch FILE | stream FILE     trades/s of one mode
//   pipeline alloc FILE                               bytes allocated per trade, and by one pipeline
//   pipeline all FILE --peer numba_pipeline.py [--python /usr/bin/python3] [--rounds N]   all modes and the peer in turns; medians and ratios
//   pipeline process FILE --peer numba_pipeline.py [--python /usr/bin/python3] [--rounds N] [--core 0] [--client Granary.Client.dll]   csv to features, whole processes
// with [--threshold 10] [--runs 7].
var mode = args.FirstOrDefault() ?? "";
var file = args.ElementAtOrDefault(1) ?? "";
if (mode is not ("bars" or "batch" or "stream" or "alloc" or "all" or "process") || !File.Exists(file))
{
    Console.Error.WriteLine("usage: pipeline bars|batch|stream|alloc|all|process FILE [--threshold 10] [--runs 7] [--peer numba_pipeline.py] [--python /usr/bin/python3] [--rounds 5]");
    return 2;
}

var threshold = decimal.Parse(Argument("--threshold", "10"), CultureInfo.InvariantCulture);
var runs = int.Parse(Argument("--runs", "7"), CultureInfo.InvariantCulture);
if (mode == "process")
{
    WholeProcess.Run(
        Argument("--client", "src/Client/bin/Release/net10.0/Granary.Client.dll"), Argument("--python", "/usr/bin/python3"), Argument("--peer", ""), file, threshold,
        int.Parse(Argument("--rounds", "5"), CultureInfo.InvariantCulture), Argument("--core", "") is { Length: > 0 } core ? core : null);
    return 0;
}
var work = new Workload(file, threshold);
Console.WriteLine($"{work.Trades.Length} trades, bars of {threshold}");
switch (mode)
{
    case "alloc":
        work.PrintAllocations();
        break;
    case "all":
        var rounds = int.Parse(Argument("--rounds", "5"), CultureInfo.InvariantCulture);
        Comparison.Run(work, new Peer(Argument("--python", "/usr/bin/python3"), Argument("--peer", ""), file, threshold), rounds, runs);
        break;
    default:
        Comparison.Print(mode, work.Rates(mode, runs));
        break;
}
return 0;

string Argument(string name, string fallback)
{
    var i = Array.IndexOf(args, name);
    return i >= 0 && i + 1 < args.Length ? args[i + 1] : fallback;
}
