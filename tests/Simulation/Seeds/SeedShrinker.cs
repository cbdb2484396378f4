namespace Granary.Simulation.Seeds;

/// <summary>Finds the fewest troubles of a failing seed that still break the same rule, by leaving them out one after the other.</summary>
internal static class SeedShrinker
{
    /// <summary>Shrinks.</summary>
    /// <param name="failed">A result with a broken rule.</param>
    /// <returns>The result of the smallest plan that was found.</returns>
    public static SeedResult Shrink(SeedResult failed)
    {
        var smallest = failed;
        for (var i = 0; i < smallest.Plan.Troubles.Count;)
        {
            var fewer = smallest.Plan with { Troubles = [.. smallest.Plan.Troubles.Where((_, index) => index != i)] };
            var result = SeedRun.Execute(fewer);
            if (result.Rule == failed.Rule) smallest = result;
            else i++;
        }

        return smallest;
    }
}
