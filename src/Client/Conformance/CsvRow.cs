using System.Globalization;
using System.Text;
using Granary.Engine.Market;

namespace Granary.Client.Conformance;

/// <summary>One row of a csv file; a field that cannot be read is named with file and line.</summary>
/// <param name="table">The file it stands in.</param>
/// <param name="line">Its line, the header being 1.</param>
/// <param name="fields">Its fields.</param>
public readonly struct CsvRow(CsvTableReader table, int line, string[] fields)
{
    /// <summary>Line in the file, the header being 1.</summary>
    public int Line => line;

    /// <summary>All fields, in the order of the columns.</summary>
    public IReadOnlyList<string> Fields => fields;

    /// <summary>A field as it stands there.</summary>
    /// <exception cref="ConformanceException">There is no such column.</exception>
    public string Text(string column) => fields[table.PlaceOf(column)];

    /// <summary>A whole number.</summary>
    /// <exception cref="ConformanceException">There is no such column, or the field is something else.</exception>
    public long Long(string column) =>
        long.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(column, "a whole number");

    /// <summary>An exact number.</summary>
    /// <exception cref="ConformanceException">There is no such column, or the field is something else.</exception>
    public decimal Decimal(string column) =>
        decimal.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(column, "a number");

    /// <summary>A finite number; null where the field is empty.</summary>
    /// <exception cref="ConformanceException">There is no such column, or the field is something else.</exception>
    public double? DoubleOrNone(string column)
    {
        var text = Text(column);
        if (text.Length == 0) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Wrong(column, "a number, or nothing");
    }

    /// <summary>A price or quantity, times 10^8.</summary>
    /// <exception cref="ConformanceException">There is no such column, or the field is something else.</exception>
    public long E8(string column)
    {
        var text = Text(column);
        Span<byte> bytes = stackalloc byte[64];
        if (Encoding.UTF8.TryGetBytes(text, bytes, out var count) && Fixed8.TryParse(bytes[..count], out var e8)) return e8;
        throw Wrong(column, "a plain number with at most eight decimals");
    }

    /// <summary>true or false, also written 1 or 0.</summary>
    /// <exception cref="ConformanceException">There is no such column, or the field is something else.</exception>
    public bool Flag(string column) => Text(column) switch
    {
        "1" => true,
        "0" => false,
        var text => bool.TryParse(text, out var value) ? value : throw Wrong(column, "true or false"),
    };

    /// <summary>The failure of a field for a reason that only its user knows.</summary>
    /// <param name="column">The field's column.</param>
    /// <param name="expected">What was expected instead.</param>
    public ConformanceException Wrong(string column, string expected) => new($"{table.Name} line {line}: {column} was '{Text(column)}', expected {expected}");
}
