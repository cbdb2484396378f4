using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Scheduling;

/// <summary>Who runs turns, when messages arrive and what time it is: threads and real time, or one thread, a seed and virtual time.</summary>
internal abstract class SiloScheduler
{
    /// <summary>Seconds since some moment, good to about 0.1 s; read often.</summary>
    public uint CoarseSeconds { get; protected set; }

    /// <summary>Calls that wait for an answer, for timeouts.</summary>
    public abstract IEnumerable<GrainCall> PendingCalls { get; }

    public abstract SchedulerCounters Counters { get; }

    /// <summary>The activation has something to do; it is scheduled exactly once until it is idle again.</summary>
    public abstract void Schedule(Activation activation, bool isAwaited);

    /// <summary>Takes a call to its target.</summary>
    public abstract void Deliver(GrainCall call, Activation target);

    /// <summary>Takes an answer to the caller.</summary>
    public abstract void Answer(GrainCall call);

    /// <summary>A call has ended on the caller's side.</summary>
    public abstract void OnCallEnded(GrainCall call);

    /// <summary>Runs the continuation of code that awaited a call outside of any scheduler.</summary>
    public abstract void RunOutside(ResumeItem item);

    /// <summary>The runtime itself failed in a turn; a grain's own errors never come here.</summary>
    public abstract void OnFault(Exception exception);

    public abstract void Start(Action<uint> collectIdle);

    public abstract void Stop();
}
