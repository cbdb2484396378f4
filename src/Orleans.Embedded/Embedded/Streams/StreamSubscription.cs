using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;
using Orleans.Streams;

namespace Orleans.Embedded.Streams;

/// <summary>
/// A subscription with the events that wait for it. It is its own queue item: one delivery at a time is a request of the subscriber's activation, so that it
/// waits for running calls as any call does.
/// </summary>
internal sealed class StreamSubscription<T> : Request
{
    public const int WaitingMax = 16_384;

    private readonly MemoryStream<T> _stream;
    private readonly Lock _lock = new();
    private readonly Queue<Func<IAsyncObserver<T>, Task>> _waiting = new();
    private IAsyncObserver<T> _observer;
    private Task? _running;
    private bool _isUnderWay;
    private bool _isEnded;

    public StreamSubscription(MemoryStream<T> stream, Activation owner, IAsyncObserver<T> observer, Guid id)
        : base(CallOptions.None)
    {
        _stream = stream;
        Owner = owner;
        _observer = observer;
        Handle = new SubscriptionHandle<T>(stream, this, id);
    }

    public Activation Owner { get; }

    public SubscriptionHandle<T> Handle { get; }

    internal override string TraceName => "stream";

    internal override bool IsCounted => false;

    internal override bool IsLive => !_isEnded;

    public bool HasRoom(int count)
    {
        lock (_lock) return _waiting.Count + count <= WaitingMax;
    }

    public void Add(T item, StreamSequenceToken place) => Enqueue(observer => observer.OnNextAsync(item, place));

    public void TellError(Exception exception) => Enqueue(observer => observer.OnErrorAsync(exception));

    public void TellCompleted() => Enqueue(static observer => observer.OnCompletedAsync());

    public void Resume(IAsyncObserver<T> observer) => _observer = observer;

    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            _waiting.Clear();
        }

        _stream.Remove(this);
    }

    internal override void Run(Activation activation)
    {
        if (_running is { } running)
        {
            Finish(running);
            return;
        }

        Func<IAsyncObserver<T>, Task>? deliver;
        lock (_lock) _waiting.TryDequeue(out deliver);
        var task = Deliver(deliver);
        if (task.IsCompleted)
        {
            Finish(task);
            return;
        }

        _running = task;
        task.GetAwaiter().UnsafeOnCompleted(OnFinished);
    }

    internal override void OnActivationEnded(Activation activation) => End();

    internal override void OnActivationFailed(Exception exception) => End();

    private void Enqueue(Func<IAsyncObserver<T>, Task> deliver)
    {
        lock (_lock)
        {
            if (_isEnded) return;
            _waiting.Enqueue(deliver);
            if (_isUnderWay) return;
            _isUnderWay = true;
        }

        Owner.Push(this, false);
    }

    private async Task Deliver(Func<IAsyncObserver<T>, Task>? deliver)
    {
        if (deliver is null) return;
        try
        {
            await deliver(_observer);
        }
        catch (Exception exception)
        {
            Owner.Silo.Log.StreamObserverFailed(_stream.StreamId.ToString(), exception);
            await _observer.OnErrorAsync(exception);
        }
    }

    private void OnFinished()
    {
        if (ReferenceEquals(Activation.Current, Owner)) Finish(_running!);
        else Owner.Push(this, false);
    }

    private void Finish(Task task)
    {
        _running = null;
        if (task.Exception is { } exception) Owner.Silo.Log.StreamObserverFailed(_stream.StreamId.ToString(), exception);
        Owner.OnRequestEnded(this);
        lock (_lock)
        {
            _isUnderWay = !_isEnded && _waiting.Count > 0;
            if (!_isUnderWay) return;
        }

        Owner.Push(this, false);
    }
}
