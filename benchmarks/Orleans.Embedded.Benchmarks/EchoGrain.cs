using Orleans;

namespace Granary.Orleans.Embedded.Benchmarks;

public sealed class EchoGrain : Grain, IEchoGrain
{
    public ValueTask<int> Echo(int value) => new(value);

    public ValueTask<int> Work(int microseconds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start).TotalMicroseconds < microseconds)
        {
        }

        return new(microseconds);
    }
}
