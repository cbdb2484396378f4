#if EMBEDDED_RUNTIME
using Granary.Grains.Supervision;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Granary.Silo.Hosting;

/// <summary>The inside of Orleans.Embedded, for the watchdog.</summary>
/// <param name="silo">The grains of this process.</param>
/// <param name="messaging">How many calls may wait.</param>
public sealed class EmbeddedActivationControl(EmbeddedSilo silo, IOptions<SiloMessagingOptions> messaging) : IActivationControl
{
    /// <inheritdoc/>
    public int QueueMax => messaging.Value.MaxEnqueuedRequestsHardLimit is > 0 and var max ? max : int.MaxValue;

    /// <inheritdoc/>
    public IReadOnlyDictionary<GrainId, ActivationSighting> Look() => silo.GetActivations().ToDictionary(
        a => a.GrainId,
        a => new ActivationSighting(
            a.QueuedCallCount, (long)Math.Max(a.BusyFor.TotalMilliseconds, a.TurnFor.TotalMilliseconds), (long)a.TimerFor.TotalMilliseconds));

    /// <inheritdoc/>
    public bool Abandon(GrainId grain, string reason) => silo.Abandon(grain, reason);
}
#endif
