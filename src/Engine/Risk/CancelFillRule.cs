using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// Own orders that ended without a fill against those that had one, over a rolling window (now - length, now]: above the limit the venue sees an account that
/// only moves its quotes. Refused orders never existed and do not count. At most <see cref="OrdersMax"/> are held; when full the oldest is forgotten.
/// </summary>
/// <param name="ratioMax">Largest ratio; an account without a fill is judged as if it had one.</param>
/// <param name="countMin">Orders without a fill below which nothing is judged.</param>
/// <param name="windowMs">Length of the window, milliseconds.</param>
internal sealed class CancelFillRule(decimal ratioMax, int countMin, long windowMs)
{
    internal const int OrdersMax = 4096;

    private readonly Queue<(long TimeMs, bool IsFilled)> _orders = [];

    /// <summary>Orders in the window that ended without a fill.</summary>
    internal int Unfilled { get; private set; }

    /// <summary>Orders in the window that had one.</summary>
    internal int Filled => _orders.Count - Unfilled;

    internal void Add(long timeMs, bool isFilled)
    {
        Advance(timeMs);
        if (_orders.Count == OrdersMax) Drop();
        _orders.Enqueue((timeMs, isFilled));
        if (!isFilled) Unfilled++;
    }

    /// <summary>Whether the ratio is above the limit.</summary>
    internal bool IsAbove(long nowMs)
    {
        Advance(nowMs);
        return Unfilled >= countMin && Unfilled > ratioMax * Math.Max(Filled, 1);
    }

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(_orders.Count);
        foreach (var (timeMs, isFilled) in _orders)
        {
            writer.Write(timeMs);
            writer.Write(isFilled);
        }
    }

    internal void Read(ref SnapshotReader reader)
    {
        _orders.Clear();
        Unfilled = 0;
        for (var i = reader.ReadCount(OrdersMax, "ended orders"); i > 0; i--)
        {
            var (timeMs, isFilled) = (reader.ReadInt64(), reader.ReadBoolean());
            _orders.Enqueue((timeMs, isFilled));
            if (!isFilled) Unfilled++;
        }
    }

    private void Advance(long nowMs)
    {
        while (_orders.Count > 0 && _orders.Peek().TimeMs <= nowMs - windowMs) Drop();
    }

    private void Drop()
    {
        if (!_orders.Dequeue().IsFilled) Unfilled--;
    }
}
