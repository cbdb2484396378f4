using Granary.Exchange.Faults;

namespace Granary.Exchange.Protocol;

/// <summary>
/// One client's connection to the streams, without its socket: the host feeds received text in and sends the frames that it reads. Any thread may call
/// any member; at most one read at a time.
/// </summary>
public sealed class StreamSession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamProtocol _protocol;
    private readonly StreamQueue _queue = new();
    private readonly IReadOnlySet<string>? _events;
    private TaskCompletionSource? _waiter;
    private bool _isFull;
    private StreamFaults? _faults;

    internal StreamSession(StreamProtocol protocol, StreamPath path, long openedMs)
    {
        _protocol = protocol;
        _events = path.Events;
        Prefix = path.Prefix;
        IsWrapped = path.IsWrapped;
        OpenedMs = openedMs;
    }

    /// <summary>Why the exchange closed the session, or null while it is open.</summary>
    public string? CloseReason { get; private set; }

    /// <summary>Whether the session was cut for what the client did, and what was unread is lost; else it was closed for the exchange's own reasons.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Frames waiting to be read.</summary>
    public int Unread
    {
        get
        {
            lock (_gate) return _queue.Count;
        }
    }

    /// <summary>Quotes, marks and partial books that newer ones replaced before they were read.</summary>
    public long Conflated
    {
        get
        {
            lock (_gate) return _queue.Conflated;
        }
    }

    /// <summary>Rises with every session that was opened, from 1.</summary>
    internal long Number { get; init; }

    /// <summary>Whether events may meet faults on their way.</summary>
    internal bool HasFaults => _protocol.Faults.HasRules;

    internal StreamPrefix Prefix { get; }

    /// <summary>Whom the weight of requests is charged to.</summary>
    internal string ClientAddress { get; init; } = "";

    /// <summary>Whether events come wrapped. Guarded by the protocol's gate.</summary>
    internal bool IsWrapped { get; set; }

    internal long OpenedMs { get; }

    /// <summary>Names of the subscribed streams, in order of subscription. Guarded by the protocol's gate.</summary>
    internal List<string> Streams { get; } = [];

    /// <summary>Second of the protocol clock that <see cref="MessagesInSecond"/> counts. Guarded by the protocol's gate.</summary>
    internal long MessageSecond { get; set; }

    /// <summary>Messages of the client in that second. Guarded by the protocol's gate.</summary>
    internal int MessagesInSecond { get; set; }

    /// <summary>
    /// Takes a whole text message of the client: SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS, GET_PROPERTY or SET_PROPERTY, or on /ws-fapi/v1 a request.
    /// The answer is queued.
    /// </summary>
    public void Receive(ReadOnlyMemory<byte> utf8) => _protocol.Receive(this, utf8);

    /// <summary>Reads the next frame (a UTF-8 text message), waiting for it. After an empty one the session must be disposed.</summary>
    /// <returns>The frame, whose bytes are shared and must not be changed; empty when the session is closed and nothing is left.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; no frame is lost.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _protocol.SeedBooks();
            if (TryRead(out var frame)) return frame;
            TaskCompletionSource waiter;
            lock (_gate)
            {
                if (_queue.Count > 0) continue;
                if (CloseReason is not null) return ReadOnlyMemory<byte>.Empty;
                waiter = _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            // Awaited itself, not through WaitAsync, which would resume by way of the thread pool and leave the reader's scheduler.
            using var registration = cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetCanceled(), waiter);
            await waiter.Task;
        }
    }

    /// <summary>Reads the next frame if there is one.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            if (!_queue.TryTake(out var taken))
            {
                frame = default;
                return false;
            }
            // Freed at half, so that the market does not stop and go at every frame.
            if (_isFull && _queue.Count <= _protocol.Options.QueueFramesMax / 2) Free();
            frame = taken;
            return true;
        }
    }

    /// <summary>Ends the session: nothing more is queued for it.</summary>
    public void Dispose()
    {
        Close("closed by the client", discards: true);
        _protocol.Remove(this);
    }

    internal bool Wants(string userEvent) => _events is null || _events.Contains(userEvent);

    /// <summary>Enqueues an event by way of the faults. Within the protocol's gate.</summary>
    internal void Deliver(StreamTopic topic, string? userEvent, byte[] frame, byte[] bare) =>
        (_faults ??= new StreamFaults(this)).Deliver(_protocol.Faults, topic, userEvent, frame, bare, _protocol.ClockMs);

    internal void Enqueue(byte[] frame, StreamTopic? topic)
    {
        var options = _protocol.Options;
        var isOverflowing = false;
        lock (_gate)
        {
            if (CloseReason is not null) return;
            _queue.Add(frame, topic, options.ConflateAboveFrames);
            Wake();
            if (_queue.Count >= options.QueueFramesMax)
            {
                isOverflowing = _protocol.Overflow == StreamOverflow.Close || _queue.Count >= 4L * options.QueueFramesMax;
                if (!isOverflowing && !_isFull)
                {
                    _isFull = true;
                    _protocol.Room.BecameFull();
                }
            }
        }
        if (isOverflowing) Close("the client reads too slowly", discards: true);
    }

    /// <summary>Closes the session from the exchange's side; unread frames are still read unless they are discarded.</summary>
    internal void Close(string reason, bool discards)
    {
        lock (_gate)
        {
            if (CloseReason is null)
            {
                CloseReason = reason;
                WasCut = discards;
            }
            if (discards)
            {
                _queue.Clear();
                if (_isFull) Free();
            }
            Wake();
        }
    }

    private void Free()
    {
        _isFull = false;
        _protocol.Room.BecameFree();
    }

    private void Wake()
    {
        _waiter?.TrySetResult();
        _waiter = null;
    }
}
