namespace Orleans.Streams;

/// <summary>A stream: publish to it as an observer, subscribe to it as an observable.</summary>
/// <typeparam name="T">Type of the events.</typeparam>
public interface IAsyncStream<T> : IAsyncStream, IEquatable<IAsyncStream<T>>, IComparable<IAsyncStream<T>>, IAsyncObservable<T>, IAsyncBatchProducer<T>, IAsyncObserver<T>
{
    /// <summary>The caller's subscriptions.</summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
