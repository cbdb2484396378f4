using Orleans.Embedded.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <content>
/// What a watchdog sees, and what it can do about an activation that does not go on: leave it behind. Its turns cannot be ended from outside; what wakes up
/// late runs on, and can neither call a grain nor set a timer any more.
/// </content>
internal sealed partial class Activation
{
    private const uint NotBusy = uint.MaxValue;

    private uint _busySince = NotBusy;
    private int _abandoned;

    /// <summary>Whether it was left behind. From any thread.</summary>
    public bool IsAbandoned => Volatile.Read(ref _abandoned) != 0;

    /// <summary>When the turn under way began, in the system's timestamps; 0 for none. Written by the scheduler alone.</summary>
    public long TurnTimestamp { get; set; }

    /// <summary>What is to be seen from outside, good to about a second.</summary>
    public ActivationStatistics Look()
    {
        var now = Silo.Scheduler.CoarseSeconds;
        var turn = TurnTimestamp;
        var timers = 0L;
        foreach (var timer in _extras?.Timers ?? []) timers = Math.Max(timers, Since(timer.BusySince, now));
        return new ActivationStatistics(
            GrainId, QueuedCount, TimeSpan.FromSeconds(Since(Volatile.Read(ref _busySince), now)), TimeSpan.FromSeconds(timers),
            turn == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(turn));
    }

    /// <summary>Leaves the activation behind: the next call makes another one. Those who wait for a call that has begun get an error.</summary>
    /// <param name="reason">What they are told.</param>
    /// <returns>Whether it was not left behind before.</returns>
    public bool Abandon(string reason)
    {
        if (Interlocked.Exchange(ref _abandoned, 1) != 0) return false;
        Class.Remove(this);

        // While a thread is held in a turn, nothing behind it can be handed on.
        var isHeld = TurnTimestamp != 0 && !ReferenceEquals(Current, this);
        foreach (var call in Silo.Scheduler.PendingCalls.ToList())
        {
            var word = call.Word;
            if (!ReferenceEquals(call.Target, this) || (!call.IsStarted && !isHeld)) continue;
            call.TryAbandon(word, new TimeoutException($"{GrainId} was left behind: {reason}; whether {call.Method.Name} ran is unknown."));
        }

        Push(new ActionItem("abandon", static activation => activation.EndAbandoned()), false);
        return true;
    }

    private static long Since(uint seconds, uint now) => seconds == NotBusy ? 0 : Math.Max(0L, (long)now - seconds);

    private void EndAbandoned()
    {
        if (_state == ActivationState.Ended) return;
        foreach (var timer in _extras?.Timers ?? []) timer.Dispose();
        EndNow();
    }

    private void BeginBusy() => Volatile.Write(ref _busySince, Silo.Scheduler.CoarseSeconds);

    private void EndBusy() => Volatile.Write(ref _busySince, NotBusy);
}
