using Orleans.Embedded.CodeGeneration;
using Orleans.Embedded.Scheduling;

namespace Orleans.Embedded.Activations;

/// <content>
/// Queues and turns. Anyone pushes to the inbox without a lock; the one thread that runs the activation moves items on to two private queues: requests that
/// wait for the gate, and everything else. The inbox holds a mark while the activation is idle, so that exactly one push schedules it.
/// </content>
internal sealed partial class Activation
{
    private static readonly WorkItem s_idle = new IdleMark();
    private static readonly Action<object?> s_runTurns = static state => ((Activation)state!).RunTurnsInTask();

    private WorkItem? _inbox = s_idle;
    private WorkItem? _readyHead;
    private WorkItem? _readyTail;
    private Request? _waitingHead;
    private Request? _waitingTail;
    private int _skippable;
    private int _queued;
    private Request? _exclusive;
    private int _readers;
    private int _interleaved;
    private bool _readyWasLast;

    /// <summary>Calls that wait for their turn.</summary>
    public int QueuedCount => Volatile.Read(ref _queued);

    private bool IsRunningRequests => _exclusive is not null || _readers > 0 || _interleaved > 0;

    /// <summary>Counts a call before it is pushed.</summary>
    /// <returns>How many wait, this one included.</returns>
    public int Reserve() => Interlocked.Increment(ref _queued);

    /// <summary>Takes back what <see cref="Reserve"/> counted.</summary>
    public void Unreserve() => Interlocked.Decrement(ref _queued);

    /// <summary>Adds an item from any thread.</summary>
    /// <param name="item">The item.</param>
    /// <param name="isAwaited">Whether the one who pushes will likely wait for it, so that its thread may go on with this activation.</param>
    public void Push(WorkItem item, bool isAwaited)
    {
        var head = Volatile.Read(ref _inbox);
        while (true)
        {
            item.Next = ReferenceEquals(head, s_idle) ? null : head;
            var seen = Interlocked.CompareExchange(ref _inbox, item, head);
            if (ReferenceEquals(seen, head)) break;
            head = seen;
        }

        if (ReferenceEquals(head, s_idle)) Silo.Scheduler.Schedule(this, isAwaited);
    }

    /// <summary>Runs turns until there is nothing to do or the slice is used up. Only the scheduler calls it, on one thread at a time.</summary>
    /// <returns>Whether there is more to do, so that the activation stays scheduled.</returns>
    public bool RunTurns(TurnSlice slice)
    {
        var previous = Current;
        Current = this;
        try
        {
            while (true)
            {
                if (TakeNext() is not { } item)
                {
                    if (TryBecomeIdle()) return false;
                    continue;
                }

                if (item is TaskItem task) RunTask(task, slice);
                else RunInTask(item, slice);
                if (slice.IsUsedUp) return !TryRest();
            }
        }
        finally
        {
            Current = previous;
        }
    }

    /// <summary>A request has ended.</summary>
    public void OnRequestEnded(Request request)
    {
        switch (request.Gate)
        {
            case Gate.Exclusive:
                _exclusive = null;
                EndBusy();
                break;
            case Gate.Reader:
                if (--_readers == 0) EndBusy();
                break;
            case Gate.Interleaved:
                _interleaved--;
                break;
        }

        request.Gate = Gate.None;
        if (request.IsActivity) LastActivitySeconds = Silo.Scheduler.CoarseSeconds;
    }

    protected override void QueueTask(Task task) => Push(new TaskItem(task), true);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(Current, this) && TryExecuteTask(task);

    private void RunTask(TaskItem item, TurnSlice slice)
    {
        slice.BeginTurn(this, item);
        TryExecuteTask(item.Task);
        Turns++;
        slice.EndTurn(this);
    }

    /// <summary>Turns that are not tasks run inside of one, so that <see cref="TaskScheduler.Current"/> is this activation.</summary>
    private void RunInTask(WorkItem first, TurnSlice slice)
    {
        slice.First = first;
        var task = new Task(s_runTurns, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        task.RunSynchronously(this);
        if (task.Exception is { } exception) Silo.Scheduler.OnFault(exception.InnerException ?? exception);
    }

    private void RunTurnsInTask()
    {
        var slice = TurnSlice.Current!;
        var item = slice.First;
        slice.First = null;
        var context = ExecutionContext.Capture();
        while (item is not null)
        {
            slice.BeginTurn(this, item);
            if (item is TaskItem task) TryExecuteTask(task.Task);
            else item.Run(this);
            Turns++;

            // What a turn put into async locals must not reach the next one.
            if (context is not null && !ReferenceEquals(ExecutionContext.Capture(), context)) ExecutionContext.Restore(context);
            slice.EndTurn(this);
            item = slice.IsUsedUp ? null : TakeNext();
        }
    }

    /// <summary>Fails when something was pushed meanwhile.</summary>
    private bool TryBecomeIdle() => Interlocked.CompareExchange(ref _inbox, s_idle, null) is null;

    /// <summary>Becomes idle if it is plain at once that there is nothing to do, so that it need not be scheduled to find out.</summary>
    private bool TryRest() => _readyHead is null && _waitingHead is null && !_deactivationRequested && _state != ActivationState.Created && TryBecomeIdle();

    private WorkItem? TakeNext()
    {
        if (_inbox is not null) DrainInbox();
        if (_state == ActivationState.Created) return ActivateItem.Instance;
        if (_deactivationRequested && _state == ActivationState.Active && !IsRunningRequests) return DeactivateItem.Instance;

        // Neither continuations nor new requests may keep the other waiting for ever.
        if (_readyWasLast && TakeStartable() is { } request) return request;
        if (_readyHead is { } ready)
        {
            _readyHead = ready.Next;
            if (_readyHead is null) _readyTail = null;
            ready.Next = null;
            _readyWasLast = true;
            return ready;
        }

        _readyWasLast = false;
        return TakeStartable();
    }

    private void DrainInbox()
    {
        if (ReferenceEquals(_inbox, s_idle)) return;
        var item = Interlocked.Exchange(ref _inbox, null);
        WorkItem? ordered = null;
        while (item is not null)
        {
            var next = item.Next;
            item.Next = ordered;
            ordered = item;
            item = next;
        }

        while (ordered is not null)
        {
            var next = ordered.Next;
            ordered.Next = null;
            if (ordered is Request { Gate: Gate.None } request) Wait(request);
            else AddReady(ordered);
            ordered = next;
        }
    }

    private void AddReady(WorkItem item)
    {
        if (_readyTail is null) _readyHead = item;
        else _readyTail.Next = item;
        _readyTail = item;
    }

    private void Wait(Request request)
    {
        if (_state == ActivationState.Ended)
        {
            Leave(request);
            return;
        }

        if (_waitingTail is null) _waitingHead = request;
        else _waitingTail.Next = request;
        _waitingTail = request;
        if (IsSkippable(request)) _skippable++;
    }

    private static bool IsSkippable(Request request) => (request.Options & (CallOptions.AlwaysInterleave | CallOptions.ReadOnly)) != 0;

    /// <summary>A request leaves without having been started here.</summary>
    private void Leave(Request request)
    {
        if (request.IsCounted) Unreserve();
        request.OnActivationEnded(this);
    }

    private Request? TakeStartable()
    {
        while (_waitingHead is { } head)
        {
            if (_state != ActivationState.Active || _deactivationRequested) return null;
            if (!head.IsLive)
            {
                Unlink(null, head);
                if (head.IsCounted) Unreserve();
                continue;
            }

            if (TryOpenGate(head))
            {
                Unlink(null, head);
                return Begin(head);
            }

            return _skippable > 0 ? TakeSkippable(head) : null;
        }

        return null;
    }

    private Request? TakeSkippable(Request previous)
    {
        for (var request = (Request?)previous.Next; request is not null; previous = request, request = (Request?)request.Next)
        {
            if (!IsSkippable(request) || !request.IsLive || !TryOpenGate(request)) continue;
            Unlink(previous, request);
            return Begin(request);
        }

        return null;
    }

    private Request Begin(Request request)
    {
        if (request.IsCounted) Unreserve();
        if (request.IsActivity) LastActivitySeconds = Silo.Scheduler.CoarseSeconds;
        return request;
    }

    private bool TryOpenGate(Request request)
    {
        if (Class.IsReentrant || (request.Options & CallOptions.AlwaysInterleave) != 0)
        {
            _interleaved++;
            request.Gate = Gate.Interleaved;
            return true;
        }

        if (_exclusive is not null) return false;
        if ((request.Options & CallOptions.ReadOnly) != 0)
        {
            if (_readers++ == 0) BeginBusy();
            request.Gate = Gate.Reader;
            return true;
        }

        if (_readers > 0) return false;
        _exclusive = request;
        BeginBusy();
        request.Gate = Gate.Exclusive;
        return true;
    }

    private void Unlink(Request? previous, Request request)
    {
        var next = (Request?)request.Next;
        if (previous is null) _waitingHead = next;
        else previous.Next = next;
        if (next is null) _waitingTail = previous;
        request.Next = null;
        if (IsSkippable(request)) _skippable--;
    }

    private sealed class IdleMark : WorkItem
    {
        internal override void Run(Activation activation) => throw new InvalidOperationException("The idle mark is no work.");
    }
}
