using Granary.Venues.Ports;

namespace Granary.Venues.Binance;

/// <summary>
/// Queries that wait for weight, the most urgent first and among equals the one that has waited longest; none overtakes one that is before it. Orders and
/// cancels
/// never wait here: they take what is reserved for them, or are told at once that they were not sent.
/// </summary>
internal sealed class WeightQueue(WeightBudget budget, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedSet<Ticket> _waiting = new(Comparer<Ticket>.Create(static (a, b) =>
        a.Priority != b.Priority ? a.Priority.CompareTo(b.Priority) : a.Number.CompareTo(b.Number)));

    private long _tickets;

    /// <summary>Queries that wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Takes weight, waiting for it.</summary>
    /// <param name="weight">What the request costs.</param>
    /// <param name="priority">How urgent it is.</param>
    /// <param name="waitMax">Longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Zero, or how long the limit still stands where that is longer than may be waited: then nothing was taken.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async ValueTask<TimeSpan> TakeAsync(int weight, CallPriority priority, TimeSpan waitMax, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        Ticket ticket;
        lock (_gate)
        {
            ticket = new Ticket(priority, ++_tickets);
            _waiting.Add(ticket);
        }
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var wait = TimeSpan.Zero;
                using var nap = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                lock (_gate)
                {
                    var isNext = _waiting.Min == ticket;
                    if (isNext && budget.TryTake(weight, priority, out wait)) return TimeSpan.Zero;
                    var left = waitMax - time.GetElapsedTime(started);
                    // One that is not next is woken when it is; until then it only has its patience.
                    if (!isNext) wait = left;
                    if (wait > left || wait <= TimeSpan.Zero) return wait > TimeSpan.Zero ? wait : budget.WindowLeft;
                    ticket.Nap = nap;
                }
                try
                {
                    await Task.Delay(wait, time, nap.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    // It is this one's turn. On a turn of its own: here it may run inside the one that woke it.
                    await Task.Yield();
                }
                finally
                {
                    lock (_gate) ticket.Nap = null;
                }
            }
        }
        finally
        {
            CancellationTokenSource? next;
            lock (_gate)
            {
                _waiting.Remove(ticket);
                next = _waiting.Min?.Nap;
            }
            try
            {
                next?.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It woke by itself and looks again.
            }
        }
    }

    private sealed class Ticket(CallPriority priority, long number)
    {
        public CallPriority Priority => priority;

        public long Number => number;

        /// <summary>Set while it sleeps: cancelling it wakes the sleeper.</summary>
        public CancellationTokenSource? Nap { get; set; }
    }
}
