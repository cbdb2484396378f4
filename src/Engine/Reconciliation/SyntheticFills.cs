using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Reconciliation;

/// <summary>
/// Fills that were inferred because the venue's history could not show them. Their trade ids are below zero, which no venue's are, and count downwards, so that
/// none is ever used twice; their client ids say what they are, or are those of the orders that lacked them. Each holds for every fill up to a moment: a real fill from before it that turns up later is
/// already contained in the position, so it is booked together with one that takes the same quantity back. The position never moves, nothing counts twice, and
/// once all is known the synthetic ones sum up to nothing.
/// </summary>
public sealed class SyntheticFills
{
    private const string Prefix = "synthetic/";
    private const string Replaced = "/of/";
    private const string Asset = "USDT";

    /// <summary>Orders remembered that fills were inferred for; the oldest is forgotten beyond it.</summary>
    private const int OrdersMax = 1_024;

    private readonly List<string> _orders = [];
    private long _last;
    private long _untilMs = long.MinValue;
    private decimal _price;

    /// <summary>Whether a trade id is a synthetic fill's.</summary>
    public static bool IsSynthetic(long tradeId) => tradeId < 0;

    /// <summary>Whether a synthetic fill takes back what a real one, that turned up late, brings.</summary>
    public static bool IsReplacement(long tradeId, string clientOrderId) => IsSynthetic(tradeId) && clientOrderId.Contains(Replaced, StringComparison.Ordinal);

    /// <summary>Whether a fill was inferred for the order: it lacks none any more, and what takes that fill back is the order's too.</summary>
    public bool IsInferredFor(string clientOrderId) => clientOrderId.Length > 0 && _orders.Contains(clientOrderId);

    /// <summary>Makes a fill of what was inferred.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="step">What was inferred.</param>
    /// <param name="venueOrderId">The venue's id of the order that lacked it, or 0.</param>
    public Fill Make(string symbol, ReconcileStep.InferFill step, long venueOrderId = 0)
    {
        var id = _last - 1;
        return new Fill(
            symbol, id, step.ClientOrderId.Length > 0 ? step.ClientOrderId : Prefix + (-id), venueOrderId, step.SignedQuantity > 0 ? OrderSide.Buy : OrderSide.Sell, step.Price, Math.Abs(step.SignedQuantity), 0, Asset, 0,
            false, step.UntilMs);
    }

    /// <summary>Takes note of a synthetic fill, new or journalled; real ones are ignored.</summary>
    public void Take(Fill fill)
    {
        if (!IsSynthetic(fill.TradeId)) return;
        _last = Math.Min(_last, fill.TradeId);
        if (IsReplacement(fill.TradeId, fill.ClientOrderId)) return;
        _untilMs = Math.Max(_untilMs, fill.TimeMs);
        _price = fill.Price;
        if (fill.ClientOrderId.StartsWith(Prefix, StringComparison.Ordinal) || _orders.Contains(fill.ClientOrderId)) return;
        if (_orders.Count == OrdersMax) _orders.RemoveAt(0);
        _orders.Add(fill.ClientOrderId);
    }

    /// <summary>The fill that takes back what a real one brings, where the synthetic ones contain it already; null where they do not.</summary>
    /// <param name="real">A fill of the venue that was not counted yet.</param>
    public Fill? Replace(Fill real)
    {
        if (IsSynthetic(real.TradeId) || real.TimeMs > _untilMs) return null;
        var id = _last - 1;
        return real with
        {
            TradeId = id,
            ClientOrderId = $"{Prefix}{-id}{Replaced}{real.TradeId}",
            VenueOrderId = 0,
            Side = real.Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy,
            Price = _price,
            Fee = 0,
            RealizedPnl = 0,
            IsMaker = false,
        };
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("synthetic-fills", 1);
        writer.Write(_last);
        writer.Write(_untilMs);
        writer.Write(_price);
        writer.Write(_orders.Count);
        foreach (var order in _orders) writer.Write(order);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("synthetic-fills", 1);
        _last = reader.ReadInt64();
        if (_last > 0) throw new InvalidDataException($"synthetic fills snapshot is damaged: its last id is {_last}, expected 0 or below");
        _untilMs = reader.ReadInt64();
        _price = reader.ReadDecimal();
        _orders.Clear();
        for (var i = reader.ReadCount(OrdersMax, "orders of synthetic fills"); i > 0; i--) _orders.Add(reader.ReadString());
    }
}
