using Granary.Simulation.Defects;
using Granary.Simulation.Troubles;

namespace Granary.Simulation.Seeds;

/// <summary>Looks for the first seed that finds a planted defect. Each seed's own troubles are joined by the one that gives the defect its occasion.</summary>
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
            var plan = SeedPlan.Draw((ulong)seed, null, defect);
            var result = SeedRun.Execute(plan with { Troubles = [.. plan.Troubles.Concat(Occasion(defect)).OrderBy(t => t.At)] });
            if (result.Failure is not null) return (seed, result);
        }

        return null;
    }

    private static IEnumerable<Trouble> Occasion(Defect defect) => defect switch
    {
        Defect.SentAgain or Defect.TimeoutIsRefusal => [At(TroubleKind.AnswersLost, 6, 4)],
        Defect.Unfenced => [At(TroubleKind.Rival, 6, 1), At(TroubleKind.Rival, 9, 1), At(TroubleKind.Rival, 12, 1)],
        Defect.ReservationKept => [At(TroubleKind.Overloaded, 6, 4)],
        Defect.StopLoosened => [.. Enumerable.Range(3, 8).Select(i => At(TroubleKind.Kill, 2 * i, 0.1))],
        Defect.HaltForgotten => [At(TroubleKind.Halt, 6, 6), At(TroubleKind.Kill, 7, 0.1)],
        Defect.AuditBlind => [At(TroubleKind.OrderEventsLost, 5, 8)],
        Defect.CancelClaimed => [At(TroubleKind.HandOrder, 6, 1), At(TroubleKind.CancelAll, 8, 1)],
        Defect.RefillIncomplete => [At(TroubleKind.FeedGap, 6, 1)],
        _ => [],
    };

    private static Trouble At(TroubleKind kind, double atMinutes, double lastsMinutes) =>
        new(kind, TimeSpan.FromMinutes(atMinutes), TimeSpan.FromMinutes(lastsMinutes), 999_999);
}
