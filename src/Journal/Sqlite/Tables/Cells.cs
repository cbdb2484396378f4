using System.Data;
using System.Globalization;

namespace Granary.Journal.Sqlite.Tables;

/// <summary>How values are stored in cells, and read back.</summary>
internal static class Cells
{
    /// <summary>Exact text without trailing zeros, so that equal values are equal text.</summary>
    public static string Decimal(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        if (text.Contains('.', StringComparison.Ordinal)) text = text.TrimEnd('0').TrimEnd('.');
        return text is "-0" ? "0" : text;
    }

    public static object Decimal(decimal? value) => value is { } number ? Decimal(number) : DBNull.Value;

    /// <summary>Text; the storage ends text at a NUL character, so that one becomes the replacement character.</summary>
    public static string Text(string value, string name)
    {
        if (value is null) throw new ArgumentException($"{name} is null", name);
        return value.Contains('\0', StringComparison.Ordinal) ? value.Replace('\0', '\uFFFD') : value;
    }

    /// <summary>Text that identifies something: not empty.</summary>
    public static string Key(string value, string name) =>
        string.IsNullOrEmpty(value) ? throw new ArgumentException($"{name} is empty", name) : Text(value, name);

    /// <summary>The storage has no NaN: it is kept as null.</summary>
    public static object Double(double value) => double.IsNaN(value) ? DBNull.Value : value;

    public static object Double(double? value, string name) => value switch
    {
        null => DBNull.Value,
        { } number when double.IsNaN(number) => throw new ArgumentException($"{name} is not a number", name),
        { } number => number,
    };

    public static byte[] Bytes(byte[] value, string name) => value ?? throw new ArgumentException($"{name} is null", name);

    public static decimal ReadDecimal(IDataRecord row, int column) =>
        decimal.Parse(row.GetString(column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public static decimal? ReadDecimalOrNull(IDataRecord row, int column) => row.IsDBNull(column) ? null : ReadDecimal(row, column);

    public static double? ReadDoubleOrNull(IDataRecord row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    public static bool ReadFlag(IDataRecord row, int column) => row.GetInt64(column) != 0;

    public static byte[] ReadBytes(IDataRecord row, int column) => (byte[])row.GetValue(column);
}
