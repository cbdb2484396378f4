using Orleans;
using Orleans.Embedded;

namespace Granary.Orleans.Embedded.Benchmarks;

/// <summary>Time and memory of a call of ValueTask&lt;int&gt;(int).</summary>
internal sealed class CallBenchmarks(EmbeddedSilo silo)
{
    private const int Sequential = 2_000_000;
    private const int InFlight = 2_000_000;

    public async Task SequentialCalls()
    {
        var caller = silo.GrainFactory.GetGrain<ICallerGrain>("caller");
        await caller.CallInTurn("target", Sequential / 4);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        await caller.CallInTurn("target", Sequential / 4);
        var bytes = 0.0;
        var times = await Measurement.Repeat(async () =>
        {
            var before = GC.GetTotalAllocatedBytes(true);
            var start = TimeProvider.System.GetTimestamp();
            await caller.CallInTurn("target", Sequential);
            var seconds = Measurement.Seconds(start);
            bytes = (GC.GetTotalAllocatedBytes(true) - before) / (double)Sequential;
            return seconds / Sequential * 1e9;
        });
        Measurement.Print("grain to grain, one call after another", times, "N0", "ns/call", "1,300 - 1,800 ns");
        Measurement.Print("  allocated", [bytes], "N0", "B/call", "600 - 664 B");

        var echo = silo.GrainFactory.GetGrain<IEchoGrain>("target");
        var outside = await Measurement.Repeat(async () =>
        {
            var start = TimeProvider.System.GetTimestamp();
            for (var index = 0; index < Sequential / 4; index++) await echo.Echo(index);
            return Measurement.Seconds(start) / (Sequential / 4) * 1e9;
        });
        Measurement.Print("other code to grain, one call after another", outside, "N0", "ns/call", "1,300 - 1,600 ns");
    }

    public async Task CallsInFlight()
    {
        var caller = silo.GrainFactory.GetGrain<ICallerGrain>("many");
        foreach (var (targets, other) in new[] { (100, "0.96 M/s"), (1, "1.01 M/s") })
        {
            await caller.CallAtOnce("echo", targets, 100, InFlight / 4);
            var rates = await Measurement.Repeat(async () =>
            {
                var start = TimeProvider.System.GetTimestamp();
                await caller.CallAtOnce("echo", targets, 100, InFlight);
                return InFlight / Measurement.Seconds(start) / 1e6;
            });
            Measurement.Print($"one grain, 100 calls in flight to {targets} grain(s)", rates, "N2", "M calls/s", other);
        }

        var callers = Enumerable.Range(0, 100).Select(index => silo.GrainFactory.GetGrain<ICallerGrain>($"c{index}")).ToArray();
        var parallel = await Measurement.Repeat(async () =>
        {
            var start = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(callers.Select((grain, index) => grain.CallInTurn($"echo{index}", InFlight / 100).AsTask()));
            return InFlight / Measurement.Seconds(start) / 1e6;
        });
        Measurement.Print("100 grains, 1 call in flight each, to 100 grains", parallel, "N2", "M calls/s", "0.79 M/s");
    }
}
