using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.CodeGeneration;
using Orleans.Embedded.Scheduling;

namespace Orleans.Embedded.Simulation;

/// <summary>A silo's scheduler within a simulation: turns and messages go to the common one.</summary>
internal sealed class SimulationSiloScheduler(DeterministicScheduler scheduler, SimulationProcess process, EmbeddedSilo silo) : SiloScheduler
{
    private const int PairsMax = 4096;

    private readonly CallDeadlines _deadlines = new();
    private readonly Dictionary<(Activation? From, Activation To), long> _lastArrivals = [];
    private readonly long _startTicks = scheduler.TimeProvider.NowTicks;
    private ITimer? _collectionTimer;

    public override SchedulerCounters Counters { get; } = new();

    public override IEnumerable<GrainCall> PendingCalls => _deadlines.Calls;

    public bool HasCallsUnderWay => process.IsAlive && _deadlines.Count > 0;

    public long NextDeadlineTicks => process.IsAlive ? _deadlines.NextTicks : long.MaxValue;

    public override void Schedule(Activation activation, bool isAwaited) => scheduler.Add(process, activation);

    public override void Deliver(GrainCall call, Activation target)
    {
        if (call.IsOneWay)
        {
            if (scheduler.NextIsDropped())
            {
                target.Unreserve();
                Counters.OneWayDropCount++;
                call.EndOneWay();
                return;
            }
        }
        else
        {
            _deadlines.Add(call, scheduler.TimeProvider.NowTicks, (call.Method.Timeout ?? silo.MessagingOptions.ResponseTimeout).Ticks);
        }

        var delay = scheduler.NextDelayTicks();
        if (delay == 0) target.Push(call, true);
        else scheduler.AddEvent(process, ArrivalTicks(call, target, delay), () => target.Push(call, true));
    }

    public override void Answer(GrainCall call)
    {
        if (!process.IsAlive) return;
        var delay = scheduler.NextDelayTicks();
        if (delay == 0) call.Complete();
        else scheduler.AddEvent(process, scheduler.TimeProvider.NowTicks + delay, call.Complete);
    }

    public override void OnCallEnded(GrainCall call) => _deadlines.Remove(call);

    public override void OnFault(Exception exception) => scheduler.Fail("The runtime failed in a turn", exception);

    public override void RunOutside(ResumeItem item) => scheduler.Add(process, item);

    public override void Start(Action<uint> collectIdle)
    {
        var quantum = silo.CollectionOptions.CollectionQuantum;
        _collectionTimer = silo.TimeProvider.CreateTimer(_ => collectIdle(CoarseSeconds), null, quantum, quantum);
    }

    public override void Stop() => _collectionTimer?.Dispose();

    public void TellTime(long nowTicks) => CoarseSeconds = (uint)((nowTicks - _startTicks) / TimeSpan.TicksPerSecond);

    public void EndLateCalls(long nowTicks)
    {
        if (!process.IsAlive) return;
        if (_deadlines.NextTicks > nowTicks) return;
        var pending = _deadlines.Calls.ToList();
        foreach (var (call, word) in pending.Where(call => call.Deadline <= nowTicks).Select(call => (call, call.Word)).ToList())
        {
            var exception = CallTimeout.Create(call, call.Method.Timeout ?? silo.MessagingOptions.ResponseTimeout, pending);
            if (call.TryAbandon(word, exception)) Counters.TimeoutCount++;
        }
    }

    /// <summary>When a call arrives, not before an earlier one of the same pair if the order is kept.</summary>
    private long ArrivalTicks(GrainCall call, Activation target, long delay)
    {
        var now = scheduler.TimeProvider.NowTicks;
        var arrival = now + delay;
        if (!scheduler.Options.KeepsMessageOrder) return arrival;
        if (_lastArrivals.Count >= PairsMax)
        {
            foreach (var (pair, last) in _lastArrivals.ToList())
            {
                if (last <= now) _lastArrivals.Remove(pair);
            }
        }

        arrival = Math.Max(arrival, _lastArrivals.GetValueOrDefault((call.Sender, target)));
        _lastArrivals[(call.Sender, target)] = arrival;
        return arrival;
    }
}
