using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Embedded.Streams;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Streams in memory.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>
    /// Adds streams in memory, for events to observers. At most 16,384 events may wait for a subscriber; an event that finds one full is refused as a whole:
    /// the publisher gets an <see cref="InvalidOperationException"/> and nobody gets the event. Events are not kept: who subscribes later does not see them,
    /// and a subscription ends with the activation that made it. An observer that fails is told by OnErrorAsync and goes on with the next event.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">Name of the provider.</param>
    /// <param name="configure">Not used.</param>
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name, Action<ISiloMemoryStreamConfigurator>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, (services, _) => new MemoryStreamProvider(services.GetRequiredService<EmbeddedSilo>(), name));
        return builder;
    }
}
