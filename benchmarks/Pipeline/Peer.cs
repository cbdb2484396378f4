using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Granary.Pipeline;

/// <summary>The numba implementation of the same bars, features and z-scores, run as its own process on the same tape.</summary>
internal sealed partial class Peer(string python, string script, string tape, decimal threshold)
{
    /// <summary>Trades per second of bars alone and of bars, features and z-scores: the peer's own medians.</summary>
    public (double Bars, double Features) Run(int repeat)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true };
        foreach (var argument in (string[])[script, tape, "--threshold", threshold.ToString(CultureInfo.InvariantCulture), "--repeat", repeat.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{script} ended with exit code {process.ExitCode}");
        return (Median(output, "volume bars only"), Median(output, @"bars \+ features \+ 45 z-scores"));
    }

    [GeneratedRegex(@"median\s+(?<rate>[\d,]+)")]
    private static partial Regex Rate { get; }

    private static double Median(string output, string label)
    {
        var line = Regex.Match(output, $"^{label}.*$", RegexOptions.Multiline);
        var rate = Rate.Match(line.Value[(line.Value.IndexOf("rows/s", StringComparison.Ordinal) + 1)..]);
        return double.Parse(rate.Groups["rate"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}
