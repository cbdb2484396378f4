using Orleans.Embedded.Calls;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Scheduling;

/// <summary>
/// Finds calls that were not answered in time without touching a shared structure at every call. A call object is registered once and stays so while each
/// scan finds it under way; a scan takes out those that are not. The clock is read by the scan only: the first scan that sees a call sets its deadline, so
/// that a timeout comes up to two scan periods late and never early.
/// </summary>
internal sealed class CallRegistry
{
    private const int Unregistered = 0;
    private const int Registered = 1;
    private const int Leaving = 2;

    private readonly Shard[] _shards;
    private readonly SchedulerCounters _counters;

    public CallRegistry(SchedulerCounters counters)
    {
        _counters = counters;
        _shards = new Shard[Math.Max(1, Environment.ProcessorCount)];
        for (var index = 0; index < _shards.Length; index++) _shards[index] = new Shard();
    }

    /// <summary>Calls under way; a snapshot that others change meanwhile.</summary>
    public IEnumerable<GrainCall> Pending
    {
        get
        {
            foreach (var shard in _shards)
            {
                GrainCall[] calls;
                lock (shard.Lock) calls = [.. shard.Calls];
                foreach (var call in calls)
                {
                    if (call.IsLive) yield return call;
                }
            }
        }
    }

    /// <summary>A call is about to be sent. Its status is pending and a full fence lies between that and this.</summary>
    public void Track(GrainCall call)
    {
        if (Volatile.Read(ref call.Tracking) != Registered) Register(call);
    }

    /// <summary>Ends the calls whose time is over.</summary>
    /// <param name="now">Timestamp.</param>
    /// <param name="timeoutOf">The timeout of a call and its length in timestamp units.</param>
    public void Scan(long now, Func<GrainCall, (TimeSpan Timeout, long Ticks)> timeoutOf)
    {
        List<(GrainCall Call, int Word, TimeSpan Timeout)>? late = null;
        foreach (var shard in _shards)
        {
            lock (shard.Lock)
            {
                var calls = shard.Calls;
                for (var index = calls.Count - 1; index >= 0; index--)
                {
                    var call = calls[index];
                    var word = call.Word;
                    if (GrainCall.StatusOf(word) != CallStatus.Pending)
                    {
                        if (!TryLeave(call)) continue;
                        calls[index] = calls[^1];
                        calls.RemoveAt(calls.Count - 1);
                        continue;
                    }

                    if (call.Deadline == 0)
                    {
                        call.Deadline = now + timeoutOf(call).Ticks;
                        continue;
                    }

                    if (now < call.Deadline || call.Word != word) continue;

                    // Not this one again, unless the object is used for another call meanwhile: then that one has its full time.
                    call.Deadline = now + timeoutOf(call).Ticks;
                    (late ??= []).Add((call, word, timeoutOf(call).Timeout));
                }
            }
        }

        if (late is not null) Abandon(late);
    }

    /// <summary>Whoever awaited goes on elsewhere: the scan must not wait for it.</summary>
    private void Abandon(List<(GrainCall Call, int Word, TimeSpan Timeout)> late)
    {
        var pending = Pending.ToArray();
        foreach (var (call, word, timeout) in late)
        {
            var exception = CallTimeout.Create(call, timeout, pending);
            ThreadPool.UnsafeQueueUserWorkItem(static late => late.Registry.Abandon(late.Call, late.Word, late.Exception), (Registry: this, Call: call, Word: word, Exception: exception), preferLocal: false);
        }
    }

    private void Abandon(GrainCall call, int word, TimeoutException exception)
    {
        if (call.TryAbandon(word, exception)) Interlocked.Increment(ref _counters.TimeoutCount);
    }

    /// <summary>A call that becomes pending while it leaves either sees that it left, or is seen here as pending.</summary>
    private static bool TryLeave(GrainCall call)
    {
        Interlocked.Exchange(ref call.Tracking, Leaving);
        if (GrainCall.StatusOf(call.Word) == CallStatus.Pending)
        {
            Volatile.Write(ref call.Tracking, Registered);
            return false;
        }

        Volatile.Write(ref call.Tracking, Unregistered);
        return true;
    }

    private void Register(GrainCall call)
    {
        var spin = new SpinWait();
        while (true)
        {
            switch (Volatile.Read(ref call.Tracking))
            {
                case Registered:
                    return;
                case Leaving:
                    spin.SpinOnce();
                    continue;
            }

            var shard = _shards[Thread.GetCurrentProcessorId() % _shards.Length];
            lock (shard.Lock)
            {
                // Under the lock, so that a scan finds the call only with its mark.
                Volatile.Write(ref call.Tracking, Registered);
                shard.Calls.Add(call);
            }

            return;
        }
    }

    private sealed class Shard
    {
        public Lock Lock { get; } = new();

        public List<GrainCall> Calls { get; } = [];
    }
}
