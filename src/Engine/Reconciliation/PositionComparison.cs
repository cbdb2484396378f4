using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Risk;

namespace Granary.Engine.Reconciliation;

/// <summary>The position here and there, and what is inferred of a difference that lasts.</summary>
internal static class PositionComparison
{
    /// <returns>What stays in doubt, and whether the positions agree once the steps are carried out.</returns>
    internal static (PositionDoubt? Doubt, bool IsSettled) Compare(
        EngineSide asked, EngineSide now, VenueSide venue, bool hasFills, PositionDoubt? doubt, List<ReconcileStep> steps, List<Finding> findings)
    {
        // A fill between two answers looks like a difference.
        if (hasFills || asked.FillCount != now.FillCount) return (null, false);
        var difference = (venue.Position?.Quantity ?? 0) - now.Quantity;
        if (difference == 0) return (null, true);

        // Quantities alone would not do: where every trade has the same size, two different moments look alike.
        var isSame = doubt is not null && doubt.Difference == difference && doubt.FillCount == now.FillCount;
        var looks = isSame ? doubt!.Looks + 1 : 1;
        var isOlder = venue.Position is { TimeMs: > 0 } position && position.TimeMs < now.LastFillMs;
        var needed = isOlder ? Reconciler.LooksWhenOlder : venue.AreTradesComplete ? Reconciler.LooksMax : Reconciler.LooksWithoutHistory;
        if (looks < needed) return (new PositionDoubt(difference, now.FillCount, looks), false);
        Infer(now, venue, difference, looks, steps, findings);
        return (null, true);
    }

    private static void Infer(EngineSide now, VenueSide venue, decimal difference, int looks, List<ReconcileStep> steps, List<Finding> findings)
    {
        var price = InferredPrice.Of(now.Quantity, now.CostBasis, venue.Position);
        var untilMs = venue.Position is { TimeMs: > 0 } position ? position.TimeMs : venue.AskedMs;
        var rest = difference;
        foreach (var order in now.Lacking)
        {
            if (Math.Sign(rest) != (int)order.Request.Side || order.MissingQuantity <= 0) continue;
            var part = Math.Min(order.MissingQuantity, Math.Abs(rest)) * (int)order.Request.Side;
            steps.Add(new ReconcileStep.InferFill(order.ClientOrderId, part, price, untilMs));
            rest -= part;
        }
        if (rest != 0) steps.Add(new ReconcileStep.InferFill("", rest, price, untilMs));
        var why = venue.AreTradesComplete ? "no trade of the venue's history explains it" : "the venue's history does not reach back far enough";
        var whose = rest == difference ? "EXTERNAL" : rest == 0 ? "of the orders that lack fills" : "of the orders that lack fills, the rest EXTERNAL";
        findings.Add(new Finding(
            FindingKind.PositionDiffers, now.Symbol,
            $"the position was {Number.Text(now.Quantity)} here and {Number.Text(now.Quantity + difference)} at the venue in {looks} looks; {why}",
            $"booked as a synthetic fill of {Number.Text(difference)} at {Number.Text(price)}, {whose}; the real one replaces it should it turn up",
            $"position {Number.Text(now.Quantity + difference)}"));
    }
}
