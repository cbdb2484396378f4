using Orleans;
using Orleans.Embedded;

namespace Granary.Orleans.Embedded.Benchmarks;

/// <summary>How long an idle grain takes to answer, asked every 5 ms, while closed loops keep all processors busy.</summary>
internal sealed class StarvationBenchmarks(EmbeddedSilo silo)
{
    private const int Probes = 600;

    public async Task Run()
    {
        await Measure("probe while nothing else runs", "p99 1.7 - 3 ms", []);
        await Measure("probe while 4 closed loops outside of grains call grains", "p50 ~900 ms, max 1.2 - 4.2 s", [.. Enumerable.Range(0, 4).Select(Outside)]);
        await Measure("probe while 4 grains call grains in closed loops", "", [.. Enumerable.Range(0, 4).Select(Inside)]);
        await Measure("probe while 4 grains always have a next 20 us turn", "max 0.8 - 2.6 s", [.. Enumerable.Range(0, 4).Select(Busy)]);
    }

    private async Task Measure(string what, string other, Func<CancellationToken, Task>[] loads)
    {
        using var stop = new CancellationTokenSource();
        var running = loads.Select(load => Task.Run(() => load(stop.Token))).ToArray();
        var idle = silo.GrainFactory.GetGrain<IEchoGrain>("idle");
        await idle.Echo(0);
        var times = new double[Probes];
        for (var index = 0; index < Probes; index++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            var start = TimeProvider.System.GetTimestamp();
            await idle.Echo(index);
            times[index] = Measurement.Seconds(start) * 1e3;
        }

        await stop.CancelAsync();
        await Task.WhenAll(running);
        Array.Sort(times);
        Console.WriteLine($"{what,-62}p50 {times[Probes / 2],6:N3}  p99 {times[Probes * 99 / 100],6:N2}  max {times[^1],6:N2} ms   {other}");
    }

    private Func<CancellationToken, Task> Outside(int number) => async token =>
    {
        var grain = silo.GrainFactory.GetGrain<IEchoGrain>($"loop{number}");
        while (!token.IsCancellationRequested) await grain.Echo(1);
    };

    private Func<CancellationToken, Task> Inside(int number) => async token =>
    {
        var grain = silo.GrainFactory.GetGrain<ICallerGrain>($"loop{number}");
        while (!token.IsCancellationRequested) await grain.CallInTurn($"inner{number}", 100_000);
    };

    private Func<CancellationToken, Task> Busy(int number) => async token =>
    {
        var grain = silo.GrainFactory.GetGrain<IEchoGrain>($"busy{number}");
        var calls = new Queue<ValueTask<int>>();
        while (!token.IsCancellationRequested)
        {
            while (calls.Count < 50) calls.Enqueue(grain.Work(20));
            await calls.Dequeue();
        }

        while (calls.Count > 0) await calls.Dequeue();
    };
}
