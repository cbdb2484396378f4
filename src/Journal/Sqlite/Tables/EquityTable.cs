using System.Data;
using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>Points of the equity curves.</summary>
internal static class EquityTable
{
    public const string Columns = "account, wallet, unrealized_pnl, state, time_ms";

    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public static object[] Values(EquityRecord r) =>
        [Cells.Key(r.Account, "equity Account"), Cells.Decimal(r.Wallet), Cells.Decimal(r.UnrealizedPnl), Cells.Text(r.State, "equity State"), r.TimeMs];

    public static EquityRecord Read(IDataRecord row) =>
        new(row.GetString(0), Cells.ReadDecimal(row, 1), Cells.ReadDecimal(row, 2), row.GetString(3), row.GetInt64(4));
}
