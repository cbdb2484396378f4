using System.Globalization;

namespace Granary.Engine.Tests.Golden;

/// <summary>
/// Compares computed rows with a golden table: every row, and every column that a mapping names, under the tolerances of COLUMNS.csv.
/// "No value" (an empty field) must be no value (null) on both sides.
/// </summary>
internal static class GoldenComparer
{
    private const int DifferencesShown = 10;

    /// <summary>Fails with the first differences; returns the number of fields compared.</summary>
    /// <typeparam name="T">A computed row.</typeparam>
    /// <param name="expected">The golden table.</param>
    /// <param name="specs">Its columns' kinds and tolerances.</param>
    /// <param name="rows">The computed rows, in order.</param>
    /// <param name="columns">By column name, the computed value: a long, int, bool, decimal, double, string or null.</param>
    public static int ShouldMatch<T>(
        CsvTable expected, IReadOnlyDictionary<string, ColumnSpec> specs, IReadOnlyList<T> rows, IReadOnlyDictionary<string, Func<T, object?>> columns)
    {
        rows.Count.ShouldBe(expected.Rows.Count, $"{expected.Name}: number of rows");
        var differences = new List<string>();
        var count = 0;
        foreach (var (column, value) in columns)
        {
            var index = expected.IndexOf(column);
            var spec = specs[column];
            for (var row = 0; row < rows.Count; row++)
            {
                var (text, got) = (expected.Rows[row][index], value(rows[row]));
                count++;
                if (!Matches(spec, text, got)) differences.Add(FormattableString.Invariant($"row {row} {column}: expected '{text}', was '{got ?? ""}'"));
            }
        }
        if (differences.Count > 0)
        {
            var shown = string.Join(Environment.NewLine, differences.Take(DifferencesShown));
            Assert.Fail($"{expected.Name}: {differences.Count} of {count} fields differ{Environment.NewLine}{shown}");
        }
        return count;
    }

    public static bool Matches(ColumnSpec spec, string expected, object? got)
    {
        if (expected.Length == 0 || got is null) return expected.Length == 0 && got is null;
        return spec.Kind switch
        {
            "int" => Convert.ToInt64(got, CultureInfo.InvariantCulture) == long.Parse(expected, CultureInfo.InvariantCulture),
            "bool" => (bool)got == (expected == "1"),
            "decimal" => (decimal)got == decimal.Parse(expected, CultureInfo.InvariantCulture),
            "double" => IsNear((double)got, double.Parse(expected, CultureInfo.InvariantCulture), spec),
            "string" => (string)got == expected,
            _ => throw new InvalidDataException($"COLUMNS.csv has the unknown kind '{spec.Kind}'"),
        };
    }

    private static bool IsNear(double got, double expected, ColumnSpec spec) =>
        Math.Abs(got - expected) <= (spec.Relative * Math.Abs(expected)) + spec.Absolute;
}
