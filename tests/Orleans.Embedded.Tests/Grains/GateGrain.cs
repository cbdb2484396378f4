using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

public class GateGrain(Probe probe) : Grain, IGateGrain
{
    private int _finished;

    public Task Exclusive(string name) => Pass(name);

    public Task Read(string name) => Pass(name);

    public Task Interleave(string name) => Pass(name);

    public Task Impatient(string name) => Pass(name);

    public ValueTask<int> Peek() => new(_finished);

    public async Task WaitFor(string name, CancellationToken token)
    {
        var scheduler = TaskScheduler.Current;
        token.Register(() => probe.Tell(ReferenceEquals(scheduler, TaskScheduler.Current) ? "cancelled in turn" : "cancelled elsewhere"));
        probe.Tell($"begin {name}");
        await probe.Wait(name).WaitAsync(token);
    }

    public async ValueTask<bool> SameScheduler()
    {
        var before = TaskScheduler.Current;
        await Task.Yield();
        var afterYield = TaskScheduler.Current;
        await GrainFactory.GetGrain<ICounterGrain>("scheduler").Add(1);
        var afterCall = TaskScheduler.Current;
        await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
        return before != TaskScheduler.Default && before == afterYield && before == afterCall && before == TaskScheduler.Current;
    }

    public async ValueTask<int> NotAwaited()
    {
        var order = 0;
        var first = 0;
        var second = 0;
        async Task Mark(Action mark)
        {
            await Task.Yield();
            mark();
            await Task.Yield();
            mark();
        }

        var one = Mark(() => first = ++order);
        var two = Mark(() => second = ++order);
        await Task.WhenAll(one, two);

        // Interleaved at their awaits: one, two, one, two.
        return (first * 10) + second;
    }

    private async Task Pass(string name)
    {
        probe.Tell($"begin {name}");
        await probe.Wait(name);
        probe.Tell($"end {name}");
        _finished++;
    }
}
