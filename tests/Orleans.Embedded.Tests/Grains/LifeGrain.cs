using Orleans;
using Orleans.Runtime;

namespace Granary.Orleans.Embedded.Tests.Grains;

public sealed class LifeGrain(Probe probe, TimeProvider time) : Grain, ILifeGrain, IDisposable
{
    private readonly List<IGrainTimer> _timers = [];
    private int _inTick;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        probe.Tell($"activating {key}");
        await Task.Yield();
        if (key.StartsWith("fails-once", StringComparison.Ordinal) && probe.Count($"activating {key}") == 1) throw new TestFailureException("Activation failed.", 1);
        probe.Tell($"activated {key}");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        probe.Tell($"deactivating {key} {reason.ReasonCode}");
        if (key.StartsWith("hangs", StringComparison.Ordinal)) await probe.Wait("never");
        if (key.StartsWith("slow-end", StringComparison.Ordinal)) await probe.Wait("end");
        probe.Tell($"deactivated {key}");
    }

    public void Dispose() => probe.Tell($"disposed {this.GetPrimaryKeyString()}");

    public Task Ping() => Task.CompletedTask;

    Task ILifeGrain.Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task StartTimer(string name, TimeSpan due, TimeSpan period, string kind)
    {
        var options = new GrainTimerCreationOptions(due, period) { Interleave = kind == "interleave", KeepAlive = kind == "keep-alive" };
        var timer = this.RegisterGrainTimer(
            async (state, token) =>
            {
                if (++_inTick > 1) probe.Tell("overlap");
                probe.Tell($"tick {state} {time.GetUtcNow():HH:mm:ss}");
                token.UnsafeRegister(static (inner, _) => ((Probe)inner!).Tell("token cancelled"), probe);
                if (kind == "long") await Task.Delay(TimeSpan.FromSeconds(5), time, token);
                _inTick--;
                if (kind == "fails") throw new TestFailureException("Tick failed.", 2);
            },
            name,
            options);
        _timers.Add(timer);
        return Task.CompletedTask;
    }

    public Task StopTimers()
    {
        foreach (var timer in _timers) timer.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        probe.Tell("holding");
        await probe.Wait(gate);
        probe.Tell("released");
    }
}
