using System.Globalization;

namespace Granary.BacktestSpeed;

/// <summary>Times a run again and again, warm, and says what came of it.</summary>
internal static class Stopwatches
{
    /// <summary>The just-in-time compiler looks at what is hot for a while; until then a run measures it and not the engine.</summary>
    private const double WarmUpSeconds = 3;

    /// <summary>Runs until the code is compiled.</summary>
    /// <returns>What the run says of itself.</returns>
    public static string WarmUp(Func<string> run)
    {
        var started = TimeProvider.System.GetTimestamp();
        var what = run();
        do run();
        while (TimeProvider.System.GetElapsedTime(started).TotalSeconds < WarmUpSeconds);
        return what;
    }

    /// <summary>Prints medians by the clock and by processor time.</summary>
    /// <returns>Rows a second by the clock, the median.</returns>
    public static double Measure(string name, long rows, int rounds, Func<string> run)
    {
        var what = WarmUp(run);
        var allocated = GC.GetTotalAllocatedBytes();
        var (seconds, processor) = Times(rounds, run);
        allocated = (GC.GetTotalAllocatedBytes() - allocated) / rounds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: median {rows / seconds[rounds / 2]:N0} best {rows / seconds[0]:N0} worst {rows / seconds[^1]:N0}; of processor time median "
            + $"{rows / processor[rounds / 2]:N0} best {rows / processor[0]:N0}; {(double)allocated / rows:0.0} bytes each ({what})"));
        return rows / seconds[rounds / 2];
    }

    /// <summary>Runs the engine and a peer by turns and prints the ratio of each round's medians.</summary>
    /// <param name="name">What is compared.</param>
    /// <param name="rows">Rows of one run.</param>
    /// <param name="rounds">Turns.</param>
    /// <param name="runs">Runs of the engine in each.</param>
    /// <param name="run">A run of the engine.</param>
    /// <param name="peer">A turn of the peer: its rows a second.</param>
    public static void Compare(string name, long rows, int rounds, int runs, Func<string> run, Func<double> peer)
    {
        var what = WarmUp(run);
        var (ratios, own, others) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            own.Add(rows / Times(runs, run).Clock[runs / 2]);
            others.Add(peer());
            ratios.Add(own[^1] / others[^1]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name}, round {i + 1}: {own[^1]:N0}, peer {others[^1]:N0}, {ratios[^1]:0.00} times; load {Load()}"));
        }
        foreach (var list in (List<double>[])[ratios, own, others]) list.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: median {own[rounds / 2]:N0}, peer {others[rounds / 2]:N0}; {ratios[rounds / 2]:0.00} times ({ratios[0]:0.00} to {ratios[^1]:0.00}) ({what})"));
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "not known";

    private static (List<double> Clock, List<double> Processor) Times(int runs, Func<string> run)
    {
        var (clock, processor) = (new List<double>(), new List<double>());
        for (var i = 0; i < runs; i++)
        {
            var (started, used) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
            run();
            clock.Add(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
            processor.Add((Environment.CpuUsage.TotalTime - used).TotalSeconds);
        }
        clock.Sort();
        processor.Sort();
        return (clock, processor);
    }
}
