using System.Globalization;
using Granary.Client.Conformance;
using Granary.Engine.Tests.Golden;
using Spec = Granary.Engine.Tests.Golden.ColumnSpec;

namespace Granary.Client.Tests.Conformance;

/// <summary>Every table that the command writes from the golden inputs is the golden one.</summary>
public sealed class ConformanceGoldenTests : IDisposable
{
    private readonly ConformanceFolder _folder = new();

    [SharedFact]
    public void Every_written_table_is_the_golden_one()
    {
        var golden = GoldenFolder.SharedFile("golden");
        var run = new ConformanceRun(golden);
        var results = run.Write(_folder.Output, _ => true, _ => { }, TimeProvider.System, CancellationToken.None);

        var missing = results.Where(result => !result.IsWritten).Select(result => $"{result.Name}: {result.Failure}");
        missing.ShouldBeEmpty();
        var written = results.Where(result => result.IsWritten).ToList();
        ListedTables(golden).Except(written.Select(result => result.Name)).ShouldBeEmpty();
        foreach (var result in written)
        {
            // The file is named as in the manifest.
            File.Exists(Path.Combine(golden, "expected", result.File)).ShouldBeTrue(result.File);
            Compare(golden, result.Name).ShouldBe(result.RowCount);
        }
        run.Notes.ShouldBeEmpty();
    }

    [SharedFact]
    public void The_comparer_of_the_command_agrees()
    {
        var golden = GoldenFolder.SharedFile("golden");
        var comparer = new TableComparer(Path.Combine(golden, "expected"));
        var results = new ConformanceRun(golden).Write(_folder.Output, _ => true, _ => { }, TimeProvider.System, CancellationToken.None);
        foreach (var result in results.Where(result => result.IsWritten))
        {
            var comparison = comparer.Compare(Path.Combine(_folder.Output, result.File));
            comparison.MismatchCount.ShouldBe(0, $"{comparison.Name}: {comparison.FirstMismatch}");
            comparison.RowCount.ShouldBe((int)result.RowCount);
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The golden tables, except one that is printed in a seed and has no inputs, and what the reference says of itself.</summary>
    private static IEnumerable<string> ListedTables(string golden) =>
        CsvTable.Load(Path.Combine(golden, "COLUMNS.csv")).Rows.Where(row => char.IsAsciiDigit(row[^1][0]))
            .Select(row => ConformanceManifest.TableName(row[0])).Distinct().Where(name => name != "seed001_selection");

    private long Compare(string golden, string name)
    {
        var expected = CsvTable.Load(ConformanceFolder.FileOf(Path.Combine(golden, "expected"), name));
        var got = _folder.Table(name);
        got.Columns.ShouldBe(expected.Columns, ignoreOrder: true);
        var specs = Spec.Load(Path.Combine(golden, "COLUMNS.csv"), name + ".csv");
        var columns = expected.Columns.ToDictionary(column => column, column => ValueOf(specs[column], got.IndexOf(column)));
        GoldenComparer.ShouldMatch(expected, specs, got.Rows, columns).ShouldBe(expected.Rows.Count * expected.Columns.Length);
        return got.Rows.Count;
    }

    private static Func<string[], object?> ValueOf(Spec spec, int place) => row => row[place].Length == 0 ? null : spec.Kind switch
    {
        "int" => long.Parse(row[place], CultureInfo.InvariantCulture),
        "bool" => row[place] switch { "1" => true, "0" => false, _ => throw new InvalidDataException(row[place]) },
        "decimal" => decimal.Parse(row[place], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "double" => double.Parse(row[place], CultureInfo.InvariantCulture),
        _ => row[place],
    };
}
