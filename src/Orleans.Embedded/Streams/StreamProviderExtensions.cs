using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Streams by the parts of their ids.</summary>
public static class StreamProviderExtensions
{
    /// <summary>A stream without a namespace.</summary>
    /// <typeparam name="T">Type of the events.</typeparam>
    /// <param name="streamProvider">The provider.</param>
    /// <param name="id">Key.</param>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string id) => Get<T>(streamProvider, StreamId.Create(null, id));

    /// <inheritdoc cref="GetStream{T}(IStreamProvider, string)"/>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, Guid id) => Get<T>(streamProvider, StreamId.Create(null, id));

    /// <inheritdoc cref="GetStream{T}(IStreamProvider, string)"/>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, long id) => Get<T>(streamProvider, StreamId.Create(null, id));

    /// <summary>A stream.</summary>
    /// <typeparam name="T">Type of the events.</typeparam>
    /// <param name="streamProvider">The provider.</param>
    /// <param name="ns">Namespace.</param>
    /// <param name="id">Key.</param>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, string id) => Get<T>(streamProvider, StreamId.Create(ns, id));

    /// <inheritdoc cref="GetStream{T}(IStreamProvider, string, string)"/>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, Guid id) => Get<T>(streamProvider, StreamId.Create(ns, id));

    /// <inheritdoc cref="GetStream{T}(IStreamProvider, string, string)"/>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, long id) => Get<T>(streamProvider, StreamId.Create(ns, id));

    private static IAsyncStream<T> Get<T>(IStreamProvider streamProvider, StreamId id)
    {
        ArgumentNullException.ThrowIfNull(streamProvider);
        return streamProvider.GetStream<T>(id);
    }
}
