namespace Orleans.Streams;

/// <summary>Something to subscribe to.</summary>
/// <typeparam name="T">Type of the events.</typeparam>
public interface IAsyncObservable<T>
{
    /// <summary>Subscribes; events that are published from now on are delivered, one after another, in turns of the subscribing grain.</summary>
    /// <param name="observer">Takes the events.</param>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);

    /// <summary>Subscribes.</summary>
    /// <param name="observer">Takes the events.</param>
    /// <param name="token">Where to begin; must be null when the stream is not rewindable.</param>
    /// <param name="filterData">Not used.</param>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null);
}
