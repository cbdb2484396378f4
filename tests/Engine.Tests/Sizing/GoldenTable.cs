using System.Globalization;

namespace Granary.Engine.Tests.Sizing;

/// <summary>A reference table beside the repository (../shared/golden): rows of named fields.</summary>
public sealed class GoldenTable
{
    private readonly Dictionary<string, int> _columns;
    private readonly string[] _fields;

    private GoldenTable(Dictionary<string, int> columns, string[] fields) => (_columns, _fields) = (columns, fields);

    /// <summary>The folder of the tables, or null when they are not there.</summary>
    public static string? Folder { get; } = FindFolder();

    /// <summary>The field as text; empty means no value.</summary>
    public string this[string column] => _fields[_columns[column]];

    public decimal Decimal(string column) => decimal.Parse(this[column], NumberStyles.Float, CultureInfo.InvariantCulture);

    public decimal? DecimalOrNull(string column) => this[column].Length == 0 ? null : Decimal(column);

    public double Double(string column) => double.Parse(this[column], CultureInfo.InvariantCulture);

    public double? DoubleOrNull(string column) => this[column].Length == 0 ? null : Double(column);

    public long Int(string column) => long.Parse(this[column], CultureInfo.InvariantCulture);

    public static IReadOnlyList<GoldenTable> Read(string path)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder!, path));
        var columns = lines[0].Split(',').Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        return [.. lines.Skip(1).Select(line => new GoldenTable(columns, line.Split(',')))];
    }

    /// <summary>|got - expected| within rtol * |expected| + atol.</summary>
    public static void ShouldMatch(decimal got, double expected, double atol, string what) =>
        Math.Abs((double)got - expected).ShouldBeLessThanOrEqualTo((1e-9 * Math.Abs(expected)) + atol, what);

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var golden = Path.Combine(folder.FullName, "..", "shared", "golden");
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) return Directory.Exists(golden) ? Path.GetFullPath(golden) : null;
        }
        return null;
    }
}
