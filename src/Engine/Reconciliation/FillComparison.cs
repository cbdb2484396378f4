using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Reconciliation;

/// <summary>Trades of the venue's history that no event has told.</summary>
internal static class FillComparison
{
    /// <returns>How many there are.</returns>
    internal static int Compare(EngineSide now, VenueSide venue, List<ReconcileStep> steps, List<Finding> findings)
    {
        var missed = new SortedDictionary<long, Fill>();
        foreach (var trade in venue.Trades)
        {
            if (!now.KnowsTrade(trade.TradeId)) missed.TryAdd(trade.TradeId, trade);
        }
        if (missed.Count == 0) return 0;
        steps.AddRange(missed.Values.Select(fill => new ReconcileStep.TakeFill(fill)));
        var (first, last, net) = (missed.First().Value, missed.Last().Key, missed.Values.Sum(fill => fill.SignedQuantity));
        var seen = missed.Count == 1
            ? $"the venue filled {first.Side} {Number.Text(first.Quantity)} at {Number.Text(first.Price)} (trade {first.TradeId}), which no event told"
            : $"the venue made {missed.Count} fills (trades {first.TradeId} to {last}, net {Number.Text(net)}), which no event told";
        findings.Add(new Finding(
            FindingKind.FillsMissed, $"{first.TradeId}-{last}", seen, "booked from the venue's history, each once", $"position {Number.Text(now.Quantity + net)}"));
        return missed.Count;
    }
}
