using System.Globalization;
using System.IO.Compression;

namespace Granary.Client.Conformance;

/// <summary>
/// Writes one csv table: doubles as the shortest text that reads back to the same bits, decimals exact and without exponent, booleans as 1 and 0, "no value"
/// as an empty field. The file appears under its name only when it is complete.
/// </summary>
public sealed class CsvTableWriter : IDisposable
{
    private readonly string _path;
    private readonly string _unfinished;
    private readonly StreamWriter _writer;
    private readonly bool _keepsFormer;
    private bool _isCommitted;

    /// <summary>Begins a table.</summary>
    /// <param name="path">The file; gzip when its name ends in .gz. A file of this name is replaced, or removed when this table is not completed.</param>
    /// <param name="keepsFormer">Whether a file of this name stays when this table is not completed.</param>
    public CsvTableWriter(string path, bool keepsFormer = false)
    {
        _keepsFormer = keepsFormer;
        _path = path;
        _unfinished = path + ".unfinished";
        Stream stream = File.Create(_unfinished);
        if (path.EndsWith(".gz", StringComparison.Ordinal)) stream = new GZipStream(stream, CompressionLevel.Fastest);
        _writer = new StreamWriter(stream) { NewLine = "\n" };
    }

    /// <summary>Rows written, without the header.</summary>
    public long RowCount { get; private set; }

    /// <summary>Writes header and rows; call it once.</summary>
    /// <exception cref="ConformanceException">A value is infinite or not a number, which a table must not hold.</exception>
    public void Write<T>(IEnumerable<T> rows, IReadOnlyList<CsvColumn<T>> columns)
    {
        _writer.WriteLine(string.Join(',', columns.Select(column => Quoted(column.Name))));
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (i > 0) _writer.Write(',');
                _writer.Write(Text(columns[i].Value(row), columns[i].Name));
            }
            _writer.WriteLine();
            RowCount++;
        }
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        _writer.Dispose();
        File.Move(_unfinished, _path, overwrite: true);
        _isCommitted = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isCommitted) return;
        _writer.Dispose();
        File.Delete(_unfinished);
        if (!_keepsFormer) File.Delete(_path);
    }

    private string Text(object? value, string column) => value switch
    {
        null => "",
        bool flag => flag ? "1" : "0",
        double number when !double.IsFinite(number) =>
            throw new ConformanceException($"{column} is {number} in row {RowCount}; what is undefined must be none"),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => Quoted(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"column {column} has a value of type {value.GetType()}", nameof(value)),
    };

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
