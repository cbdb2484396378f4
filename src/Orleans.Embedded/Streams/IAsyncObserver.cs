namespace Orleans.Streams;

/// <summary>Takes events.</summary>
/// <typeparam name="T">Type of the events.</typeparam>
public interface IAsyncObserver<in T>
{
    /// <summary>No more events come.</summary>
    Task OnCompletedAsync();

    /// <summary>Something went wrong.</summary>
    /// <param name="ex">What.</param>
    Task OnErrorAsync(Exception ex);

    /// <summary>The next event. On a stream, completes when the provider took it, not when it was delivered.</summary>
    /// <param name="item">The event.</param>
    /// <param name="token">Its place, or null.</param>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);
}
