namespace Granary.Client.Conformance;

/// <summary>
/// Computes the tables that a golden folder lists, from its parameters and inputs, with the kernels that trade. A table that cannot be computed is reported
/// with its reason, and the others go on.
/// </summary>
public sealed class ConformanceRun
{
    private readonly ConformanceSource _source;
    private readonly ConformanceManifest _manifest;
    private readonly List<ConformanceTable> _tables = [];

    /// <summary>Opens a golden folder.</summary>
    /// <param name="folder">Holds params.json and inputs/, and perhaps MANIFEST.csv and COLUMNS.csv.</param>
    /// <exception cref="ConformanceException">params.json is absent or not JSON, or the manifest is damaged.</exception>
    public ConformanceRun(string folder)
    {
        _source = ConformanceSource.Open(folder);
        _manifest = ConformanceManifest.Load(folder);
        foreach (var family in ConformanceCatalog.Create(_source))
        {
            try
            {
                _tables.AddRange(family.Tables().Where(table => _manifest.Lists(table.Name)));
            }
            catch (ConformanceException e)
            {
                _tables.Add(new ConformanceTable(family.Name, _ => throw new ConformanceException(e.Message, e)));
            }
        }
        foreach (var name in _manifest.Wanted.Except(_tables.Select(table => table.Name)).ToList())
            _tables.Add(new ConformanceTable(name, _ => throw new ConformanceException("no calculation yields a table of this name with these parameters")));
    }

    /// <summary>Names of the tables, in the order they are written in.</summary>
    public IReadOnlyList<string> TableNames => [.. _tables.Select(table => table.Name)];

    /// <summary>What the reader of the tables should know of the inputs.</summary>
    public IReadOnlyList<string> Notes => _source.Inputs.Notes;

    /// <summary>Computes and writes tables.</summary>
    /// <param name="folder">Where to; created when absent. Files of the same names are replaced.</param>
    /// <param name="isWanted">Which of <see cref="TableNames"/>.</param>
    /// <param name="report">Called after each table.</param>
    /// <param name="time">Measures how long a table took.</param>
    /// <param name="cancellationToken">Looked at between tables.</param>
    /// <returns>The outcome of each table.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public IReadOnlyList<TableResult> Write(
        string folder, Predicate<string> isWanted, Action<TableResult> report, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var results = new List<TableResult>();
        foreach (var table in _tables.Where(table => isWanted(table.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = Write(table, folder, time);
            results.Add(result);
            report(result);
        }
        return results;
    }

    private TableResult Write(ConformanceTable table, string folder, TimeProvider time)
    {
        var began = time.GetTimestamp();
        var file = _manifest.FileOf(table.Name);
        using var writer = new CsvTableWriter(Path.Combine(folder, file));
        try
        {
            table.Write(writer);
            writer.Commit();
            return new TableResult(table.Name, file, writer.RowCount, time.GetElapsedTime(began), "");
        }
        catch (Exception e) when (e is ConformanceException or ArgumentException or ArithmeticException)
        {
            // The last two are kernels that refuse what the inputs hold: a price of 0, a sum beyond all bounds.
            return new TableResult(table.Name, file, 0, time.GetElapsedTime(began), e.Message);
        }
    }
}
