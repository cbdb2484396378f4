using System.IO.Compression;

namespace Granary.Engine.Tests.Golden;

/// <summary>A csv file without quoted fields, plain or gzip, held as text.</summary>
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
        var columns = reader.ReadLine()?.Split(',') ?? throw new InvalidDataException($"{name} is empty");
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
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
}
