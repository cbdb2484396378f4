namespace Granary.Simulation.Seeds;

/// <summary>What came of a seed.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Rule">The rule that was broken, or null.</param>
/// <param name="Failure">What was seen, or null.</param>
/// <param name="Digest">Hashes of journal and turns; equal runs have equal ones.</param>
/// <param name="Virtual">Virtual time that passed.</param>
/// <param name="Fills">Fills at the exchange.</param>
/// <param name="Incidents">Incidents in the journal.</param>
internal sealed record SeedResult(SeedPlan Plan, string? Rule, string? Failure, string Digest, TimeSpan Virtual, int Fills, long Incidents)
{
    /// <summary>The command that shows it again.</summary>
    public string Command => $"dotnet run -c Release --project tests/Simulation -- --seed {Plan.Seed} --trace"
        + (Plan.IsGrid ? " --grid" : "")
        + (Plan.Length == SeedPlan.DefaultLength ? "" : $" --minutes {(int)Plan.Length.TotalMinutes}")
        + (Plan.Defect == Defects.Defect.None ? "" : $" --defect {Plan.Defect}");
}
