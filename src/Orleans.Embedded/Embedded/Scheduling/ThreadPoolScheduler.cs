using System.Collections.Concurrent;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Scheduling;

/// <summary>
/// Runs turns on the thread pool. Activations that have work wait in one first-in-first-out queue; a bounded number of pumps takes from it, and each goes back
/// to the end of the pool's own queue every few quanta, so that other users of the pool have their share. A thread keeps the activation that it made ready
/// last in a slot of its own and goes on with it, which saves the queue when a grain calls a grain and waits; a chain of such hand-overs ends with the quantum,
/// so that it can starve nobody.
/// </summary>
internal sealed class ThreadPoolScheduler : SiloScheduler, IThreadPoolWorkItem
{
    private const int PumpsPerProcessor = 4;
    private const int QuantaPerPump = 2;
    private static readonly TimeSpan s_scanPeriod = TimeSpan.FromMilliseconds(100);

    private readonly EmbeddedSilo _silo;
    private readonly ConcurrentQueue<Activation> _ready = new();
    private readonly long _quantumTicks;
    private readonly long _warningTicks;
    private readonly int _pumpsMax = Math.Max(2, Environment.ProcessorCount) * PumpsPerProcessor;
    private readonly long _startTimestamp;
    private ITimer? _scanTimer;
    private Action<uint>? _collectIdle;
    private long _nextCollectionSeconds;
    private int _isScanning;
    private int _pumps;
    private int _isPumpRequested;

    [ThreadStatic]
    private static Pump? t_pump;

    public ThreadPoolScheduler(EmbeddedSilo silo)
    {
        _silo = silo;
        var frequency = TimeProvider.System.TimestampFrequency;
        _quantumTicks = Math.Max(1, (long)(silo.SchedulingOptions.ActivationSchedulingQuantum.TotalSeconds * frequency));
        _warningTicks = (long)(silo.SchedulingOptions.TurnWarningLengthThreshold.TotalSeconds * frequency);
        _startTimestamp = silo.TimeProvider.GetTimestamp();
    }

    public override SchedulerCounters Counters { get; } = new();

    public override IEnumerable<GrainCall> PendingCalls => CallRegistry.Shared.PendingOf(_silo);

    public override void Start(Action<uint> collectIdle)
    {
        _collectIdle = collectIdle;
        _nextCollectionSeconds = CoarseSeconds + (long)Math.Ceiling(_silo.CollectionOptions.CollectionQuantum.TotalSeconds);
        _scanTimer = _silo.TimeProvider.CreateTimer(static state => ((ThreadPoolScheduler)state!).Scan(), this, s_scanPeriod, s_scanPeriod);
    }

    public override void Stop() => _scanTimer?.Dispose();

    public override void Schedule(Activation activation, bool isAwaited)
    {
        var pump = t_pump;
        if (isAwaited && pump is { IsRunning: true } && ReferenceEquals(pump.Scheduler, this))
        {
            var displaced = pump.Slot;
            pump.Slot = activation;
            if (displaced is null) return;
            activation = displaced;
        }

        _ready.Enqueue(activation);
        RequestPump();
    }

    public override void Deliver(GrainCall call, Activation target)
    {
        if (call.IsOneWay)
        {
            target.Push(call, false);
            return;
        }

        CallRegistry.Shared.Track(call);
        target.Push(call, true);
    }

    public override void Answer(GrainCall call) => call.Complete();

    public override void OnCallEnded(GrainCall call)
    {
    }

    public override void OnFault(Exception exception) => _silo.Log.RuntimeFault(exception);

    public override void RunOutside(ResumeItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);

    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Increment(ref _pumps);
        Interlocked.Exchange(ref _isPumpRequested, 0);
        var pump = t_pump;
        if (pump is null || !ReferenceEquals(pump.Scheduler, this)) t_pump = pump = new Pump(this);
        pump.Run();
        Interlocked.Decrement(ref _pumps);
        if (!_ready.IsEmpty) RequestPump();
    }

    private void RequestPump()
    {
        if (Volatile.Read(ref _isPumpRequested) != 0 || Volatile.Read(ref _pumps) >= _pumpsMax) return;
        if (Interlocked.CompareExchange(ref _isPumpRequested, 1, 0) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Scan()
    {
        if (Interlocked.Exchange(ref _isScanning, 1) != 0) return;
        try
        {
            var now = _silo.TimeProvider.GetTimestamp();
            var seconds = (uint)_silo.TimeProvider.GetElapsedTime(_startTimestamp, now).TotalSeconds;
            if (seconds != CoarseSeconds) CoarseSeconds = seconds;
            CallRegistry.Shared.Scan(_silo, now);
            if (seconds < _nextCollectionSeconds) return;
            _nextCollectionSeconds = seconds + (long)Math.Max(1, Math.Ceiling(_silo.CollectionOptions.CollectionQuantum.TotalSeconds));
            _collectIdle?.Invoke(seconds);
        }
        finally
        {
            Volatile.Write(ref _isScanning, 0);
        }
    }

    /// <summary>What one thread of the pool does for this scheduler.</summary>
    private sealed class Pump(ThreadPoolScheduler scheduler) : TurnSlice
    {
        private long _now;
        private long _sliceEnd;

        public ThreadPoolScheduler Scheduler { get; } = scheduler;

        public bool IsRunning { get; private set; }

        public Activation? Slot { get; set; }

        private WorkItem? Item { get; set; }

        public void Run()
        {
            Current = this;
            IsRunning = true;
            try
            {
                _now = TimeProvider.System.GetTimestamp();
                var end = _now + (QuantaPerPump * Scheduler._quantumTicks);
                while (Scheduler._ready.TryDequeue(out var activation))
                {
                    if (!Scheduler._ready.IsEmpty) Scheduler.RequestPump();
                    RunChain(activation);
                    if (_now >= end) return;
                }
            }
            finally
            {
                IsRunning = false;
                Current = null;
            }
        }

        public override void BeginTurn(Activation activation, WorkItem item)
        {
            Item = item;
            activation.TurnTimestamp = _now;
        }

        public override void EndTurn(Activation activation)
        {
            var now = TimeProvider.System.GetTimestamp();
            var length = now - _now;
            _now = now;
            activation.TurnTimestamp = 0;
            IsUsedUp = now >= _sliceEnd;
            if (length > Scheduler.Counters.LongestTicks) Scheduler.Counters.OnLongTurn(length, activation.GrainId, Item!.TraceName);
            if (length > Scheduler._warningTicks) Scheduler._silo.Log.LongTurn(activation.GrainId, Item!.TraceName, TimeProvider.System.GetElapsedTime(now - length, now));
        }

        /// <summary>Runs an activation, then the one that it made ready, and so on, for one quantum in all.</summary>
        private void RunChain(Activation? activation)
        {
            _sliceEnd = _now + Scheduler._quantumTicks;
            IsUsedUp = false;
            while (activation is not null)
            {
                if (activation.RunTurns(this)) Scheduler._ready.Enqueue(activation);
                var next = Slot;
                Slot = null;
                if (next is null) return;
                if (IsUsedUp)
                {
                    Scheduler._ready.Enqueue(next);
                    return;
                }

                activation = next;
            }
        }
    }
}
