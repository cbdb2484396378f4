using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// Merges consecutive diffs so that one goes out per interval of market time: U and pu of the first, u of the last, the newest quantity per level. The
/// first diff after a quiet interval goes out at once. At most one entry per price level of the interval is held.
/// </summary>
internal sealed class DepthAccumulator(int intervalMs)
{
    private readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, long> _asks = [];
    private DepthDiff? _first;
    private DepthDiff? _last;
    private long _publishedMs = long.MinValue / 2;

    /// <summary>Takes a diff.</summary>
    /// <returns>The diff to publish now, or null when it waits for the rest of the interval.</returns>
    public DepthDiff? Add(DepthDiff diff)
    {
        if (_first is null && IsDue(diff.TimeMs))
        {
            _publishedMs = diff.TimeMs;
            return diff;
        }
        _first ??= diff;
        _last = diff;
        foreach (var level in diff.Bids) _bids[level.PriceE8] = level.QuantityE8;
        foreach (var level in diff.Asks) _asks[level.PriceE8] = level.QuantityE8;
        return Flush(diff.TimeMs);
    }

    /// <summary>The merged diff if one waits and its interval is over, else null.</summary>
    public DepthDiff? Flush(long timeMs)
    {
        if (_first is null || _last is null || !IsDue(timeMs)) return null;
        var merged = new DepthDiff(_first.FirstUpdateId, _last.LastUpdateId, _first.PreviousUpdateId, _last.TimeMs, Levels(_bids), Levels(_asks));
        Clear();
        _publishedMs = timeMs;
        return merged;
    }

    /// <summary>Forgets what waits; for when nobody listens.</summary>
    public void Clear()
    {
        _first = _last = null;
        _bids.Clear();
        _asks.Clear();
    }

    private bool IsDue(long timeMs) => timeMs - _publishedMs >= intervalMs;

    private static DepthLevel[] Levels(SortedDictionary<long, long> side)
    {
        var levels = new List<DepthLevel>(side.Count);
        foreach (var (price, quantity) in side) levels.Add(new DepthLevel(price, quantity));
        return [.. levels];
    }
}
