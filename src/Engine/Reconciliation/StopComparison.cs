using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;

namespace Granary.Engine.Reconciliation;

/// <summary>
/// Protective stops here and trigger orders there. It brings the books to the venue's truth; that exactly one stop then rests behind a position, and none
/// behind none, is what <see cref="ProtectiveStops.Plan"/> sees to.
/// </summary>
internal static class StopComparison
{
    /// <summary>Stops that may wait, stood the same from the question to the answer, and are not among the waiting ones.</summary>
    internal static IEnumerable<ProtectiveStop> Unlisted(EngineSide asked, EngineSide now, VenueSide venue) => venue.Triggers is not { } triggers
        ? []
        : now.Stops.Where(stop => stop is { MayWait: true, State: not ProtectiveStopState.Pending } && asked.Stops.Contains(stop)
            && triggers.All(report => report.ClientId != stop.ClientId));

    internal static void Compare(EngineSide asked, EngineSide now, VenueSide venue, List<ReconcileStep> steps, List<Finding> findings)
    {
        foreach (var report in venue.Triggers ?? []) Listed(asked, now, report, steps, findings);
        foreach (var stop in Unlisted(asked, now, venue))
        {
            if (!venue.StopAnswers.TryGetValue(stop.ClientId, out var answer)) continue;
            if (answer is not null) Answered(stop, answer, steps, findings);
            else if (now.NowMs - stop.UpdatedMs >= Reconciler.AbsenceMs)
            {
                steps.Add(new ReconcileStep.EndStop(stop.ClientId));
                findings.Add(new Finding(
                    FindingKind.StopMissing, stop.ClientId, $"stop {stop.ClientId} was {stop.State} and the venue does not have it", "ended; another one is placed",
                    "one stop again while there is a position"));
            }
        }
    }

    private static void Listed(EngineSide asked, EngineSide now, TriggerOrderReport report, List<ReconcileStep> steps, List<Finding> findings)
    {
        if (!report.IsStop || !now.IsOwnStop(report.ClientId))
        {
            findings.Add(new Finding(
                FindingKind.ForeignTrigger, report.ClientId,
                $"the venue has a trigger order {report.ClientId} ({report.Side} at {Number.Text(report.TriggerPrice)}) that the engine did not place",
                "left to whoever placed it", "it may close or change the position"));
            return;
        }
        if (now.Stops.FirstOrDefault(known => known.ClientId == report.ClientId) is not { } stop)
        {
            steps.Add(new ReconcileStep.TakeStop(report, IsNewer: true));
            findings.Add(new Finding(
                FindingKind.StopFound, report.ClientId, $"stop {report.ClientId} was at the venue and in no book", "taken over by its id", "Resting"));
            return;
        }
        var isSame = stop.State == ProtectiveStopState.Resting && stop.TriggerPrice == report.TriggerPrice && stop.Quantity == report.Quantity;

        // One whose request is on its way is told by its answer; one that was set off does not wait any more, whatever an older list says.
        if (isSame || stop.State is ProtectiveStopState.Pending or ProtectiveStopState.Triggered || !asked.Stops.Contains(stop)) return;
        if (stop.State == ProtectiveStopState.Over && now.NowMs - stop.UpdatedMs < Reconciler.ListAgeMs) return;
        steps.Add(new ReconcileStep.TakeStop(report, IsNewer: true));
        Differs(stop, "rests", findings);
    }

    private static void Answered(ProtectiveStop stop, TriggerOrderReport answer, List<ReconcileStep> steps, List<Finding> findings)
    {
        switch (answer.Status)
        {
            case TriggerOrderStatus.Unknown:
            case TriggerOrderStatus.Waiting when stop.State == ProtectiveStopState.Resting:
                return;
            case TriggerOrderStatus.Waiting when stop.State == ProtectiveStopState.Canceling:
                steps.Add(new ReconcileStep.KeepStop(stop.ClientId));
                break;
            default:
                steps.Add(new ReconcileStep.TakeStop(answer, IsNewer: false));
                break;
        }
        Differs(stop, $"is {answer.Status}", findings);
    }

    private static void Differs(ProtectiveStop stop, string isNow, List<Finding> findings) => findings.Add(new Finding(
        FindingKind.StopDiffers, stop.ClientId, $"stop {stop.ClientId} was {stop.State} and {isNow} at the venue", "the venue's word taken",
        "one stop while there is a position"));
}
