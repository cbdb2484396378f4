using Orleans;

namespace Granary.Orleans.Embedded.Benchmarks;

public sealed class CallerGrain : Grain, ICallerGrain
{
    public async ValueTask<long> CallInTurn(string target, int count)
    {
        var grain = GrainFactory.GetGrain<IEchoGrain>(target);
        var sum = 0L;
        for (var index = 0; index < count; index++) sum += await grain.Echo(index);
        return sum;
    }

    public async Task<long> CallAtOnce(string prefix, int targets, int inFlight, int count)
    {
        var loops = new Task<long>[inFlight];
        for (var index = 0; index < inFlight; index++) loops[index] = Loop(GrainFactory.GetGrain<IEchoGrain>(prefix + (index % targets)), count / inFlight);
        return (await Task.WhenAll(loops)).Sum();
    }

    private static async Task<long> Loop(IEchoGrain grain, int count)
    {
        var sum = 0L;
        for (var index = 0; index < count; index++) sum += await grain.Echo(index);
        return sum;
    }
}
