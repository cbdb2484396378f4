using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// A symbol's book, kept from a snapshot and the diffs after it, for the partial-depth streams: events arrive inside the exchange's gate, where asking
/// for a snapshot is forbidden, so the snapshot is taken outside and the diffs that came meanwhile are applied to it.
/// </summary>
internal sealed class LocalBook
{
    /// <summary>Levels of the seeding snapshot. Levels beyond show only once they change, far below the 20 that are published.</summary>
    public const int SnapshotLevels = 1000;

    private const int BufferedMax = 4096;

    private readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, long> _asks = [];
    private readonly Queue<DepthDiff> _buffered = new();
    private long _lastUpdateId;

    /// <summary>Whether diffs are being kept.</summary>
    public bool IsTracking { get; private set; }

    /// <summary>Whether the book is whole.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Begins to keep diffs; a snapshot must follow.</summary>
    public void Start()
    {
        Stop();
        IsTracking = true;
    }

    public void Stop()
    {
        IsTracking = IsLive = false;
        _buffered.Clear();
        _bids.Clear();
        _asks.Clear();
    }

    /// <summary>Applies a snapshot and the diffs kept since <see cref="Start"/>.</summary>
    /// <returns>False when the diffs do not follow the snapshot: the book must be seeded again.</returns>
    public bool Seed(DepthSnapshot snapshot)
    {
        if (!IsTracking || IsLive) return true;
        foreach (var level in snapshot.Bids) _bids[level.PriceE8] = level.QuantityE8;
        foreach (var level in snapshot.Asks) _asks[level.PriceE8] = level.QuantityE8;
        _lastUpdateId = snapshot.LastUpdateId;
        IsLive = true;
        while (_buffered.TryDequeue(out var diff))
        {
            if (!Apply(diff)) return false;
        }
        return true;
    }

    /// <summary>Takes the next diff.</summary>
    /// <returns>False when the diff does not follow the book: it must be seeded again.</returns>
    public bool Apply(DepthDiff diff)
    {
        if (!IsTracking) return true;
        if (!IsLive)
        {
            // The oldest go first: if a snapshot turns out older than what is left, the gap is seen and the book is seeded again.
            if (_buffered.Count == BufferedMax) _buffered.Dequeue();
            _buffered.Enqueue(diff);
            return true;
        }
        if (diff.LastUpdateId <= _lastUpdateId) return true;
        if (diff.PreviousUpdateId > _lastUpdateId)
        {
            Start();
            _buffered.Enqueue(diff);
            return false;
        }
        Apply(_bids, diff.Bids);
        Apply(_asks, diff.Asks);
        _lastUpdateId = diff.LastUpdateId;
        return true;
    }

    public IEnumerable<DepthLevel> Bids(int levels) => _bids.Take(levels).Select(level => new DepthLevel(level.Key, level.Value));

    public IEnumerable<DepthLevel> Asks(int levels) => _asks.Take(levels).Select(level => new DepthLevel(level.Key, level.Value));

    private static void Apply(SortedDictionary<long, long> side, IReadOnlyList<DepthLevel> levels)
    {
        foreach (var level in levels)
        {
            if (level.QuantityE8 == 0) side.Remove(level.PriceE8);
            else side[level.PriceE8] = level.QuantityE8;
        }
    }
}
