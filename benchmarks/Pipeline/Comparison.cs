namespace Granary.Pipeline;

/// <summary>Prints medians, and ratios to the peer of the same round.</summary>
internal static class Comparison
{
    private static readonly string[] Modes = ["bars", "batch", "stream"];

    public static void Run(Workload work, Peer peer, int rounds, int runs)
    {
        var ours = Modes.ToDictionary(mode => mode, _ => new List<double>());
        var ratios = Modes.ToDictionary(mode => mode, _ => new List<double>());
        List<double> theirBars = [], theirFeatures = [];
        for (var round = 0; round < rounds; round++)
        {
            var (bars, features) = peer.Run(runs);
            theirBars.Add(bars);
            theirFeatures.Add(features);
            foreach (var mode in Modes)
            {
                var rate = Median(work.Rates(mode, runs));
                ours[mode].Add(rate);
                ratios[mode].Add(rate / (mode == "bars" ? bars : features));
            }
        }

        Console.WriteLine($"medians of {rounds} rounds of {runs} runs, M trades/s (lowest to highest round)");
        Print("numba, bars", theirBars);
        Print("bars", ours["bars"], ratios["bars"]);
        Print("numba, all", theirFeatures);
        Print("batch", ours["batch"], ratios["batch"]);
        Print("stream", ours["stream"], ratios["stream"]);
    }

    public static void Print(string name, IReadOnlyList<double> rates, IReadOnlyList<double>? ratios = null)
    {
        var ratio = ratios is null ? "" : $"   {Median(ratios):0.00} x numba ({ratios.Min():0.00}-{ratios.Max():0.00})";
        Console.WriteLine($"  {name,-12} {Median(rates) / 1e6,7:0.0} ({rates.Min() / 1e6:0.0}-{rates.Max() / 1e6:0.0}){ratio}");
    }

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
