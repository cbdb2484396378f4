using System.Globalization;

namespace Granary.Engine.Tests.Golden;

/// <summary>How a golden column is compared.</summary>
/// <param name="Kind">int, bool, decimal, double or string.</param>
/// <param name="Relative">Tolerance as a fraction of the expected value; doubles only.</param>
/// <param name="Absolute">Tolerance added to it.</param>
internal sealed record ColumnSpec(string Kind, double Relative, double Absolute)
{
    /// <summary>Reads COLUMNS.csv: the columns of one file, given by its name without the folder and without ".gz".</summary>
    public static IReadOnlyDictionary<string, ColumnSpec> Load(string columnsPath, string file)
    {
        var table = CsvTable.Load(columnsPath);
        int fileColumn = table.IndexOf("file"), column = table.IndexOf("column"), kind = table.IndexOf("kind");
        int rtol = table.IndexOf("rtol"), atol = table.IndexOf("atol");
        var specs = table.Rows
            .Where(row => Plain(row[fileColumn]) == file)
            .ToDictionary(row => row[column], row => new ColumnSpec(row[kind], Number(row[rtol]), Number(row[atol])));
        return specs.Count > 0 ? specs : throw new InvalidDataException($"{columnsPath} lists no column of {file}");
    }

    private static string Plain(string path) => Path.GetFileName(path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path);

    private static double Number(string text) => text.Length == 0 ? 0 : double.Parse(text, CultureInfo.InvariantCulture);
}
