using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// What one order may still do to the position. It ends only when the order is final and every fill that the venue reported has reached the position, so
/// between an order's last report and its fills the exposure is counted once, never zero times.
/// </summary>
internal sealed class Reservation
{
    internal required string ClientOrderId { get; init; }

    internal required string Symbol { get; init; }

    internal required OrderSide Side { get; init; }

    internal required decimal Quantity { get; init; }

    internal required bool ReduceOnly { get; init; }

    /// <summary>Price it was approved at; it is never valued lower while it is in flight.</summary>
    internal required decimal Price { get; init; }

    /// <summary>The approved order; null for foreign ones.</summary>
    internal required Order? Source { get; init; }

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
    }

    internal static Reservation Read(ref SnapshotReader reader) => new()
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
}
