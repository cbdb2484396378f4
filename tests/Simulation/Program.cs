using System.Globalization;
using Granary.Simulation.CrashDay;
using Granary.Simulation.Defects;
using Granary.Simulation.Seeds;
using Granary.Simulation.Soak;

namespace Granary.Simulation;

/// <summary>
/// The simulator on the command line. <c>--seeds 1..2000</c> runs a range; <c>--seed N</c> one seed, with <c>--trace</c> told step by step and
/// <c>--only 0,2</c> with these of its troubles only (<c>none</c> for none); <c>--crash-day --seed N</c> a trading day with a crash and prints its story, with
/// <c>--no-venue-stops</c> one on which no stop rests at the exchange;
/// <c>--soak [--hours H]</c> runs 25 symbols for long and prints how memory grows;
/// <c>--grid</c> runs the maker grid in place of the strategies, with <c>--minutes 43200</c> for a month;
/// <c>--minutes M</c> sets the length, <c>--defect Name</c> plants a defect; <c>--defects</c> plants each of them and says which seed finds it.
/// </summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <returns>0 when every rule held, 1 when one was broken, 2 when the arguments make no sense.</returns>
    public static int Main(string[] args)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        try
        {
            return Run(args, output);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            output.WriteLine($"{e.Message}; use --seeds A..B, --seed N [--trace] [--only I,J|none], --crash-day [--seed N] [--no-venue-stops], each with [--grid] [--minutes M] [--defect Name]");
            return 2;
        }
    }

    private static int Run(string[] args, TextWriter output)
    {
        var seed = ulong.Parse(Argument(args, "--seed") ?? "1", CultureInfo.InvariantCulture);
        TimeSpan? length = Argument(args, "--minutes") is { } minutes ? TimeSpan.FromMinutes(int.Parse(minutes, CultureInfo.InvariantCulture)) : null;
        var defect = Enum.Parse<Defect>(Argument(args, "--defect") ?? nameof(Defect.None));
        if (args.Contains("--crash-day"))
            return CrashDayCommand.Run(seed, length ?? TimeSpan.FromHours(24), !args.Contains("--no-venue-stops"), args.Contains("--trace"), output);
        if (args.Contains("--soak"))
            return SoakCommand.Run(seed, TimeSpan.FromHours(double.Parse(Argument(args, "--hours") ?? "24", CultureInfo.InvariantCulture)), output);
        if (args.Contains("--defects")) return SeedCommand.Defects(output);
        if (Argument(args, "--seeds") is { } range)
        {
            var ends = range.Split("..");
            return SeedCommand.Many(
                ulong.Parse(ends[0], CultureInfo.InvariantCulture), ulong.Parse(ends[^1], CultureInfo.InvariantCulture), length, defect, output, args.Contains("--grid"));
        }

        var plan = SeedPlan.Draw(seed, length, defect) with { IsGrid = args.Contains("--grid") };
        if (Argument(args, "--only") is { } only)
        {
            var kept = only == "none" ? [] : only.Split(',').Select(i => int.Parse(i, CultureInfo.InvariantCulture)).ToArray();
            plan = plan with { Troubles = [.. kept.Select(i => plan.Troubles[i])] };
        }

        return SeedCommand.One(plan, args.Contains("--trace"), output);
    }

    private static string? Argument(string[] args, string name)
    {
        var i = Array.IndexOf(args, name);
        return i >= 0 && i + 1 < args.Length ? args[i + 1] : null;
    }
}
