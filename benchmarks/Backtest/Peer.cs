using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Granary.BacktestSpeed;

/// <summary>A foreign backtester, run by its own script as its own process; PYTHONPATH and NUMBA_CACHE_DIR are the caller's.</summary>
internal sealed partial class Peer(string python, string script, IReadOnlyList<string> arguments)
{
    /// <summary>Runs it once.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed, for example because its trades are others than those it was to compare.</exception>
    public string Run()
    {
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true };
        start.ArgumentList.Add(script);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{script} ended with exit code {process.ExitCode}; it printed:\n{output}");
    }

    /// <summary>The best of the medians that stand in lines with a label: of several ways to run the peer, its fastest.</summary>
    public static double Rate(string output, string label) =>
        Regex.Matches(output, $"^{Regex.Escape(label)}.*$", RegexOptions.Multiline).Max(line => double.Parse(
            Median.Match(line.Value).Groups["rate"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"median\s+(?<rate>[\d,]+)")]
    private static partial Regex Median { get; }
}
