using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Activations;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Embedded.Streams;

/// <summary>Streams in memory; see <see cref="Orleans.Hosting.SiloBuilderMemoryStreamExtensions"/> for what they promise.</summary>
internal sealed class MemoryStreamProvider(EmbeddedSilo silo, string name) : IStreamProvider
{
    private readonly ConcurrentDictionary<(StreamId Id, Type Type), IAsyncStream> _streams = new();
    private long _subscriptions;

    public bool IsRewindable => false;

    public string Name { get; } = name;

    public EmbeddedSilo Silo { get; } = silo;

    /// <summary>Observers that are no grains have an activation each, in which their events are delivered.</summary>
    public GrainClass Observers { get; } = new(silo, GrainType.Create("sys.stream"));

    public static IStreamProvider Find(IServiceProvider services, string name) =>
        services.GetKeyedService<IStreamProvider>(name) ?? throw new ArgumentException($"No stream provider \"{name}\"; add it by {nameof(Orleans.Hosting.SiloBuilderMemoryStreamExtensions.AddMemoryStreams)}.", nameof(name));

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => (IAsyncStream<T>)_streams.GetOrAdd((streamId, typeof(T)), static (key, provider) => new MemoryStream<T>(provider, key.Id), this);

    public long NextSubscription() => Interlocked.Increment(ref _subscriptions);
}
