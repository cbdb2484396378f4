using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[KeepAlive, GrainType("pinned-name")]
public sealed class PinnedGrain(Probe probe) : Grain, IPinnedGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Tell("pinned activated");
        return Task.CompletedTask;
    }

    public ValueTask Ping() => default;
}
