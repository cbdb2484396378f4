using Granary.Simulation.Defects;

namespace Granary.Simulation.Seeds;

/// <summary>Looks for the first seed that finds a planted defect.</summary>
internal static class DefectHunt
{
    /// <summary>Runs seeds from 1 on until one fails.</summary>
    /// <param name="defect">What was planted.</param>
    /// <param name="runsMax">Seeds tried at most.</param>
    /// <returns>The failing run and its number, or null when no seed found the defect.</returns>
    public static (int Runs, SeedResult Result)? Find(Defect defect, int runsMax)
    {
        for (var seed = 1; seed <= runsMax; seed++)
        {
            var result = SeedRun.Execute(SeedPlan.Draw((ulong)seed, null, defect));
            if (result.Failure is not null) return (seed, result);
        }

        return null;
    }
}
