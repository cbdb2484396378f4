using System.Globalization;

namespace Granary.Simulation.Soak;

/// <summary>The long form: a day and more on the command line.</summary>
internal static class SoakCommand
{
    private const double MegabytesPerHourMax = 1;

    /// <summary>Runs and prints the figures of every simulated hour.</summary>
    /// <returns>0 when memory grew by less than a megabyte an hour and nothing overflowed, else 1.</returns>
    public static int Run(ulong seed, TimeSpan time, TextWriter output)
    {
        var result = SoakRun.Execute(seed, 25, time, hasReaders: true, sample => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.At:dd HH:mm} heap {sample.HeapBytes / 1e6:0.0} MB, {sample.Activations} grains, longest queue {sample.LongestQueue}, {sample.Fills} fills")));
        var overflows = result.Samples[^1].Overflows;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{result.MegabytesPerHour:0.00} MB an hour, {overflows} overflows, {result.Answers} answers, at most {result.OutstandingMax} questions open"));
        return result.MegabytesPerHour < MegabytesPerHourMax && overflows == 0 ? 0 : 1;
    }
}
