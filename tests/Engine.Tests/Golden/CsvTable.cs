using System.IO.Compression;

namespace Granary.Engine.Tests.Golden;

/// <summary>A csv file, plain or gzip, held as text. A quoted field may hold commas, but neither quotes nor line breaks.</summary>
internal sealed class CsvTable
{
    private CsvTable(string name, string[] columns, List<string[]> rows) => (Name, Columns, Rows) = (name, columns, rows);

    public string Name { get; }

    public string[] Columns { get; }

    public List<string[]> Rows { get; }

    public static CsvTable Load(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return Parse(Path.GetFileName(path), new StreamReader(stream));
    }

    public static CsvTable Parse(string name, TextReader reader)
    {
        var columns = reader.ReadLine() is { } header ? Split(header) : throw new InvalidDataException($"{name} is empty");
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            var fields = Split(line);
            if (fields.Length != columns.Length)
                throw new InvalidDataException($"{name} line {rows.Count + 2} has {fields.Length} fields, expected {columns.Length}");
            rows.Add(fields);
        }
        return new CsvTable(name, columns, rows);
    }

    public int IndexOf(string column)
    {
        var index = Array.IndexOf(Columns, column);
        return index >= 0 ? index : throw new InvalidDataException($"{Name} has no column {column}");
    }

    private static string[] Split(string line)
    {
        if (!line.Contains('"')) return line.Split(',');
        var fields = new List<string> { "" };
        var isQuoted = false;
        foreach (var c in line)
        {
            if (c == '"') isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted) fields.Add("");
            else fields[^1] += c;
        }
        return [.. fields];
    }
}
