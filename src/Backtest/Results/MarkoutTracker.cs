namespace Granary.Backtest.Results;

/// <summary>Waits after each fill of a resting order, and notes how far the price has moved by then. Bounded: the oldest waiting fills are forgotten.</summary>
internal sealed class MarkoutTracker
{
    private const int WaitingMax = 65_536;

    private static readonly long[] HorizonsMs = [1_000, 10_000, 60_000];

    private readonly Queue<(long DueMs, int Sign, decimal Price)>[] _waiting = [.. HorizonsMs.Select(_ => new Queue<(long, int, decimal)>())];
    private readonly double[] _sums = new double[HorizonsMs.Length];
    private readonly int[] _counts = new int[HorizonsMs.Length];

    /// <summary>When the first waiting fill is due; long.MaxValue without one.</summary>
    public long NextMs { get; private set; } = long.MaxValue;

    public void Add(long timeMs, int sign, decimal price)
    {
        for (var i = 0; i < HorizonsMs.Length; i++)
        {
            if (_waiting[i].Count == WaitingMax) _waiting[i].Dequeue();
            _waiting[i].Enqueue((timeMs + HorizonsMs[i], sign, price));
        }
        FindNext();
    }

    /// <summary>Takes the price as of a time: the last one before it.</summary>
    public void Settle(long nowMs, decimal price)
    {
        for (var i = 0; i < HorizonsMs.Length; i++)
        {
            while (_waiting[i].TryPeek(out var fill) && fill.DueMs <= nowMs)
            {
                _waiting[i].Dequeue();
                _sums[i] += fill.Sign * (double)((price - fill.Price) / fill.Price);
                _counts[i]++;
            }
        }
        FindNext();
    }

    public static IReadOnlyList<Markout> Collect(IEnumerable<MarkoutTracker> trackers)
    {
        var all = trackers.ToList();
        return [.. HorizonsMs.Select((horizon, i) =>
        {
            var count = all.Sum(t => t._counts[i]);
            return new Markout(horizon, count, count == 0 ? null : all.Sum(t => t._sums[i]) / count);
        })];
    }

    private void FindNext()
    {
        NextMs = long.MaxValue;
        foreach (var queue in _waiting)
        {
            if (queue.TryPeek(out var fill)) NextMs = Math.Min(NextMs, fill.DueMs);
        }
    }
}
