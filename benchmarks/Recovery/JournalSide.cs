using Dapper;
using Granary.Engine.Risk;
using Microsoft.Data.Sqlite;

namespace Granary.Recovery;

/// <summary>The silo's journal as another process reads its file.</summary>
internal sealed class JournalSide(string file)
{
    private readonly string _source = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    /// <summary>Everything that the comparison needs, of one moment.</summary>
    public Content Read()
    {
        using var connection = new SqliteConnection(_source);
        connection.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        var orders = connection.Query<Order>(
            "SELECT client_order_id AS ClientOrderId, symbol AS Symbol, intent_id AS IntentId, status AS Status, purpose AS Purpose, is_live AS IsLive FROM orders",
            transaction: transaction).ToDictionary(o => o.ClientOrderId, StringComparer.Ordinal);
        var fills = connection.Query<Fill>(
            "SELECT symbol AS Symbol, trade_id AS TradeId, side AS Side, price AS Price, quantity AS Quantity, fee AS Fee, realized_pnl AS RealizedPnl FROM fills",
            transaction: transaction).ToList();
        var approvals = connection.Query<(string IntentId, string ClientOrderId)>("SELECT intent_id, detail FROM decisions WHERE outcome = 'Approved'", transaction: transaction).ToList();
        return new Content(
            orders, fills, approvals.Select(a => a.IntentId).ToHashSet(StringComparer.Ordinal), approvals.Select(a => a.ClientOrderId).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>When the first entry was approved from then on, milliseconds since the Unix epoch, or null.</summary>
    public long? FirstEntryMs(long sinceMs)
    {
        using var connection = new SqliteConnection(_source);
        return connection.ExecuteScalar<long?>("SELECT min(time_ms) FROM decisions WHERE outcome = 'Approved' AND kind = 'Entry' AND time_ms >= @sinceMs", new { sinceMs });
    }

    /// <summary>Incidents by kind, the most frequent first.</summary>
    public IReadOnlyList<(string Kind, long Count)> Incidents()
    {
        using var connection = new SqliteConnection(_source);
        return [.. connection.Query<(string, long)>("SELECT kind, count(*) FROM incidents GROUP BY kind ORDER BY count(*) DESC, kind")];
    }

    internal sealed record Content(
        IReadOnlyDictionary<string, Order> Orders, IReadOnlyList<Fill> Fills, IReadOnlySet<string> ApprovedIntents, IReadOnlySet<string> ApprovedIds)
    {
        /// <summary>Whether the gate approved the order, or the one that it is a part or the stop of.</summary>
        public bool IsApproved(string clientOrderId) =>
            ApprovedIds.Contains(ClientOrderId.ParentOf(clientOrderId.Split('.')[0]))
            || (Orders.TryGetValue(clientOrderId, out var order) && ApprovedIntents.Contains(order.IntentId));
    }

    /// <summary>An order as the journal last had it.</summary>
    internal sealed class Order
    {
        public string ClientOrderId { get; init; } = "";

        public string Symbol { get; init; } = "";

        public string IntentId { get; init; } = "";

        public string Status { get; init; } = "";

        public string Purpose { get; init; } = "";

        public bool IsLive { get; init; }
    }

    /// <summary>A fill; the journal keeps decimals as exact text.</summary>
    internal sealed class Fill
    {
        public string Symbol { get; init; } = "";

        public long TradeId { get; init; }

        public string Side { get; init; } = "";

        public decimal Price { get; init; }

        public decimal Quantity { get; init; }

        public decimal Fee { get; init; }

        public decimal RealizedPnl { get; init; }
    }
}
