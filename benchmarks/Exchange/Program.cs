using System.Globalization;
using Granary.ExchangeBenchmarks;

// The exchange without sockets, on one core. Usage:
//   exchange matching [--commands 4000000] [--rounds 7]            commands per second and bytes per command of one symbol's book
//   exchange symbols [--count 200] [--seconds 60] [--rounds 3]     processor time per market second of synthetic symbols, alone and with a subscriber to all
//   exchange soak [--hours 12] [--symbols 3] [--samples 48]        resident memory and its slope over hours of market time
switch (args.FirstOrDefault())
{
    case "matching":
        MatchingRun.Print(Argument("--commands", 4_000_000), Argument("--rounds", 7));
        return 0;
    case "symbols":
        SymbolsRun.Print(Argument("--count", 200), Argument("--seconds", 60), Argument("--rounds", 3));
        return 0;
    case "soak":
        new SoakRun(Argument("--symbols", 3)).Print(Argument("--hours", 12), Argument("--samples", 48));
        return 0;
    default:
        Console.Error.WriteLine("usage: exchange matching|symbols|soak, see Program.cs");
        return 2;
}

int Argument(string name, int fallback)
{
    var i = Array.IndexOf(args, name);
    return i >= 0 && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : fallback;
}
