using Orleans.Embedded.Streams;

namespace Orleans.Streams;

/// <summary>Subscriptions by delegates.</summary>
public static class AsyncObservableExtensions
{
    /// <summary>Subscribes.</summary>
    /// <typeparam name="T">Type of the events.</typeparam>
    /// <param name="obs">What to subscribe to.</param>
    /// <param name="onNextAsync">Takes the events.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync) =>
        Subscribe(obs, onNextAsync, null, null);

    /// <summary>Subscribes.</summary>
    /// <typeparam name="T">Type of the events.</typeparam>
    /// <param name="obs">What to subscribe to.</param>
    /// <param name="onNextAsync">Takes the events.</param>
    /// <param name="onErrorAsync">Takes errors.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync) =>
        Subscribe(obs, onNextAsync, onErrorAsync, null);

    /// <summary>Subscribes.</summary>
    /// <typeparam name="T">Type of the events.</typeparam>
    /// <param name="obs">What to subscribe to.</param>
    /// <param name="onNextAsync">Takes the events.</param>
    /// <param name="onCompletedAsync">Told that no more events come.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Task> onCompletedAsync) =>
        Subscribe(obs, onNextAsync, null, onCompletedAsync);

    /// <summary>Subscribes.</summary>
    /// <typeparam name="T">Type of the events.</typeparam>
    /// <param name="obs">What to subscribe to.</param>
    /// <param name="onNextAsync">Takes the events.</param>
    /// <param name="onErrorAsync">Takes errors.</param>
    /// <param name="onCompletedAsync">Told that no more events come.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
        this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync) =>
        Subscribe(obs, onNextAsync, onErrorAsync, onCompletedAsync);

    private static Task<StreamSubscriptionHandle<T>> Subscribe<T>(
        IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task>? onErrorAsync, Func<Task>? onCompletedAsync)
    {
        ArgumentNullException.ThrowIfNull(obs);
        ArgumentNullException.ThrowIfNull(onNextAsync);
        return obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, onCompletedAsync));
    }
}
