using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// What one order may still do to the position. It ends only when the order is final and every fill that the venue reported has reached the position, so
/// between an order's last report and its fills the exposure is counted once, never zero times. Used again once it is over.
/// </summary>
internal sealed class Reservation
{
    internal string ClientOrderId { get; private set; } = "";

    internal string Symbol { get; private set; } = "";

    internal OrderSide Side { get; private set; }

    internal decimal Quantity { get; private set; }

    internal bool ReduceOnly { get; private set; }

    /// <summary>Price it was approved at; it is never valued lower while it is in flight.</summary>
    internal decimal Price { get; private set; }

    /// <summary>Price at which it may rest in the book; null for orders that never rest.</summary>
    internal decimal? RestingPrice { get; private set; }

    /// <summary>The approved order; null for foreign ones.</summary>
    internal Order? Source { get; private set; }

    internal long VenueOrderId { get; set; }

    /// <summary>Executed by the venue's word.</summary>
    internal decimal Executed { get; set; }

    /// <summary>Fills that have reached the position.</summary>
    internal decimal Applied { get; set; }

    internal bool IsFinal { get; set; }

    internal bool IsEntryCounted { get; set; }

    internal bool IsExternal => Source is null;

    /// <summary>Base units that may still trade or have traded without having reached the position.</summary>
    internal decimal Remaining => Math.Max((IsFinal ? Executed : Quantity) - Applied, 0);

    internal bool IsOver => IsFinal && Applied >= Executed;

    /// <summary>Makes it that of another order.</summary>
    internal void Begin(OrderRequest request, decimal price, Order? source)
    {
        ClientOrderId = request.ClientOrderId;
        Symbol = request.Symbol;
        Side = request.Side;
        Quantity = request.Quantity;
        ReduceOnly = request.ReduceOnly;
        Price = price;
        RestingPrice = Resting(request);
        Source = source;
        VenueOrderId = 0;
        (Executed, Applied) = (0, 0);
        (IsFinal, IsEntryCounted) = (false, false);
    }

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(ClientOrderId);
        writer.Write(Symbol);
        writer.Write((int)Side);
        writer.Write(Quantity);
        writer.Write(ReduceOnly);
        writer.Write(Price);
        writer.Write(Source is not null);
        if (Source is not null) writer.Write(Source);
        writer.Write(VenueOrderId);
        writer.Write(Executed);
        writer.Write(Applied);
        writer.Write(IsFinal);
        writer.Write(IsEntryCounted);
        writer.WriteNullable(RestingPrice);
    }

    /// <summary>Reads one; version 1 had no resting price of foreign orders.</summary>
    internal static Reservation Read(ref SnapshotReader reader, int version)
    {
        var reservation = new Reservation
        {
            ClientOrderId = reader.ReadString(),
            Symbol = reader.ReadString(),
            Side = (OrderSide)reader.ReadInt32(),
            Quantity = reader.ReadDecimal(),
            ReduceOnly = reader.ReadBoolean(),
            Price = reader.ReadDecimal(),
            Source = reader.ReadBoolean() ? reader.ReadOrder() : null,
            VenueOrderId = reader.ReadInt64(),
            Executed = reader.ReadDecimal(),
            Applied = reader.ReadDecimal(),
            IsFinal = reader.ReadBoolean(),
            IsEntryCounted = reader.ReadBoolean(),
        };
        if (reservation.Side is not (OrderSide.Buy or OrderSide.Sell))
            throw new InvalidDataException($"snapshot is damaged: order {reservation.ClientOrderId} has side {reservation.Side}");
        reservation.RestingPrice = version >= 2 ? reader.ReadNullableDecimal() : Resting(reservation.Source?.Request);
        return reservation;
    }

    private static decimal? Resting(OrderRequest? request) =>
        request is { Type: OrderType.Limit, TimeInForce: TimeInForce.Gtc or TimeInForce.Gtx } ? request.Price : null;
}
