using System.Diagnostics;
using System.Globalization;

namespace Granary.BacktestSpeed;

/// <summary>Peak memory of a backtest over a tape and over its first tenth, each in a process of its own.</summary>
internal static class TapeMemory
{
    /// <summary>Prints the two peaks.</summary>
    /// <param name="tape">Aggregate trades as csv.</param>
    /// <param name="volume">Volume of a bar, base units.</param>
    public static void Compare(string tape, int volume)
    {
        var folder = Directory.CreateTempSubdirectory("granary-backtest");
        try
        {
            var tenth = Path.Combine(folder.FullName, Path.GetFileName(tape));
            var rows = File.ReadLines(tape).LongCount();
            File.WriteAllLines(tenth, File.ReadLines(tape).Take((int)(rows / 10)));
            Console.WriteLine($"peak memory over {rows / 10:N0} trades: {Peak(tenth, volume)}");
            Console.WriteLine($"peak memory over {rows:N0} trades: {Peak(tape, volume)}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Peak(string tape, int volume)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["once", tape, "--volume", volume.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"the run over {tape} ended with exit code {process.ExitCode}");
    }
}
