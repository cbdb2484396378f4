using System.Globalization;

namespace Granary.Client.Conformance;

/// <summary>How a column of a golden table is compared (COLUMNS.csv).</summary>
/// <param name="Kind">int, bool, decimal, double or string.</param>
/// <param name="Relative">Tolerance of doubles as a fraction of the expected value.</param>
/// <param name="Absolute">Tolerance added to it.</param>
public sealed record ColumnSpec(string Kind, double Relative, double Absolute)
{
    /// <summary>Reads COLUMNS.csv: by table, then by column.</summary>
    /// <exception cref="ConformanceException">The file is damaged, or names an unknown kind.</exception>
    public static Dictionary<string, Dictionary<string, ColumnSpec>> Load(string path)
    {
        var specs = new Dictionary<string, Dictionary<string, ColumnSpec>>();
        using var table = CsvTableReader.Open(path, Path.GetFileName(path));
        foreach (var row in table.Rows())
        {
            var name = ConformanceManifest.TableName(row.Text("file"));
            if (!specs.TryGetValue(name, out var columns)) specs[name] = columns = [];
            if (row.Text("kind") is not ("int" or "bool" or "decimal" or "double" or "string")) throw row.Wrong("kind", "int, bool, decimal, double or string");
            columns[row.Text("column")] = new ColumnSpec(row.Text("kind"), Tolerance(row, "rtol"), Tolerance(row, "atol"));
        }
        return specs;
    }

    /// <summary>Reads the formula section of each table from COLUMNS.csv.</summary>
    /// <exception cref="ConformanceException">The file is damaged.</exception>
    public static Dictionary<string, string> LoadSections(string path)
    {
        var sections = new Dictionary<string, string>();
        using var table = CsvTableReader.Open(path, Path.GetFileName(path));
        foreach (var row in table.Rows()) sections.TryAdd(ConformanceManifest.TableName(row.Text("file")), row.Text("formula_section"));
        return sections;
    }

    /// <summary>Whether a field is as expected.</summary>
    /// <param name="expected">The golden field; empty for "no value".</param>
    /// <param name="got">The field to be judged.</param>
    public bool Matches(string expected, string got)
    {
        if (expected.Length == 0 || got.Length == 0) return expected.Length == got.Length;
        return Kind switch
        {
            "int" => TryLong(expected, out var a) && TryLong(got, out var b) && a == b,
            "decimal" => TryDecimal(expected, out var a) && TryDecimal(got, out var b) && a == b,
            "double" => TryDouble(expected, out var a) && TryDouble(got, out var b) && Math.Abs(b - a) <= (Relative * Math.Abs(a)) + Absolute,
            _ => expected == got,
        };
    }

    private static double Tolerance(CsvRow row, string column)
    {
        var text = row.Text(column);
        if (text.Length == 0) return 0;
        return TryDouble(text, out var value) && value >= 0 ? value : throw row.Wrong(column, "a number, 0 or more");
    }

    private static bool TryLong(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryDecimal(string text, out decimal value) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool TryDouble(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
