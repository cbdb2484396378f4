namespace Orleans.Streams;

/// <summary>Publishes events in batches.</summary>
/// <typeparam name="T">Type of the events.</typeparam>
public interface IAsyncBatchProducer<T> : IAsyncObserver<T>
{
    /// <summary>The next events, all or none of which are taken.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="token">Must be null.</param>
    Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null);
}
