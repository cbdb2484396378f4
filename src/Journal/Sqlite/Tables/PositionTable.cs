using System.Data;
using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>Every state of every position.</summary>
internal static class PositionTable
{
    public const string Columns = "account, symbol, quantity, cost_basis, realized_pnl, fees, last_trade_id, strategy, guard, time_ms";

    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public static object[] Values(PositionRecord r) =>
    [
        Cells.Key(r.Account, "position Account"), Cells.Key(r.Symbol, "position Symbol"), Cells.Decimal(r.Quantity), Cells.Decimal(r.CostBasis),
        Cells.Decimal(r.RealizedPnl), Cells.Decimal(r.Fees), r.LastTradeId, Cells.Text(r.Strategy, "position Strategy"),
        Cells.Bytes(r.Guard, "position Guard"), r.TimeMs,
    ];

    public static PositionRecord Read(IDataRecord row) => new(
        row.GetString(0), row.GetString(1), Cells.ReadDecimal(row, 2), Cells.ReadDecimal(row, 3), Cells.ReadDecimal(row, 4), Cells.ReadDecimal(row, 5),
        row.GetInt64(6), row.GetString(7), Cells.ReadBytes(row, 8), row.GetInt64(9));
}
