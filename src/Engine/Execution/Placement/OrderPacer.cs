namespace Granary.Engine.Execution.Placement;

/// <summary>
/// Orders and amendments of one symbol within the last second. What only reduces (exits and stops), and cancels, never wait; what reduces is counted, so that
/// everything else waits for it.
/// </summary>
/// <param name="perSecondMax">Most in any second, 1 to 1,000.</param>
public sealed class OrderPacer(int perSecondMax)
{
    private const long WindowMs = 1_000;

    /// <summary>Times held; of more, the oldest is forgotten.</summary>
    private const int TimesMax = 4_096;

    private readonly Queue<long> _times = [];

    /// <summary>When the next may go, milliseconds since the Unix epoch, UTC; not after <paramref name="nowMs"/> when it may go now.</summary>
    public long NextMs(long nowMs)
    {
        Forget(nowMs);
        if (_times.Count < perSecondMax) return nowMs;

        // Reductions may have gone beyond the number: so many must be a second old that one fits.
        var index = _times.Count - perSecondMax;
        foreach (var time in _times)
        {
            if (index-- == 0) return time + WindowMs;
        }
        return nowMs;
    }

    /// <summary>Counts one that goes now.</summary>
    public void Add(long nowMs)
    {
        Forget(nowMs);
        if (_times.Count == TimesMax) _times.Dequeue();
        _times.Enqueue(nowMs);
    }

    private void Forget(long nowMs)
    {
        while (_times.TryPeek(out var oldest) && (oldest <= nowMs - WindowMs || oldest > nowMs)) _times.Dequeue();
    }
}
