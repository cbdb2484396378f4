using System.Data;
using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>Incidents.</summary>
internal static class IncidentTable
{
    public const string Columns = "scope, kind, seen, done, result, time_ms";

    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public static object[] Values(IncidentRecord r) =>
    [
        Cells.Text(r.Scope, "incident Scope"), Cells.Key(r.Kind, "incident Kind"), Cells.Text(r.Seen, "incident Seen"), Cells.Text(r.Done, "incident Done"),
        Cells.Text(r.Result, "incident Result"), r.TimeMs,
    ];

    public static IncidentRecord Read(IDataRecord row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5));
}
