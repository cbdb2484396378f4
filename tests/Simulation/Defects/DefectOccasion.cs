using Granary.Simulation.Troubles;

namespace Granary.Simulation.Defects;

/// <summary>The troubles that give a planted defect its occasion, on top of those that a seed draws.</summary>
internal static class DefectOccasion
{
    public static IEnumerable<Trouble> Of(Defect defect) => defect switch
    {
        Defect.SentAgain or Defect.TimeoutIsRefusal => [At(TroubleKind.AnswersLost, 6, 4)],
        Defect.Unfenced => [.. Enumerable.Range(1, 8).Select(i => At(TroubleKind.Rival, (2 * i) + 1, 1))],
        Defect.ReservationKept => [At(TroubleKind.Overloaded, 4, 10)],
        Defect.StopLoosened => [.. new[] { 3, 7, 11, 15 }.Select(i => At(TroubleKind.Kill, i, 0.1))],
        Defect.HaltForgotten => [At(TroubleKind.Halt, 6, 6), At(TroubleKind.Kill, 7, 0.1)],
        Defect.AuditBlind => [At(TroubleKind.OrderEventsLost, 5, 8)],
        Defect.CancelClaimed => [At(TroubleKind.HandOrder, 6, 1), At(TroubleKind.CancelAll, 8, 1)],
        Defect.RefillIncomplete => [At(TroubleKind.FeedGap, 6, 1)],
        _ => [],
    };

    private static Trouble At(TroubleKind kind, double atMinutes, double lastsMinutes) =>
        new(kind, TimeSpan.FromMinutes(atMinutes), TimeSpan.FromMinutes(lastsMinutes), 999_993);
}
