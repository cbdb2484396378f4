using Granary.Simulation.Seeds;
using Xunit.Abstractions;

namespace Granary.Simulation.Grid;

/// <summary>The grid under drawn troubles: every rule of the simulator, and that the runs were worth it.</summary>
public sealed class GridSeedTests(ITestOutputHelper output)
{
    private const ulong Seeds = 8;

    [Fact]
    public void Fixed_seeds_hold()
    {
        var (failures, fills) = (new StringWriter(), 0L);
        for (var seed = 1ul; seed <= Seeds; seed++)
        {
            var result = SeedRun.Execute(SeedPlan.Draw(seed) with { IsGrid = true });
            fills += result.Fills;
            if (result.Failure is not null) SeedCommand.Tell(result, failures);
        }

        output.WriteLine($"{fills} fills");
        failures.ToString().ShouldBeEmpty();
        fills.ShouldBeGreaterThan(100);
    }
}
