using System.Data;
using Dapper;
using Granary.Journal.Records;
using Granary.Journal.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Sqlite.Reading;

/// <summary>
/// Reads on connections of their own, on the caller's thread. The write-ahead log lets them run beside the writer; each is one short transaction with a
/// bounded answer, so they hold up the log's reuse only briefly. The content hash alone reads everything.
/// </summary>
internal sealed class SqliteJournalReader(string file, SqliteJournalOptions options) : IJournalReader, IDisposable
{
    /// <summary>The longest list that a read gives.</summary>
    public const int RowsMax = 100_000;

    private readonly SemaphoreSlim _slots = new(options.ReadersMax);
    private readonly Stack<SqliteConnection> _connections = new();
    private bool _isDisposed;

    public ValueTask<IReadOnlyList<OrderRecord>> GetLiveOrdersAsync(string account, string? symbol, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<OrderRecord>>("read the live orders", connection =>
        {
            var orders = Rows(
                connection,
                $"SELECT {OrderTable.Columns} FROM orders WHERE is_live = 1 AND account = @account{And(symbol, "symbol")} ORDER BY first_seq LIMIT @limit",
                new { account, symbol, limit = RowsMax + 1 }, OrderTable.Read);
            return orders.Count <= RowsMax
                ? orders
                : throw new JournalException($"{file}: the account {account} has more than {RowsMax} live orders, which no reconciliation can mean");
        }, cancellationToken);

    public ValueTask<IReadOnlyList<OrderRecord>> GetOrdersAsync(string? account, string? symbol, int limit, CancellationToken cancellationToken = default) =>
        ListAsync("read the orders", OrderTable.Columns, "orders", Where((account, "account"), (symbol, "symbol")), "first_seq DESC",
            new { account, symbol, limit = Limit(limit) }, OrderTable.Read, cancellationToken);

    public ValueTask<OrderRecord?> GetOrderAsync(string account, string clientOrderId, CancellationToken cancellationToken = default) =>
        RunAsync("read an order", connection => Rows(
            connection, $"SELECT {OrderTable.Columns} FROM orders WHERE account = @account AND client_order_id = @clientOrderId",
            new { account, clientOrderId }, OrderTable.Read).SingleOrDefault(), cancellationToken);

    public ValueTask<IReadOnlyList<FillRecord>> GetFillsAsync(
        string account, string? symbol, long afterPosition, int limit, CancellationToken cancellationToken = default) =>
        ListAsync("read the fills", FillTable.Columns + ", seq", "fills", Where((account, "account"), (symbol, "symbol")) + " AND seq > @afterPosition", "seq",
            new { account, symbol, afterPosition, limit = Limit(limit) }, FillTable.Read, cancellationToken);

    public ValueTask<long> GetLastTradeIdAsync(string account, string symbol, CancellationToken cancellationToken = default) =>
        RunAsync("read the last trade id", connection => connection.ExecuteScalar<long>(
            "SELECT coalesce(max(trade_id), 0) FROM fills WHERE account = @account AND symbol = @symbol", new { account, symbol }), cancellationToken);

    public ValueTask<PositionRecord?> GetPositionAsync(string account, string symbol, CancellationToken cancellationToken = default) =>
        RunAsync("read a position", connection => Rows(
            connection, $"SELECT {PositionTable.Columns} FROM positions WHERE account = @account AND symbol = @symbol ORDER BY seq DESC LIMIT 1",
            new { account, symbol }, PositionTable.Read).SingleOrDefault(), cancellationToken);

    public ValueTask<long> GetOrderSequenceMaxAsync(string account, CancellationToken cancellationToken = default) =>
        RunAsync("read the order sequence", connection => connection.ExecuteScalar<long>(
            "SELECT coalesce(max(sequence), 0) FROM orders WHERE account = @account", new { account }), cancellationToken);

    public ValueTask<IReadOnlyList<DecisionRecord>> GetDecisionsAsync(
        string? account, string? symbol, int limit, CancellationToken cancellationToken = default) =>
        ListAsync("read the decisions", DecisionTable.Columns, "decisions", Where((account, "account"), (symbol, "symbol")), "seq DESC",
            new { account, symbol, limit = Limit(limit) }, DecisionTable.Read, cancellationToken);

    public ValueTask<IReadOnlyList<IncidentRecord>> GetIncidentsAsync(int limit, CancellationToken cancellationToken = default) =>
        ListAsync("read the incidents", IncidentTable.Columns, "incidents", "", "seq DESC", new { limit = Limit(limit) }, IncidentTable.Read,
            cancellationToken);

    public ValueTask<IReadOnlyList<EquityRecord>> GetEquityAsync(string account, int limit, CancellationToken cancellationToken = default) =>
        ListAsync("read the equity", EquityTable.Columns, "equity", Where((account, "account")), "seq DESC", new { account, limit = Limit(limit) },
            EquityTable.Read, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, long>> GetRefusalCountsAsync(
        string account, long sinceMs, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyDictionary<string, long>>("count the refusals", connection =>
        {
            var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var (reason, count) in connection.Query<(string Reason, long Count)>(
                "SELECT reason, count(*) FROM decisions WHERE outcome = 'Refused' AND account = @account AND time_ms >= @sinceMs GROUP BY reason",
                new { account, sinceMs }))
            {
                counts.Add(reason, count);
            }
            return counts;
        }, cancellationToken);

    public ValueTask<TradingStateRecord?> GetTradingStateAsync(string account, CancellationToken cancellationToken = default) =>
        RunAsync("read the trading state", connection => Rows(
            connection, $"SELECT {TradingStateTable.Columns} FROM trading_states WHERE account = @account ORDER BY seq DESC LIMIT 1",
            new { account }, TradingStateTable.Read).SingleOrDefault(), cancellationToken);

    public ValueTask<SnapshotRecord?> GetSnapshotAsync(string owner, CancellationToken cancellationToken = default) =>
        RunAsync("read a snapshot", connection => Rows(
            connection, $"SELECT {SnapshotTable.Columns} FROM snapshots WHERE owner = @owner", new { owner }, SnapshotTable.Read).SingleOrDefault(),
            cancellationToken);

    public ValueTask<IReadOnlyList<OrderCostRecord>> GetOrderCostsAsync(
        string? account, string? symbol, int limit, CancellationToken cancellationToken = default) =>
        ListAsync("read the costs of orders", OrderCostTable.Columns, "order_costs", Where((account, "account"), (symbol, "symbol")), "first_seq DESC",
            new { account, symbol, limit = Limit(limit) }, OrderCostTable.Read, cancellationToken);

    public ValueTask<IReadOnlyList<OrderCostRecord>> GetOpenOrderCostsAsync(string account, string symbol, CancellationToken cancellationToken = default) =>
        ListAsync("read the costs of open orders", OrderCostTable.Columns, "order_costs", " WHERE is_over = 0 AND account = @account AND symbol = @symbol",
            "first_seq", new { account, symbol, limit = RowsMax }, OrderCostTable.Read, cancellationToken);

    public ValueTask<string> GetContentHashAsync(CancellationToken cancellationToken = default) =>
        RunAsync("hash the content", ContentHash.Compute, cancellationToken);

    public void Dispose()
    {
        lock (_connections)
        {
            _isDisposed = true;
            while (_connections.TryPop(out var connection)) connection.Dispose();
        }
    }

    private static int Limit(int limit) => limit is >= 1 and <= RowsMax
        ? limit
        : throw new ArgumentOutOfRangeException(nameof(limit), limit, $"limit must be 1 to {RowsMax}");

    private static string Where(params ReadOnlySpan<(string? Value, string Column)> filters)
    {
        var where = "";
        foreach (var (value, column) in filters)
        {
            if (value is not null) where += $"{(where.Length == 0 ? " WHERE" : " AND")} {column} = @{column}";
        }
        return where;
    }

    private static string And(string? value, string column) => value is null ? "" : $" AND {column} = @{column}";

    private static List<T> Rows<T>(SqliteConnection connection, string sql, object parameters, Func<IDataRecord, T> read)
    {
        using var rows = connection.ExecuteReader(sql, parameters);
        var list = new List<T>();
        while (rows.Read()) list.Add(read(rows));
        return list;
    }

    private ValueTask<IReadOnlyList<T>> ListAsync<T>(
        string action, string columns, string table, string where, string order, object parameters, Func<IDataRecord, T> read,
        CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<T>>(
            action, connection => Rows(connection, $"SELECT {columns} FROM {table}{where} ORDER BY {order} LIMIT @limit", parameters, read), cancellationToken);

    private async ValueTask<T> RunAsync<T>(string action, Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            var connection = Rent();
            try
            {
                return read(connection);
            }
            finally
            {
                Return(connection);
            }
        }
        catch (Exception error) when (error is SqliteException or FormatException or OverflowException or InvalidCastException)
        {
            throw SqliteErrors.Translate(file, action, error);
        }
        finally
        {
            _slots.Release();
        }
    }

    private SqliteConnection Rent()
    {
        lock (_connections)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteJournal));
            if (_connections.TryPop(out var idle)) return idle;
        }
        return JournalFile.OpenReader(file, options);
    }

    private void Return(SqliteConnection connection)
    {
        lock (_connections)
        {
            if (!_isDisposed)
            {
                _connections.Push(connection);
                return;
            }
        }
        connection.Dispose();
    }
}
