using Granary.Journal.Records;
using Granary.Journal.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Sqlite.Writing;

/// <summary>Writes records inside the transaction that its caller opened, and numbers them.</summary>
internal sealed class RecordWriter : IDisposable
{
    private static readonly string[] NumberedTables =
        ["order_events", "fills", "decisions", "positions", "equity", "incidents", "trading_states", "snapshots", "order_costs"];

    private readonly Statement _orderEvent, _order, _fill, _decision, _position, _equity, _incident, _tradingState, _snapshot, _orderCost;

    public RecordWriter(SqliteConnection connection)
    {
        _orderEvent = Insert(connection, "order_events", OrderTable.Columns, "");
        _order = new Statement(
            connection,
            $"INSERT INTO orders ({OrderTable.Columns}, first_seq, last_seq, is_live) VALUES ({Statement.Places(OrderTable.ColumnCount + 3)}) "
            + $"ON CONFLICT (account, client_order_id) DO UPDATE SET {OrderTable.UpdateColumns}",
            OrderTable.ColumnCount + 3);
        _fill = Insert(connection, "fills", FillTable.Columns, "ON CONFLICT (account, symbol, trade_id) DO NOTHING");
        _decision = Insert(
            connection, "decisions", DecisionTable.Columns, "ON CONFLICT (account, intent_id, outcome, reason) WHERE intent_id <> '' DO NOTHING");
        _position = Insert(connection, "positions", PositionTable.Columns, "");
        _equity = Insert(connection, "equity", EquityTable.Columns, "");
        _incident = Insert(connection, "incidents", IncidentTable.Columns, "");
        _tradingState = Insert(connection, "trading_states", TradingStateTable.Columns, "");
        _snapshot = Insert(
            connection, "snapshots", SnapshotTable.Columns,
            "ON CONFLICT (owner) DO UPDATE SET bytes = excluded.bytes, time_ms = excluded.time_ms, seq = excluded.seq");
        _orderCost = new Statement(
            connection,
            $"INSERT INTO order_costs ({OrderCostTable.Columns}, first_seq, seq) VALUES ({Statement.Places(OrderCostTable.ColumnCount + 2)}) "
            + $"ON CONFLICT (account, client_order_id) DO UPDATE SET {OrderCostTable.UpdateColumns}",
            OrderCostTable.ColumnCount + 2);

        var maxima = string.Join(" UNION ALL ", NumberedTables.Select(t => $"SELECT max(seq) AS seq FROM {t}"));
        using var last = new Statement(connection, $"SELECT coalesce(max(seq), 0) FROM ({maxima})", 0);
        Sequence = (long)last.Scalar()!;
    }

    /// <summary>The number of the last record; its setter takes back the numbers of a rolled-back part.</summary>
    public long Sequence { get; set; }

    /// <summary>Writes one record. An ignored duplicate takes no number, so that a run with a restart numbers like one without.</summary>
    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public void Write(JournalRecord record)
    {
        switch (record)
        {
            case OrderRecord order: WriteOrder(order); break;
            case FillRecord fill: Number(_fill, FillTable.Values(fill)); break;
            case DecisionRecord decision: Number(_decision, DecisionTable.Values(decision)); break;
            case PositionRecord position: Number(_position, PositionTable.Values(position)); break;
            case EquityRecord equity: Number(_equity, EquityTable.Values(equity)); break;
            case IncidentRecord incident: Number(_incident, IncidentTable.Values(incident)); break;
            case TradingStateRecord state: Number(_tradingState, TradingStateTable.Values(state)); break;
            case SnapshotRecord snapshot: Number(_snapshot, SnapshotTable.Values(snapshot)); break;
            case OrderCostRecord cost: Number(_orderCost, [.. OrderCostTable.Values(cost), Sequence + 1]); break;
            default: throw new ArgumentException($"the journal has no table for {record?.GetType().Name ?? "null"}", nameof(record));
        }
    }

    public void Dispose()
    {
        Statement[] statements = [_orderEvent, _order, _fill, _decision, _position, _equity, _incident, _tradingState, _snapshot, _orderCost];
        foreach (var statement in statements) statement.Dispose();
    }

    private static Statement Insert(SqliteConnection connection, string table, string columns, string onConflict)
    {
        var count = columns.Count(c => c == ',') + 2;
        return new Statement(connection, $"INSERT INTO {table} ({columns}, seq) VALUES ({Statement.Places(count)}) {onConflict}", count);
    }

    private void WriteOrder(OrderRecord order)
    {
        var isLive = OrderTable.IsLive(order);
        var values = OrderTable.Values(order);
        Number(_orderEvent, values);
        _order.Execute([.. values, Sequence, Sequence, isLive]);
    }

    private void Number(Statement insert, object[] values)
    {
        if (insert.Execute([.. values, Sequence + 1]) > 0) Sequence++;
    }
}
