using System.Diagnostics;
using System.Globalization;

namespace Granary.Pipeline;

/// <summary>From a csv to features as whole processes, ours and the peer's in turns: wall time, processor time and peak memory.</summary>
internal static class WholeProcess
{
    public static void Run(string client, string python, string script, string tape, decimal threshold, int rounds, string? cores)
    {
        var size = threshold.ToString(CultureInfo.InvariantCulture);
        string[] ours = ["dotnet", client, "data", "features", tape, "--volume-threshold", size, "--json"];
        string[] theirs = [python, script, tape, "--threshold", size, "--once"];
        // Fills the page cache and the peer's cache of compiled code.
        Measure(ours, cores);
        Measure(theirs, cores);
        List<Cost> our = [], their = [];
        for (var i = 0; i < rounds; i++)
        {
            our.Add(Measure(ours, cores));
            their.Add(Measure(theirs, cores));
        }
        Console.WriteLine($"medians of {rounds} rounds{(cores is null ? "" : $", on core {cores}")}: wall s, processor s, peak MiB");
        Print("granary", our);
        Print("numba", their);
        Console.WriteLine($"  ratio of each round: wall {Ratios(our, their, c => c.WallS)}; processor {Ratios(our, their, c => c.ProcessorS)}");
    }

    private static void Print(string name, List<Cost> costs) =>
        Console.WriteLine(FormattableString.Invariant($"  {name,-8} {Median(costs.Select(c => c.WallS)):0.00} {Median(costs.Select(c => c.ProcessorS)):0.00} {costs.Max(c => c.PeakMiB):0}"));

    private static string Ratios(List<Cost> our, List<Cost> their, Func<Cost, double> figure)
    {
        var ratios = our.Zip(their, (o, t) => figure(o) / figure(t)).ToList();
        return FormattableString.Invariant($"{Median(ratios):0.00} ({ratios.Min():0.00}-{ratios.Max():0.00})");
    }

    // GNU time sees what a process and those it waited for have cost.
    private static Cost Measure(string[] command, string? cores)
    {
        var start = new ProcessStartInfo("/usr/bin/time") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-f", "cost %e %U %S %M", .. cores is null ? Array.Empty<string>() : ["taskset", "-c", cores], .. command]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command[0]} {command[1]} ended with exit code {process.ExitCode}: {error}{output.Result}");
        var figures = error.TrimEnd().Split('\n')[^1].Split(' ').Skip(1).Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return new Cost(figures[0], figures[1] + figures[2], figures[3] / 1024);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private readonly record struct Cost(double WallS, double ProcessorS, double PeakMiB);
}
