using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

public sealed class CounterGrain(Probe probe) : Grain, ICounterGrain
{
    private static int s_instances;
    private readonly int _instance = Interlocked.Increment(ref s_instances);
    private int _value;
    private int _inside;
    private int _overlaps;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Tell($"activated {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Tell($"deactivated {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public ValueTask<int> Add(int amount) => ValueTask.FromResult(_value += amount);

    public async Task<int> AddSlowly(int amount)
    {
        if (Interlocked.Increment(ref _inside) > 1) _overlaps++;
        var before = _value;
        await Task.Yield();
        _value = before + amount;
        await Task.Yield();
        Interlocked.Decrement(ref _inside);
        return _value;
    }

    public Task<int> Overlaps() => Task.FromResult(_overlaps);

    public ValueTask<int> Instance() => new(_instance);

    public ValueTask AddOneWay(int amount)
    {
        _value += amount;
        probe.Tell("one-way");
        return default;
    }

    public Task FailOneWay() => throw new InvalidOperationException("Nobody hears this.");

    public void AddVoid(int amount) => _value += amount;

    public async Task FailWith(string message)
    {
        await Task.Yield();
        throw new TestFailureException(message, 42);
    }

    public ValueTask<string> WhoAmI() => new(this.GetPrimaryKeyString());

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public ValueTask<int> Echo(int value) => new(value);
}
