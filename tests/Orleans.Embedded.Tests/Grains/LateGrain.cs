using Orleans;
using Orleans.Runtime;

namespace Granary.Orleans.Embedded.Tests.Grains;

public sealed class LateGrain(Probe probe) : Grain, ILateGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        probe.Tell($"starting {key}");
        if (key == "slow-start") await probe.Wait("start");
    }

    public Task Ping() => Task.CompletedTask;

    public async Task CallAfter(string gate, string counter)
    {
        var key = this.GetPrimaryKeyString();
        probe.Tell($"waiting {key}");
        await probe.Wait(gate);
        var call = await ErrorOf(() => GrainFactory.GetGrain<ICounterGrain>(counter).Add(1).AsTask());
        var timer = await ErrorOf(() =>
        {
            this.RegisterGrainTimer(static (_, _) => Task.CompletedTask, this, new GrainTimerCreationOptions(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
            return Task.CompletedTask;
        });
        probe.Tell($"woke {key} {call} {timer}");
    }

    public Task HoldThread(string gate)
    {
        probe.Tell($"waiting {this.GetPrimaryKeyString()}");
        probe.Wait(gate).GetAwaiter().GetResult();
        return Task.CompletedTask;
    }

    private static async Task<string> ErrorOf(Func<Task> work)
    {
        try
        {
            await work();
            return "none";
        }
        catch (Exception e)
        {
            return e.GetType().Name;
        }
    }
}
