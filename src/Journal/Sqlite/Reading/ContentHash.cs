using System.Buffers.Binary;
using System.Data;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Granary.Journal.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Sqlite.Reading;

/// <summary>
/// SHA-256 over all records, each with its number in the whole journal, so that the order within and between tables counts. Bookkeeping of the storage
/// (schema steps, epochs, times of the storage itself) is left out.
/// </summary>
internal static class ContentHash
{
    private static readonly (string Table, string Columns)[] Parts =
    [
        ("order_events", OrderTable.Columns), ("fills", FillTable.Columns), ("decisions", DecisionTable.Columns), ("positions", PositionTable.Columns),
        ("equity", EquityTable.Columns), ("incidents", IncidentTable.Columns), ("trading_states", TradingStateTable.Columns),
        ("snapshots", SnapshotTable.Columns), ("order_costs", OrderCostTable.Columns),
    ];

    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Compute(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (table, columns) in Parts)
        {
            Append(hash, table);
            using var rows = connection.ExecuteReader($"SELECT seq, {columns} FROM {table} ORDER BY seq", transaction: transaction);
            while (rows.Read())
            {
                for (var column = 0; column < rows.FieldCount; column++) Append(hash, rows.GetValue(column));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Every value is preceded by its kind and, where it varies, its length: no two contents give the same bytes.
    private static void Append(IncrementalHash hash, object value)
    {
        switch (value)
        {
            case long number: Append(hash, (byte)'i', number); break;
            case double number: Append(hash, (byte)'r', BitConverter.DoubleToInt64Bits(number)); break;
            case string text: AppendBytes(hash, (byte)'t', Encoding.UTF8.GetBytes(text)); break;
            case byte[] bytes: AppendBytes(hash, (byte)'b', bytes); break;
            case DBNull: Append(hash, (byte)'n', 0); break;
            default: throw new InvalidCastException($"a stored value has the type {value.GetType().Name}");
        }
    }

    private static void AppendBytes(IncrementalHash hash, byte kind, byte[] bytes)
    {
        Append(hash, kind, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, byte kind, long value)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], value);
        hash.AppendData(bytes);
    }
}
