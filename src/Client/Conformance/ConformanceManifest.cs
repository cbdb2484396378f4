namespace Granary.Client.Conformance;

/// <summary>Which tables a golden folder lists, and under which file names (MANIFEST.csv); without a manifest every table is wanted, as plain csv.</summary>
public sealed class ConformanceManifest
{
    /// <summary>The first numbers of the formula sections that the command covers: bars, features, signals, risk, selection, minute factors, indicators, order book, performance, validation, grid.</summary>
    private static readonly string[] Sections = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];

    /// <summary>Printed in the seed that it comes from; the candles behind it were never published.</summary>
    private const string WithoutInputs = "seed001_selection";

    private readonly Dictionary<string, string>? _files;

    private ConformanceManifest(Dictionary<string, string>? files, IReadOnlyList<string> wanted) => (_files, Wanted) = (files, wanted);

    /// <summary>The listed tables of the sections that the command covers; empty when there is no manifest or no COLUMNS.csv that tells the sections.</summary>
    public IReadOnlyList<string> Wanted { get; }

    /// <summary>Reads MANIFEST.csv and COLUMNS.csv of a folder, where they exist.</summary>
    /// <exception cref="ConformanceException">A file is damaged.</exception>
    public static ConformanceManifest Load(string folder)
    {
        var manifest = Path.Combine(folder, "MANIFEST.csv");
        if (!File.Exists(manifest)) return new ConformanceManifest(null, []);
        var files = new Dictionary<string, string>();
        using (var table = CsvTableReader.Open(manifest, "MANIFEST.csv"))
        {
            foreach (var row in table.Rows())
            {
                var path = row.Text("path");
                if (Path.GetDirectoryName(path) == "expected") files[TableName(path)] = Path.GetFileName(path);
            }
        }

        var columns = Path.Combine(folder, "COLUMNS.csv");
        var sections = File.Exists(columns) ? ColumnSpec.LoadSections(columns) : [];
        var wanted = files.Keys.Where(name => name != WithoutInputs && sections.TryGetValue(name, out var section) && IsCovered(section));
        return new ConformanceManifest(files, [.. wanted.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether a table is to be written.</summary>
    public bool Lists(string table) => _files is null || _files.ContainsKey(table);

    /// <summary>Name of a table's file.</summary>
    public string FileOf(string table) => _files?.GetValueOrDefault(table) ?? table + ".csv";

    /// <summary>Name of the table in a file: without folder, .csv and .gz.</summary>
    public static string TableName(string path)
    {
        var name = Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.Ordinal)) name = name[..^3];
        return name.EndsWith(".csv", StringComparison.Ordinal) ? name[..^4] : name;
    }

    private static bool IsCovered(string section) => Sections.Contains(section.Split('.', '-', ',')[0].Trim());
}
