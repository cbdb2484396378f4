using Orleans.Embedded.Activations;
using Orleans.Embedded.Streams;
using Orleans.Streams;

namespace Orleans;

/// <summary>Streams for grains.</summary>
public static class GrainStreamingExtensions
{
    /// <summary>The provider of a name.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="name">Name that the provider was registered by.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IStreamProvider GetStreamProvider(this Grain grain, string name) => GetStreamProvider((IGrainBase)grain, name);

    /// <inheritdoc cref="GetStreamProvider(Grain, string)"/>
    public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name) => MemoryStreamProvider.Find(Activation.Of(grain).Silo.Services, name);
}
