using Orleans.Embedded.Streams;
using Orleans.Streams;

namespace Orleans;

/// <summary>Streams for code outside of grains.</summary>
public static class ClientStreamingExtensions
{
    /// <summary>The provider of a name.</summary>
    /// <param name="client">The client.</param>
    /// <param name="name">Name that the provider was registered by.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IStreamProvider GetStreamProvider(this IClusterClient client, string name)
    {
        ArgumentNullException.ThrowIfNull(client);
        return MemoryStreamProvider.Find(client.ServiceProvider, name);
    }
}
