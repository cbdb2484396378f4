using Orleans.Configuration;
using Orleans.Hosting;

namespace Granary.Silo.Hosting;

/// <summary>Adds the actor runtime that this build was made for.</summary>
public static class ActorRuntimeExtensions
{
    /// <summary>Requests waiting for one activation before callers are refused.</summary>
    private const int EnqueuedRequestsMax = 10_000;

    /// <summary>Adds a silo to the host: Orleans.Embedded in this process, or Microsoft Orleans with localhost clustering.</summary>
    public static void UseActorRuntime(this WebApplicationBuilder builder) => builder.Host.UseOrleans(silo =>
    {
        silo.Configure<SiloMessagingOptions>(o =>
        {
            o.MaxEnqueuedRequestsHardLimit = EnqueuedRequestsMax;

            // Backfill and reconciliation wait for a venue inside a turn.
            o.ResponseTimeout = TimeSpan.FromSeconds(60);
        });
#if ORLEANS_RUNTIME
        silo.UseLocalhostClustering();
#endif
    });
}
