using Orleans;
using Orleans.Embedded;

namespace Granary.Orleans.Embedded.Benchmarks;

/// <summary>Memory and rate of activations of an empty grain with a string key, directory entry included.</summary>
internal sealed class ActivationBenchmarks(EmbeddedSilo silo)
{
    private const int Count = 100_000;
    private int _round;

    public async Task Run()
    {
        await Activate(1000);
        var rates = new List<double>();
        var bytes = await Measurement.Repeat(async () =>
        {
            var before = GC.GetTotalMemory(true);
            var start = TimeProvider.System.GetTimestamp();
            await Activate(Count);
            rates.Add(Count / Measurement.Seconds(start));
            return (GC.GetTotalMemory(true) - before) / (double)Count;
        });
        rates.Sort();
        Measurement.Print($"managed heap per activation, {Count:N0} at a time", bytes, "N0", "B", "1,783 B");
        Measurement.Print("  activations", [.. rates.Select(rate => rate / 1000)], "N0", "k/s", "24 - 64 k/s");
    }

    private async Task Activate(int count)
    {
        var round = _round++;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(lane => Task.Run(async () =>
        {
            for (var index = lane; index < count; index += 64) await silo.GrainFactory.GetGrain<IEmptyGrain>($"r{round}-{index}").Touch();
        })));
    }
}
