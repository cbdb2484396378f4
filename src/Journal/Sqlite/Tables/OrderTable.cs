using System.Data;
using Granary.Engine.Orders;
using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>Order states (order_events) and each order's latest one (orders).</summary>
internal static class OrderTable
{
    public const int ColumnCount = 21;

    public const string Columns =
        "account, client_order_id, sequence, symbol, strategy, intent_id, purpose, side, type, time_in_force, quantity, price, reduce_only, atr, stop_price, "
        + "status, venue_order_id, executed_quantity, detail, market_time_ms, time_ms";

    /// <summary>Updates every column but the identity and first_seq.</summary>
    public const string UpdateColumns =
        "sequence = excluded.sequence, symbol = excluded.symbol, strategy = excluded.strategy, intent_id = excluded.intent_id, purpose = excluded.purpose, "
        + "side = excluded.side, type = excluded.type, time_in_force = excluded.time_in_force, quantity = excluded.quantity, price = excluded.price, "
        + "reduce_only = excluded.reduce_only, atr = excluded.atr, stop_price = excluded.stop_price, status = excluded.status, "
        + "venue_order_id = excluded.venue_order_id, executed_quantity = excluded.executed_quantity, detail = excluded.detail, "
        + "market_time_ms = excluded.market_time_ms, time_ms = excluded.time_ms, last_seq = excluded.last_seq, is_live = excluded.is_live";

    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public static object[] Values(OrderRecord r) =>
    [
        Cells.Key(r.Account, "order Account"), Cells.Key(r.ClientOrderId, "order ClientOrderId"), r.Sequence, Cells.Key(r.Symbol, "order Symbol"),
        Cells.Text(r.Strategy, "order Strategy"), Cells.Text(r.IntentId, "order IntentId"), Cells.Text(r.Purpose, "order Purpose"),
        Cells.Text(r.Side, "order Side"), Cells.Text(r.Type, "order Type"), Cells.Text(r.TimeInForce, "order TimeInForce"), Cells.Decimal(r.Quantity),
        Cells.Decimal(r.Price), r.ReduceOnly, Cells.Double(r.Atr, "order Atr"), Cells.Decimal(r.StopPrice), Cells.Key(r.Status, "order Status"),
        r.VenueOrderId, Cells.Decimal(r.ExecutedQuantity), Cells.Text(r.Detail, "order Detail"), r.MarketTimeMs, r.TimeMs,
    ];

    /// <exception cref="ArgumentException">The status is no name of <see cref="OrderStatus"/>.</exception>
    public static bool IsLive(OrderRecord r)
    {
        if (!Enum.TryParse<OrderStatus>(r.Status, out var status) || status.ToString() != r.Status)
            throw new ArgumentException($"order Status is {r.Status}: use a name of {nameof(OrderStatus)}", nameof(r));
        return status.IsLive();
    }

    public static OrderRecord Read(IDataRecord row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
        row.GetString(8), row.GetString(9), Cells.ReadDecimal(row, 10), Cells.ReadDecimalOrNull(row, 11), Cells.ReadFlag(row, 12),
        Cells.ReadDoubleOrNull(row, 13), Cells.ReadDecimalOrNull(row, 14), row.GetString(15), row.GetInt64(16), Cells.ReadDecimal(row, 17),
        row.GetString(18), row.GetInt64(19), row.GetInt64(20));
}
