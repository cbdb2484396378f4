namespace Granary.Client.Conformance;

/// <summary>Compares written tables with golden ones, field by field, within the tolerances of COLUMNS.csv. Row order counts; column order does not.</summary>
public sealed class TableComparer
{
    private readonly string _expected;
    private readonly Dictionary<string, Dictionary<string, ColumnSpec>> _specs;

    /// <summary>A comparer.</summary>
    /// <param name="expected">The folder with the golden tables; COLUMNS.csv lies in the folder above.</param>
    /// <exception cref="ConformanceException">The folder or COLUMNS.csv is absent or damaged.</exception>
    public TableComparer(string expected)
    {
        _expected = Path.GetFullPath(expected);
        if (!Directory.Exists(_expected)) throw new ConformanceException($"{expected} does not exist");
        var columns = Path.Combine(_expected, "..", "COLUMNS.csv");
        if (!File.Exists(columns)) throw new ConformanceException($"there is no COLUMNS.csv in the folder above {expected}");
        _specs = ColumnSpec.Load(columns);
    }

    /// <summary>Compares a table.</summary>
    /// <param name="path">The written file.</param>
    /// <exception cref="ConformanceException">There is no golden table of this name, COLUMNS.csv does not describe it, or a file is damaged.</exception>
    public TableComparison Compare(string path)
    {
        var name = ConformanceManifest.TableName(path);
        if (!_specs.TryGetValue(name, out var specs)) throw new ConformanceException($"COLUMNS.csv describes no table {name}");
        using var expected = OpenExpected(name);
        using var got = CsvTableReader.Open(path, Path.GetFileName(path));

        var (rowCount, fieldCount, mismatchCount, first) = (0, 0L, 0L, "");
        void Mismatch(FormattableString what)
        {
            if (mismatchCount++ == 0) first = FormattableString.Invariant(what);
        }

        foreach (var column in expected.Columns.Where(column => !got.Has(column))) Mismatch($"column {column} is missing");
        foreach (var column in got.Columns.Where(column => !expected.Has(column))) Mismatch($"column {column} is not in the golden table");
        var columns = expected.Columns.Where(got.Has)
            .Select(column => (Name: column, Expected: expected.PlaceOf(column), Got: got.PlaceOf(column), Spec: SpecOf(specs, name, column))).ToList();

        using var gotRows = got.Rows().GetEnumerator();
        foreach (var row in expected.Rows())
        {
            if (!gotRows.MoveNext())
            {
                Mismatch($"row {rowCount} and all after it are missing");
                break;
            }
            foreach (var column in columns)
            {
                var (wanted, field) = (row.Fields[column.Expected], gotRows.Current.Fields[column.Got]);
                fieldCount++;
                if (!column.Spec.Matches(wanted, field)) Mismatch($"row {rowCount} {column.Name}: expected '{wanted}', was '{field}'");
            }
            rowCount++;
        }
        if (gotRows.MoveNext()) Mismatch($"row {rowCount} is one too many");
        return new TableComparison(name, rowCount, fieldCount, mismatchCount, first);
    }

    private CsvTableReader OpenExpected(string name)
    {
        foreach (var file in new[] { $"{name}.csv", $"{name}.csv.gz" })
        {
            var path = Path.Combine(_expected, file);
            if (File.Exists(path)) return CsvTableReader.Open(path, $"golden {file}");
        }
        throw new ConformanceException($"there is no golden table {name}");
    }

    private static ColumnSpec SpecOf(Dictionary<string, ColumnSpec> specs, string table, string column) =>
        specs.TryGetValue(column, out var spec) ? spec : throw new ConformanceException($"COLUMNS.csv does not describe column {column} of {table}");
}
