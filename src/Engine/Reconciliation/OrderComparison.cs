using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Reconciliation;

/// <summary>Orders here and open orders there.</summary>
internal static class OrderComparison
{
    /// <summary>Live orders that stood the same from the question to the answer and are not among the open ones, nor completed by trades just fetched.</summary>
    internal static IEnumerable<TrackedOrder> Unlisted(EngineSide asked, EngineSide now, VenueSide venue)
    {
        foreach (var order in now.Orders)
        {
            if (!order.IsLive || !asked.Orders.Contains(order) || venue.Orders.Any(report => IsSame(order, report))) continue;
            var recovered = venue.Trades.Where(fill => !now.KnowsTrade(fill.TradeId) && IsSame(order, fill)).DistinctBy(fill => fill.TradeId).Sum(fill => fill.Quantity);
            if (order.FilledQuantity + recovered < order.Request.Quantity) yield return order;
        }
    }

    internal static void Compare(EngineSide asked, EngineSide now, VenueSide venue, List<ReconcileStep> steps, List<Finding> findings)
    {
        foreach (var report in venue.Orders) Listed(asked, now, report, steps, findings);
        foreach (var order in Unlisted(asked, now, venue))
        {
            if (!venue.OrderAnswers.TryGetValue(order.ClientOrderId, out var answer)) continue;
            if (answer is not null)
            {
                if (SaysMore(order, answer)) Differs(order, answer, steps, findings);
            }
            else if (now.NowMs - order.UpdatedMs >= Reconciler.AbsenceMs)
            {
                steps.Add(new ReconcileStep.EndOrder(order.ClientOrderId));
                var end = order.IsSeenAtVenue ? OrderStatus.Expired : OrderStatus.Rejected;
                findings.Add(new Finding(
                    FindingKind.OrderGone, order.ClientOrderId, $"order {order.ClientOrderId} was {order.Status} and the venue does not have it", "ended, not sent again",
                    $"order {end}"));
            }
        }
    }

    private static void Listed(EngineSide asked, EngineSide now, OrderReport report, List<ReconcileStep> steps, List<Finding> findings)
    {
        var name = Name(report);
        if (now.FindOrder(report.ClientOrderId, report.VenueOrderId) is not { } order)
        {
            steps.Add(new ReconcileStep.TakeOrder(report));
            findings.Add(new Finding(
                FindingKind.ForeignOrder, name, $"the venue has an open order {name} ({report.Side} {Number.Text(report.Quantity)}) that the engine did not place",
                "followed as EXTERNAL and counted as exposure", $"order {report.Status}"));
            return;
        }
        if (order.IsLive)
        {
            // One that is live and not among the orders is being sent: its answer will tell.
            if (now.Orders.Contains(order) && SaysMore(order, report)) Differs(order, report, steps, findings);
            return;
        }

        // It ended while the answer was under way, or it never did.
        if (asked.Orders.Any(before => before.ClientOrderId == order.ClientOrderId) || !order.MayRevive(report)) return;
        steps.Add(new ReconcileStep.TakeOrder(report));
        findings.Add(new Finding(
            FindingKind.OrderRevived, order.ClientOrderId, $"order {order.ClientOrderId} counted as {order.Status} and is open at the venue", "followed again",
            $"order {report.Status}"));
    }

    private static void Differs(TrackedOrder order, OrderReport report, List<ReconcileStep> steps, List<Finding> findings)
    {
        steps.Add(new ReconcileStep.TakeOrder(report));
        findings.Add(new Finding(
            FindingKind.OrderDiffers, order.ClientOrderId,
            $"order {order.ClientOrderId} was {order.Status} with {Number.Text(order.ExecutedQuantity)} executed and is {report.Status} with "
            + $"{Number.Text(report.ExecutedQuantity)} at the venue",
            "the venue's word taken", $"order {report.Status}"));
    }

    /// <summary>Whether the report would change what the engine believes of a live order.</summary>
    private static bool SaysMore(TrackedOrder order, OrderReport report) => !order.IsSeenAtVenue
        || (order.Status == OrderStatus.Unknown && report.Status != OrderStatus.Unknown)
        || report.Status.IsFinal() || report.ExecutedQuantity > order.ExecutedQuantity;

    private static bool IsSame(TrackedOrder order, OrderReport report) =>
        (report.ClientOrderId.Length > 0 && order.ClientOrderId == report.ClientOrderId)
        || (report.VenueOrderId > 0 && order.VenueOrderId == report.VenueOrderId);

    private static bool IsSame(TrackedOrder order, Fill fill) =>
        (fill.ClientOrderId.Length > 0 && order.ClientOrderId == fill.ClientOrderId) || (fill.VenueOrderId > 0 && order.VenueOrderId == fill.VenueOrderId);

    private static string Name(OrderReport report) => report.ClientOrderId.Length > 0 ? report.ClientOrderId : $"#{report.VenueOrderId}";
}
