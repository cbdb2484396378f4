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

    /// <summary>Runs the engine and a peer by turns and prints the ratio of each round's medians. The peer runs once a round, for all that is compared.</summary>
    /// <param name="works">What is compared.</param>
    /// <param name="rounds">Turns.</param>
    /// <param name="runs">Runs of the engine in each.</param>
    /// <param name="peer">A turn of the peer: what it printed.</param>
    public static void Compare(IReadOnlyList<Comparison> works, int rounds, int runs, Func<string> peer)
    {
        string[] what = [.. works.Select(work => WarmUp(work.Run))];
        var rates = works.Select(_ => new List<(double Own, double Peer)>()).ToArray();
        for (var i = 0; i < rounds; i++)
        {
            var own = works.Select(work => work.Rows / Times(runs, work.Run).Clock[runs / 2]).ToArray();
            var output = peer();
            for (var k = 0; k < works.Count; k++)
            {
                rates[k].Add((own[k], Peer.Rate(output, works[k].PeersLine)));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{works[k].Name}, round {i + 1}: {own[k]:N0}, peer {rates[k][^1].Peer:N0}, {own[k] / rates[k][^1].Peer:0.00} times; load {Load()}"));
            }
        }
        for (var k = 0; k < works.Count; k++)
        {
            double[] ratios = [.. rates[k].Select(r => r.Own / r.Peer).Order()];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{works[k].Name}: median {Median(rates[k].Select(r => r.Own)):N0}, peer {Median(rates[k].Select(r => r.Peer)):N0}; "
                + $"{ratios[rounds / 2]:0.00} times ({ratios[0]:0.00} to {ratios[^1]:0.00}) ({what[k]})"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
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
