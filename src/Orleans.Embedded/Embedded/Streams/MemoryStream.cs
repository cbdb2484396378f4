using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Embedded.Streams;

/// <summary>One stream in memory.</summary>
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamId id) : IAsyncStream<T>
{
    private readonly Lock _lock = new();
    private readonly List<StreamSubscription<T>> _subscriptions = [];
    private long _published;

    public bool IsRewindable => false;

    public string ProviderName => provider.Name;

    public StreamId StreamId { get; } = id;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => Publish([item], token);

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Publish([.. batch], token);
    }

    public Task OnErrorAsync(Exception ex) => Tell(subscription => subscription.TellError(ex));

    public Task OnCompletedAsync() => Tell(static subscription => subscription.TellCompleted());

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(observer, null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        RefuseToken(token);
        var number = provider.NextSubscription();
        var owner = Activation.Current;
        if (owner is null)
        {
            owner = new Activation(provider.Observers, IdSpan.Create(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            owner.BecomeObserver(observer);
        }

        var subscription = new StreamSubscription<T>(this, owner, observer, new Guid((int)(number >> 32), 0, 0, BitConverter.GetBytes(number)));
        lock (_lock) _subscriptions.Add(subscription);
        return Task.FromResult<StreamSubscriptionHandle<T>>(subscription.Handle);
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        var owner = Activation.Current;
        lock (_lock)
        {
            IList<StreamSubscriptionHandle<T>> handles = [.. _subscriptions.Where(subscription => owner is null || subscription.Owner == owner).Select(subscription => subscription.Handle)];
            return Task.FromResult(handles);
        }
    }

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == StreamId && other.ProviderName == ProviderName;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => StreamId.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : StreamId.CompareTo(other.StreamId);

    public static void RefuseToken(StreamSequenceToken? token)
    {
        if (token is not null) throw new ArgumentException("Memory streams are not rewindable; the token must be null.", nameof(token));
    }

    public void Remove(StreamSubscription<T> subscription)
    {
        lock (_lock) _subscriptions.Remove(subscription);
    }

    private Task Publish(T[] items, StreamSequenceToken? token)
    {
        RefuseToken(token);
        lock (_lock)
        {
            _subscriptions.RemoveAll(subscription => subscription.Owner.IsEnded);
            foreach (var subscription in _subscriptions)
            {
                if (!subscription.HasRoom(items.Length))
                    return Task.FromException(new InvalidOperationException($"Stream {StreamId} of {ProviderName} is full: {StreamSubscription<T>.WaitingMax} events wait for {subscription.Owner.GrainId}. The event was not taken."));
            }

            foreach (var item in items)
            {
                var place = new SequenceToken(++_published);
                foreach (var subscription in _subscriptions) subscription.Add(DeepCopy.Of(item), place);
            }
        }

        return Task.CompletedTask;
    }

    private Task Tell(Action<StreamSubscription<T>> tell)
    {
        lock (_lock) _subscriptions.ForEach(tell);
        return Task.CompletedTask;
    }
}
