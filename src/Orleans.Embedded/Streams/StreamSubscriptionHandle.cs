using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A subscription.</summary>
/// <typeparam name="T">Type of the events.</typeparam>
public abstract class StreamSubscriptionHandle<T> : IEquatable<StreamSubscriptionHandle<T>?>
{
    /// <summary>Identity of the subscription.</summary>
    public abstract Guid HandleId { get; }

    /// <summary>Name of the provider.</summary>
    public abstract string ProviderName { get; }

    /// <summary>Which stream.</summary>
    public abstract StreamId StreamId { get; }

    /// <inheritdoc/>
    public abstract bool Equals(StreamSubscriptionHandle<T>? other);

    /// <summary>Goes on with another observer.</summary>
    /// <param name="observer">Takes the events.</param>
    /// <param name="token">Must be null when the stream is not rewindable.</param>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null);

    /// <summary>Ends the subscription.</summary>
    public abstract Task UnsubscribeAsync();
}
