using Orleans;
using Orleans.Runtime;

namespace Granary.Orleans.Embedded.Tests.Grains;

public sealed class CallerGrain : Grain, ICallerGrain
{
    public async Task<string> Chain(string[] keys) =>
        keys.Length == 0 ? "end" : await GrainFactory.GetGrain<ICallerGrain>(keys[0]).Chain(keys[1..]);

    public async Task<string> ChainInterleaved(string[] keys) =>
        keys.Length == 0 ? "end" : await GrainFactory.GetGrain<ICallerGrain>(keys[0]).ChainInterleaved(keys[1..]);

    public Task<string> SelfCall() => this.AsReference<ICallerGrain>().SelfCall();

    public async ValueTask<int> Repeat(string counter, int times)
    {
        var grain = GrainFactory.GetGrain<ICounterGrain>(counter);
        var last = 0;
        for (var index = 0; index < times; index++) last = await grain.Add(1);
        return last;
    }

    public async ValueTask<string?> ContextThrough(string key, string? next)
    {
        if (next is not null) return await GrainFactory.GetGrain<ICallerGrain>(next).ContextThrough(key, null);
        var value = RequestContext.Get(key) as string;
        RequestContext.Set("leak", "yes");
        return value;
    }

    public Task PassMyself(string key) => GrainFactory.GetGrain<ICallerGrain>(key).TakeCaller(this);

    public Task TakeCaller(ICallerGrain caller) => Task.CompletedTask;

    public ValueTask<string> NameOf(ICallerGrain caller) => new(caller.GetPrimaryKeyString());

    public async ValueTask<int> FanOut(string prefix, int count)
    {
        var calls = new Task<int>[count];
        for (var index = 0; index < count; index++) calls[index] = GrainFactory.GetGrain<ICounterGrain>(prefix + index).AddSlowly(1);
        return (await Task.WhenAll(calls)).Sum();
    }
}
