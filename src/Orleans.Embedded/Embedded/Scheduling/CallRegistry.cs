using Orleans.Embedded.Calls;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Scheduling;

/// <summary>
/// Finds calls that were not answered in time without touching a shared structure at every call. A call object is registered once and stays so while each
/// scan finds it under way; a scan takes out those that are not. The clock is read by the scan only: the first scan that sees a call sets its deadline, so
/// that a timeout comes up to two scan periods late and never early. There is one registry for all silos of a process, because call objects go from one to
/// another through their pools; a scan ends the calls of its own silo only.
/// </summary>
internal sealed class CallRegistry
{
    private const int Unregistered = 0;
    private const int Registered = 1;
    private const int Leaving = 2;

    private readonly Shard[] _shards;

    private CallRegistry()
    {
        _shards = new Shard[Math.Max(1, Environment.ProcessorCount)];
        for (var index = 0; index < _shards.Length; index++) _shards[index] = new Shard();
    }

    public static CallRegistry Shared { get; } = new();

    /// <summary>A silo's calls under way; a snapshot that others change meanwhile.</summary>
    public IEnumerable<GrainCall> PendingOf(EmbeddedSilo silo)
    {
        foreach (var shard in _shards)
        {
            GrainCall[] calls;
            lock (shard.Lock) calls = [.. shard.Calls];
            foreach (var call in calls)
            {
                if (call.IsLive && ReferenceEquals(call.Target?.Silo, silo)) yield return call;
            }
        }
    }

    /// <summary>A call is about to be sent. Its status is pending and a full fence lies between that and this.</summary>
    public void Track(GrainCall call)
    {
        if (Volatile.Read(ref call.Tracking) != Registered) Register(call);
    }

    /// <summary>Ends the calls of a silo whose time is over.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="now">Timestamp of the silo's clock.</param>
    public void Scan(EmbeddedSilo silo, long now)
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
                    if (GrainCall.StatusOf(word) == CallStatus.Pending)
                    {
                        if (LateBy(call, word, silo, now) is { } timeout) (late ??= []).Add((call, word, timeout));
                        continue;
                    }

                    if (!TryLeave(call)) continue;
                    calls[index] = calls[^1];
                    calls.RemoveAt(calls.Count - 1);
                }
            }
        }

        if (late is not null) Abandon(silo, late);
    }

    /// <summary>The timeout of a call whose time is over, or null. Sets the deadline of a call that is seen for the first time.</summary>
    private static TimeSpan? LateBy(GrainCall call, int word, EmbeddedSilo silo, long now)
    {
        if (!ReferenceEquals(call.Target?.Silo, silo)) return null;
        var timeout = call.Method.Timeout ?? silo.MessagingOptions.ResponseTimeout;
        var deadline = now + (long)(timeout.TotalSeconds * silo.TimeProvider.TimestampFrequency);
        if (call.Deadline == 0)
        {
            call.Deadline = deadline;
            return null;
        }

        if (now < call.Deadline || call.Word != word) return null;

        // Not this one again, unless the object is used for another call meanwhile: then that one has its full time.
        call.Deadline = deadline;
        return timeout;
    }

    /// <summary>Whoever awaited goes on elsewhere: the scan must not wait for it.</summary>
    private void Abandon(EmbeddedSilo silo, List<(GrainCall Call, int Word, TimeSpan Timeout)> late)
    {
        var pending = PendingOf(silo).ToArray();
        foreach (var (call, word, timeout) in late)
        {
            var exception = CallTimeout.Create(call, timeout, pending);
            ThreadPool.UnsafeQueueUserWorkItem(static state => Abandon(state.silo, state.call, state.word, state.exception), (silo, call, word, exception), preferLocal: false);
        }
    }

    private static void Abandon(EmbeddedSilo silo, GrainCall call, int word, TimeoutException exception)
    {
        if (call.TryAbandon(word, exception)) Interlocked.Increment(ref silo.Scheduler.Counters.TimeoutCount);
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
