using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Embedded.Streams;

internal sealed class SubscriptionHandle<T>(MemoryStream<T> stream, StreamSubscription<T> subscription, Guid id) : StreamSubscriptionHandle<T>
{
    public override Guid HandleId { get; } = id;

    public override string ProviderName => stream.ProviderName;

    public override StreamId StreamId => stream.StreamId;

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId && other.StreamId == StreamId;

    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

    public override int GetHashCode() => HandleId.GetHashCode();

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        MemoryStream<T>.RefuseToken(token);
        subscription.Resume(observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }

    public override Task UnsubscribeAsync()
    {
        subscription.End();
        return Task.CompletedTask;
    }
}
