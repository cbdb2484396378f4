using Orleans.Embedded.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>A timer of a grain. It is its own queue item: there is never more than one tick under way.</summary>
internal sealed class GrainTimer : Request, IGrainTimer
{
    private static readonly TimeSpan s_timeMax = TimeSpan.FromMilliseconds(0xfffffffe);

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly bool _isKeepAlive;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private Task? _running;
    private uint _busySince = uint.MaxValue;
    private TimeSpan _period;
    private TimeSpan _dueAfterTick;
    private bool _isUnderWay;
    private bool _wasChanged;
    private bool _isDisposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
        : base(options.Interleave ? CallOptions.AlwaysInterleave : CallOptions.None)
    {
        Validate(options.DueTime, nameof(options.DueTime));
        Validate(options.Period, nameof(options.Period));
        _activation = activation;
        _callback = callback;
        _isKeepAlive = options.KeepAlive;

        // The timer must not carry the async locals of the call that registered it.
        var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = activation.Silo.TimeProvider.CreateTimer(static state => ((GrainTimer)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (flow != default) flow.Undo();
    }

    internal override string TraceName => "timer";

    internal override bool IsCounted => false;

    internal override bool IsActivity => _isKeepAlive;

    internal override bool IsLive => !_isDisposed;

    /// <summary>When the tick under way began, in the scheduler's coarse seconds; <see cref="uint.MaxValue"/> for none.</summary>
    public uint BusySince => Volatile.Read(ref _busySince);

    public void Start(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _period = period;
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _period = period;
            _wasChanged = true;
            if (_isUnderWay) _dueAfterTick = dueTime;
            else _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _timer.Dispose();
        }

        _cancellation.Cancel();
        if (ReferenceEquals(Activation.Current, _activation)) _activation.RemoveTimer(this);
    }

    internal override void Run(Activation activation)
    {
        if (_running is { } running)
        {
            End(running);
            return;
        }

        Task task;
        try
        {
            lock (_lock) _wasChanged = false;
            task = _isDisposed ? Task.CompletedTask : _callback(_cancellation.Token);
        }
        catch (Exception exception)
        {
            task = Task.FromException(exception);
        }

        if (task.IsCompleted)
        {
            End(task);
            return;
        }

        _running = task;
        Volatile.Write(ref _busySince, activation.Silo.Scheduler.CoarseSeconds);
        task.GetAwaiter().UnsafeOnCompleted(OnFinished);
    }

    internal override void OnActivationEnded(Activation activation) => Dispose();

    internal override void OnActivationFailed(Exception exception) => Dispose();

    private static void Validate(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan && (time < TimeSpan.Zero || time > s_timeMax))
            throw new ArgumentOutOfRangeException(name, time, $"Must be {nameof(Timeout.InfiniteTimeSpan)} or from 0 to {s_timeMax}.");
    }

    private void OnDue()
    {
        lock (_lock)
        {
            if (_isDisposed || _isUnderWay) return;
            _isUnderWay = true;
        }

        _activation.Push(this, false);
    }

    private void OnFinished()
    {
        if (ReferenceEquals(Activation.Current, _activation)) End(_running!);
        else _activation.Push(this, false);
    }

    private void End(Task task)
    {
        _running = null;
        Volatile.Write(ref _busySince, uint.MaxValue);
        if (task.Exception is { } exception) _activation.Silo.Log.TimerCallbackFailed(_activation.GrainId, exception.InnerException ?? exception);
        _activation.OnRequestEnded(this);
        lock (_lock)
        {
            _isUnderWay = false;
            if (_isDisposed) return;
            var due = _wasChanged ? _dueAfterTick : _period;
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }
}
