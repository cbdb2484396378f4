using Granary.Engine.Orders;

namespace Granary.Exchange.Matching;

/// <summary>
/// The price levels of one side: a treap for finding (expected O(log n)) whose nodes also form a list from best to worst, so that the best level and
/// the next worse one are O(1). Levels are reused, at most <see cref="PoolMax"/> of them are kept.
/// </summary>
internal sealed class BookSide(OrderSide side)
{
    public const int PoolMax = 4096;

    private readonly long _keySign = side == OrderSide.Buy ? -1 : 1;
    private PriceLevel? _root;
    private PriceLevel? _pool;
    private int _pooled;

    public PriceLevel? Best { get; private set; }

    public int Count { get; private set; }

    public PriceLevel? Find(long priceE8)
    {
        var key = _keySign * priceE8;
        var node = _root;
        while (node is not null && node.Key != key) node = key < node.Key ? node.Left : node.Right;
        return node;
    }

    public PriceLevel GetOrAdd(long priceE8)
    {
        var key = _keySign * priceE8;
        if (Best is { } best && best.Key == key) return best;
        PriceLevel? better = null;
        PriceLevel? worse = null;
        for (var node = _root; node is not null;)
        {
            if (node.Key == key) return node;
            if (key < node.Key)
            {
                worse = node;
                node = node.Left;
            }
            else
            {
                better = node;
                node = node.Right;
            }
        }
        var level = Rent(priceE8, key);
        level.Better = better;
        level.Worse = worse;
        if (better is null) Best = level;
        else better.Worse = level;
        if (worse is not null) worse.Better = level;
        InsertNode(level);
        Count++;
        return level;
    }

    public void Remove(PriceLevel level)
    {
        if (level.Better is null) Best = level.Worse;
        else level.Better.Worse = level.Worse;
        if (level.Worse is not null) level.Worse.Better = level.Better;
        RemoveNode(level);
        Count--;
        Return(level);
    }

    private void InsertNode(PriceLevel level)
    {
        ref var slot = ref _root;
        while (slot is not null && slot.Priority >= level.Priority)
        {
            if (level.Key < slot.Key) slot = ref slot.Left;
            else slot = ref slot.Right;
        }
        var rest = slot;
        slot = level;
        ref var left = ref level.Left;
        ref var right = ref level.Right;
        while (rest is not null)
        {
            if (rest.Key < level.Key)
            {
                left = rest;
                left = ref rest.Right;
                rest = rest.Right;
            }
            else
            {
                right = rest;
                right = ref rest.Left;
                rest = rest.Left;
            }
        }
        left = null;
        right = null;
    }

    private void RemoveNode(PriceLevel level)
    {
        ref var slot = ref _root;
        while (slot != level)
        {
            if (level.Key < slot!.Key) slot = ref slot.Left;
            else slot = ref slot.Right;
        }
        var left = level.Left;
        var right = level.Right;
        while (left is not null && right is not null)
        {
            if (left.Priority >= right.Priority)
            {
                slot = left;
                slot = ref left.Right;
                left = left.Right;
            }
            else
            {
                slot = right;
                slot = ref right.Left;
                right = right.Left;
            }
        }
        slot = left ?? right;
    }

    private PriceLevel Rent(long priceE8, long key)
    {
        var level = _pool;
        if (level is null)
        {
            level = new PriceLevel();
        }
        else
        {
            _pool = level.Worse;
            _pooled--;
        }
        level.PriceE8 = priceE8;
        level.Key = key;
        level.QuantityE8 = 0;
        var hash = (ulong)priceE8 * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        level.Priority = hash ^ (hash >> 32);
        return level;
    }

    private void Return(PriceLevel level)
    {
        level.Better = level.Left = level.Right = level.Worse = null;
        if (_pooled == PoolMax) return;
        level.Worse = _pool;
        _pool = level;
        _pooled++;
    }
}
