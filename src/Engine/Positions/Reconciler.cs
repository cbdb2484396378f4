using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Positions;

/// <summary>
/// Compares the engine's orders and position with the venue's, which is the truth. Pure: it says what to do and does nothing. One pass converges: after a
/// plan has been carried out (its queries answered) the next plan of the same venue state is empty. A fill is never invented: where fills do not explain
/// the venue's position, the position itself is adopted and named.
/// </summary>
public static class Reconciler
{
    /// <summary>Makes the plan.</summary>
    /// <exception cref="ArgumentException">An order, trade or position is of another symbol.</exception>
    public static ReconcilePlan Plan(ReconcileInput input)
    {
        RequireSymbol(input);
        var differences = new List<string>();
        var fills = NewFills(input, differences);
        var (reports, foreign, open) = Reports(input, differences);
        var (query, close) = Missing(input, fills, open, differences);
        var (adopt, comparable) = Position(input, fills, differences);
        return new ReconcilePlan(fills, reports, query, close, foreign, adopt, comparable, differences);
    }

    private static List<Fill> NewFills(ReconcileInput input, List<string> differences)
    {
        var fills = new SortedDictionary<long, Fill>();
        foreach (var trade in input.VenueTrades)
            if (!input.KnowsTrade(trade.TradeId)) fills.TryAdd(trade.TradeId, trade);
        foreach (var fill in fills.Values)
        {
            differences.Add(
                $"{input.Symbol}: the venue filled {fill.Side} {Number.Text(fill.Quantity)} at {Number.Text(fill.Price)} (trade {fill.TradeId}), "
                + "which the engine had not seen");
        }
        return [.. fills.Values];
    }

    private static (List<OrderReport> Reports, List<OrderReport> Foreign, HashSet<TrackedOrder> Open) Reports(ReconcileInput input, List<string> differences)
    {
        var reports = new List<OrderReport>();
        var foreign = new List<OrderReport>();
        var open = new HashSet<TrackedOrder>();
        foreach (var report in input.VenueOrders)
        {
            var local = input.LocalOrders.FirstOrDefault(order => IsSame(order, report));
            if (local is null)
            {
                foreign.Add(report);
                reports.Add(report);
                differences.Add(
                    $"{input.Symbol}: the venue has an open order {Name(report)} ({report.Side} {Number.Text(report.Quantity)}) that the engine did not know");
                continue;
            }
            open.Add(local);
            if (local.IsSeenAtVenue && local.ExecutedQuantity >= report.ExecutedQuantity && local.Status is not OrderStatus.Unknown) continue;
            reports.Add(report);
            differences.Add(
                $"{input.Symbol}: order {local.ClientOrderId} was {local.Status} with {Number.Text(local.ExecutedQuantity)} executed here "
                + $"and {report.Status} with {Number.Text(report.ExecutedQuantity)} executed at the venue");
        }
        return (reports, foreign, open);
    }

    private static (List<TrackedOrder> Query, List<TrackedOrder> Close) Missing(
        ReconcileInput input, List<Fill> fills, HashSet<TrackedOrder> open, List<string> differences)
    {
        var query = new List<TrackedOrder>();
        var close = new List<TrackedOrder>();
        foreach (var order in input.LocalOrders)
        {
            if (!order.IsLive || open.Contains(order)) continue;
            var recovered = fills.Where(fill => IsSame(order, fill)).Sum(fill => fill.Quantity);
            if (order.FilledQuantity + recovered >= order.Request.Quantity) continue;
            if (input.NotFound.Contains(order.ClientOrderId) && input.NowMs - order.UpdatedMs >= input.NotFoundGraceMs)
            {
                close.Add(order);
                differences.Add($"{input.Symbol}: order {order.ClientOrderId} was {order.Status} here and the venue does not have it; ending it");
                continue;
            }
            query.Add(order);
            differences.Add($"{input.Symbol}: order {order.ClientOrderId} was {order.Status} here and is not open at the venue; asking for it");
        }
        return (query, close);
    }

    private static (PositionReport? Adopt, bool IsComparable) Position(ReconcileInput input, List<Fill> fills, List<string> differences)
    {
        var newest = fills.Count == 0 ? input.LastFillTimeMs : Math.Max(input.LastFillTimeMs, fills.Max(fill => fill.TimeMs));
        var expected = input.LocalQuantity + fills.Sum(fill => fill.SignedQuantity);
        var venue = input.VenuePosition?.Quantity ?? 0;
        if (venue == expected) return (null, true);
        var isStale = input.VenuePosition is { TimeMs: > 0 } position && position.TimeMs < newest;
        if (isStale || newest >= input.VenueTimeMs) return (null, false);
        differences.Add(
            $"{input.Symbol}: position was {Number.Text(expected)} here after {fills.Count} recovered fills and {Number.Text(venue)} at the venue; "
            + "adopting the venue's");
        return (input.VenuePosition ?? new PositionReport(input.Symbol, 0, 0, 0, 0, 0, input.VenueTimeMs), true);
    }

    private static bool IsSame(TrackedOrder order, OrderReport report) =>
        (report.ClientOrderId.Length > 0 && order.ClientOrderId == report.ClientOrderId)
        || (report.VenueOrderId > 0 && order.VenueOrderId == report.VenueOrderId);

    private static bool IsSame(TrackedOrder order, Fill fill) =>
        (fill.ClientOrderId.Length > 0 && order.ClientOrderId == fill.ClientOrderId) || (fill.VenueOrderId > 0 && order.VenueOrderId == fill.VenueOrderId);

    private static string Name(OrderReport report) => report.ClientOrderId.Length > 0 ? report.ClientOrderId : $"#{report.VenueOrderId}";

    private static void RequireSymbol(ReconcileInput input)
    {
        var other = input.LocalOrders.Select(order => order.Request.Symbol)
            .Concat(input.VenueOrders.Select(order => order.Symbol))
            .Concat(input.VenueTrades.Select(trade => trade.Symbol))
            .Concat(input.VenuePosition is { } position ? [position.Symbol] : [])
            .FirstOrDefault(symbol => symbol != input.Symbol);
        if (other is not null) throw new ArgumentException($"reconciliation of {input.Symbol} was given something of {other}", nameof(input));
    }
}
