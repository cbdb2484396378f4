using Granary.Engine.Risk;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Orders;

/// <summary>Values that may be missing, and the order records, in snapshots.</summary>
internal static class SnapshotValues
{
    internal static void WriteNullable(this SnapshotWriter writer, decimal? value)
    {
        writer.Write(value.HasValue);
        if (value.HasValue) writer.Write(value.Value);
    }

    internal static void WriteNullable(this SnapshotWriter writer, double? value)
    {
        writer.Write(value.HasValue);
        if (value.HasValue) writer.Write(value.Value);
    }

    internal static decimal? ReadNullableDecimal(this ref SnapshotReader reader) => reader.ReadBoolean() ? reader.ReadDecimal() : null;

    internal static double? ReadNullableDouble(this ref SnapshotReader reader) => reader.ReadBoolean() ? reader.ReadDouble() : null;

    /// <summary>Reads a count that must lie between 0 and a bound, so that a damaged snapshot cannot make a kernel allocate without limit.</summary>
    internal static int ReadCount(this ref SnapshotReader reader, int max, string what)
    {
        var count = reader.ReadInt32();
        return count >= 0 && count <= max ? count : throw new InvalidDataException($"snapshot has {count} {what}, at most {max} fit");
    }

    internal static void Write(this SnapshotWriter writer, OrderRequest request)
    {
        writer.Write(request.ClientOrderId);
        writer.Write(request.Symbol);
        writer.Write((int)request.Side);
        writer.Write((int)request.Type);
        writer.Write((int)request.TimeInForce);
        writer.Write(request.Quantity);
        writer.WriteNullable(request.Price);
        writer.Write(request.ReduceOnly);
    }

    internal static OrderRequest ReadRequest(this ref SnapshotReader reader) => new(
        reader.ReadString(), reader.ReadString(), (OrderSide)reader.ReadInt32(), (OrderType)reader.ReadInt32(), (TimeInForce)reader.ReadInt32(),
        reader.ReadDecimal(), reader.ReadNullableDecimal(), reader.ReadBoolean());

    internal static void Write(this SnapshotWriter writer, Order order)
    {
        writer.Write(order.Request);
        writer.Write(order.Account);
        writer.Write(order.Strategy);
        writer.Write(order.IntentId);
        writer.Write((int)order.Purpose);
        writer.WriteNullable(order.Atr);
        writer.WriteNullable(order.StopPrice);
        writer.Write(order.MarketTimeMs);
    }

    internal static Order ReadOrder(this ref SnapshotReader reader) => new(
        reader.ReadRequest(), reader.ReadString(), reader.ReadString(), reader.ReadString(), (ProposalKind)reader.ReadInt32(),
        reader.ReadNullableDouble(), reader.ReadNullableDecimal(), reader.ReadInt64());

    internal static void Write(this SnapshotWriter writer, Fill fill)
    {
        writer.Write(fill.Symbol);
        writer.Write(fill.TradeId);
        writer.Write(fill.ClientOrderId);
        writer.Write(fill.VenueOrderId);
        writer.Write((int)fill.Side);
        writer.Write(fill.Price);
        writer.Write(fill.Quantity);
        writer.Write(fill.Fee);
        writer.Write(fill.FeeAsset);
        writer.Write(fill.RealizedPnl);
        writer.Write(fill.IsMaker);
        writer.Write(fill.TimeMs);
    }

    internal static Fill ReadFill(this ref SnapshotReader reader) => new(
        reader.ReadString(), reader.ReadInt64(), reader.ReadString(), reader.ReadInt64(), (OrderSide)reader.ReadInt32(), reader.ReadDecimal(),
        reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadString(), reader.ReadDecimal(), reader.ReadBoolean(), reader.ReadInt64());
}
