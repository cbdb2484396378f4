using Granary.Engine.Orders;
using Granary.Tape;

namespace Granary.Exchange.Markets;

/// <summary>
/// A book rebuilt from captured diffs and the REST snapshot among them. Until the snapshot comes it holds what the diffs have told; diffs from before it
/// are kept, at most <see cref="BufferedMax"/>, and laid over it. If more than that come without a snapshot, the book stays what the diffs tell.
/// </summary>
internal sealed class CapturedBook
{
    public const int BufferedMax = 10_000;

    private readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, long> _asks = [];
    private List<DepthUpdate>? _buffered = [];

    public long UpdateId { get; private set; }

    /// <summary>Rises with every change.</summary>
    public long Version { get; private set; }

    public void Apply(DepthUpdate update)
    {
        if (_buffered is not null)
        {
            _buffered.Add(update);
            if (_buffered.Count > BufferedMax) _buffered = null;
        }
        if (update.FinalUpdateId <= UpdateId) return;
        Version++;
        UpdateId = update.FinalUpdateId;
        Set(_bids, update.Bids);
        Set(_asks, update.Asks);
    }

    /// <summary>Takes the first snapshot; false for later ones, which the diffs have made superfluous.</summary>
    public bool Apply(DepthSnapshot snapshot)
    {
        if (_buffered is null) return false;
        Version++;
        _bids.Clear();
        _asks.Clear();
        Set(_bids, snapshot.Bids);
        Set(_asks, snapshot.Asks);
        UpdateId = snapshot.LastUpdateId;
        var buffered = _buffered;
        _buffered = null;
        foreach (var update in buffered) Apply(update);
        return true;
    }

    /// <summary>Quantity at a price, times 10^8; 0 where nothing is known.</summary>
    public long QuantityAt(OrderSide side, long priceE8) => (side == OrderSide.Buy ? _bids : _asks).GetValueOrDefault(priceE8);

    public Contracts.DepthLevel[] Bids(int limit) => Levels(_bids, limit);

    public Contracts.DepthLevel[] Asks(int limit) => Levels(_asks, limit);

    private static void Set(SortedDictionary<long, long> side, DepthLevel[] levels)
    {
        foreach (var level in levels)
        {
            if (level.QuantityE8 == 0) side.Remove(level.PriceE8);
            else side[level.PriceE8] = level.QuantityE8;
        }
    }

    private static Contracts.DepthLevel[] Levels(SortedDictionary<long, long> side, int limit)
    {
        var levels = new Contracts.DepthLevel[Math.Clamp(limit, 0, side.Count)];
        var i = 0;
        foreach (var (price, quantity) in side)
        {
            if (i == levels.Length) break;
            levels[i++] = new Contracts.DepthLevel(price, quantity);
        }
        return levels;
    }
}
