using System.Data;
using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>Decisions, refusals included; unique by account, intent, outcome and reason where the intent has an id.</summary>
internal static class DecisionTable
{
    public const string Columns =
        "account, symbol, strategy, intent_id, kind, side, strength, bar_index, outcome, reason, detail, why, features, market_time_ms, time_ms";

    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public static object[] Values(DecisionRecord r) =>
    [
        Cells.Key(r.Account, "decision Account"), Cells.Key(r.Symbol, "decision Symbol"), Cells.Text(r.Strategy, "decision Strategy"),
        Cells.Text(r.IntentId, "decision IntentId"), Cells.Text(r.Kind, "decision Kind"), Cells.Text(r.Side, "decision Side"), Cells.Double(r.Strength),
        r.BarIndex, Cells.Key(r.Outcome, "decision Outcome"), Cells.Text(r.Reason, "decision Reason"), Cells.Text(r.Detail, "decision Detail"),
        Cells.Text(r.Why, "decision Why"), Cells.Text(r.Features, "decision Features"), r.MarketTimeMs, r.TimeMs,
    ];

    public static DecisionRecord Read(IDataRecord row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
        Cells.ReadDoubleOrNull(row, 6) ?? double.NaN, row.GetInt64(7), row.GetString(8), row.GetString(9), row.GetString(10), row.GetString(11),
        row.GetString(12), row.GetInt64(13), row.GetInt64(14));
}
