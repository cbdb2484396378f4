using System.Data;
using Granary.Journal.Records;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>The newest snapshot of each owner.</summary>
internal static class SnapshotTable
{
    public const string Columns = "owner, bytes, time_ms";

    /// <exception cref="ArgumentException">A field cannot be stored; the message names it.</exception>
    public static object[] Values(SnapshotRecord r) => [Cells.Key(r.Owner, "snapshot Owner"), Cells.Bytes(r.Bytes, "snapshot Bytes"), r.TimeMs];

    public static SnapshotRecord Read(IDataRecord row) => new(row.GetString(0), Cells.ReadBytes(row, 1), row.GetInt64(2));
}
