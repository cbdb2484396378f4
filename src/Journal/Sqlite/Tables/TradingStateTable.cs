using System.Data;
using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>Changes of the accounts' trading states.</summary>
internal static class TradingStateTable
{
    public const string Columns = "account, state, reason, who, time_ms";

    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public static object[] Values(TradingStateRecord r) =>
    [
        Cells.Key(r.Account, "trading state Account"), Cells.Key(r.State, "trading state State"), Cells.Text(r.Reason, "trading state Reason"),
        Cells.Text(r.Who, "trading state Who"), r.TimeMs,
    ];

    public static TradingStateRecord Read(IDataRecord row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4));
}
