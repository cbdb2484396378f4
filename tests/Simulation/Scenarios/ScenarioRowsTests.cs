using System.Reflection;

namespace Granary.Simulation.Scenarios;

/// <summary>The list of scenarios and the tests belong together.</summary>
public sealed class ScenarioRowsTests
{
    private static readonly string[] Tests =
    [
        .. typeof(ScenarioRows).Assembly.GetTypes().SelectMany(t => t.GetMethods())
            .Where(m => m.GetCustomAttributes<FactAttribute>().Any(f => f.Skip is null)).Select(m => m.Name),
    ];

    [Fact]
    public void There_are_forty_three_rows_each_once() => ScenarioRows.All.Select(r => r.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(43);

    [Fact]
    public void Every_row_has_a_test() => ScenarioRows.All
        .Where(row => !Tests.Any(name => name.StartsWith($"{row.Id}_", StringComparison.Ordinal))).Select(row => $"{row.Id}: {row.Broke}").ShouldBeEmpty();
}
