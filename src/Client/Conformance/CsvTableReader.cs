using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Granary.Client.Conformance;

/// <summary>
/// Reads a csv file, plain or gzip, row by row. A quoted field may hold commas and doubled quotes, but no line breaks. The first line is the header, except
/// in files of a known layout whose first line holds a number: the venue's older archives have none.
/// </summary>
public sealed class CsvTableReader : IDisposable
{
    private readonly StreamReader _reader;
    private readonly Dictionary<string, int> _places;
    private string? _firstRow;

    private CsvTableReader(string name, StreamReader reader, IReadOnlyList<IReadOnlyList<string>> layouts)
    {
        Name = name;
        _reader = reader;
        var line = _reader.ReadLine() is { Length: > 0 } text ? text : throw new ConformanceException($"{name} has no header line");
        Columns = Split(line);
        if (Columns.FirstOrDefault(IsNumber) is { } number)
        {
            Columns = layouts.FirstOrDefault(layout => layout.Count == Columns.Count)
                ?? throw new ConformanceException($"{name} line 1 is not a header: it holds the number {number}");
            _firstRow = line;
        }
        _places = [];
        for (var i = 0; i < Columns.Count; i++)
        {
            if (!_places.TryAdd(Columns[i], i)) throw new ConformanceException($"{name} line 1 names column {Columns[i]} twice");
        }
    }

    /// <summary>Name of the file as messages show it.</summary>
    public string Name { get; }

    /// <summary>The columns, in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string column) => _places.ContainsKey(column);

    /// <summary>The place of a column, from 0.</summary>
    /// <exception cref="ConformanceException">The file has no such column.</exception>
    public int PlaceOf(string column) =>
        _places.TryGetValue(column, out var place) ? place : throw new ConformanceException($"{Name} line 1 has no column {column}");

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; gzip when its name ends in .gz.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="layouts">The columns that a file without header may have; of several the one with as many columns as the file.</param>
    /// <exception cref="ConformanceException">The file has no header, or names a column twice.</exception>
    public static CsvTableReader Open(string path, string name, params IReadOnlyList<IReadOnlyList<string>> layouts)
    {
        Stream stream = File.OpenRead(path);
        if (path.EndsWith(".gz", StringComparison.Ordinal)) stream = new GZipStream(stream, CompressionMode.Decompress);
        var reader = new StreamReader(stream);
        try
        {
            return new CsvTableReader(name, reader, layouts);
        }
        catch (InvalidDataException e)
        {
            reader.Dispose();
            throw new ConformanceException($"{name} is not gzip: {e.Message}", e);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The rows that are left; can be enumerated once. Empty lines are skipped.</summary>
    /// <exception cref="ConformanceException">A row has more or fewer fields than the header, or the file is damaged.</exception>
    public IEnumerable<CsvRow> Rows()
    {
        for (var line = _firstRow is null ? 2 : 1; NextLine() is { } text; line++)
        {
            if (text.Length == 0) continue;
            var fields = Split(text);
            if (fields.Length != Columns.Count) throw new ConformanceException($"{Name} line {line} has {fields.Length} fields, expected {Columns.Count}");
            yield return new CsvRow(this, line, fields);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static bool IsNumber(string field) => decimal.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private string? NextLine()
    {
        if (_firstRow is { } first)
        {
            _firstRow = null;
            return first;
        }
        try
        {
            return _reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw new ConformanceException($"{Name} is damaged: {e.Message}", e);
        }
    }

    private static string[] Split(string line)
    {
        if (!line.Contains('"')) return line.Split(',');
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (c != '"')
            {
                field.Append(c);
            }
            else if (isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[++i]);
            }
            else
            {
                isQuoted = !isQuoted;
            }
        }
        fields.Add(field.ToString());
        return [.. fields];
    }
}
