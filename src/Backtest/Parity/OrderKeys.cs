using System.Globalization;
using Granary.Engine.Decisions;
using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;

namespace Granary.Backtest.Parity;

/// <summary>
/// Names orders by what they are for, which is the same in every run: an entry by its intent, an exit by its entry's intent and its number among the exits of
/// that entry, those that were filled first. Client order ids and versions, which differ from run to run, are not part of it.
/// </summary>
internal static class OrderKeys
{
    public static Dictionary<string, LoggedOrder> Of(OrderLog log)
    {
        var found = new Dictionary<string, LoggedOrder>(StringComparer.Ordinal);
        var entries = new Dictionary<string, LoggedOrder>(StringComparer.Ordinal);
        var lastEntries = new Dictionary<string, LoggedOrder>(StringComparer.Ordinal);
        var exits = new Dictionary<string, List<LoggedOrder>>(StringComparer.Ordinal);
        foreach (var order in Whole(log.Orders))
        {
            if (order.Purpose == ProposalKind.Entry)
            {
                found[order.IntentId] = entries[order.ClientOrderId] = order;
                if (order.Fills.Count > 0) lastEntries[order.Symbol] = order;
                continue;
            }
            var entry = EntryOf(order, entries) ?? lastEntries.GetValueOrDefault(order.Symbol);
            var opening = entry?.IntentId ?? $"{order.Symbol}/foreign";
            if (!exits.TryGetValue(opening, out var own)) exits[opening] = own = [];
            own.Add(order);
        }
        foreach (var (opening, own) in exits)
        {
            var number = 0;
            foreach (var order in own.OrderByDescending(o => o.Fills.Count > 0))
                found[string.Create(CultureInfo.InvariantCulture, $"{opening} exit {++number}")] = order;
        }
        return found;
    }

    /// <summary>The entry of an exit's key; the key itself of an entry's.</summary>
    public static string EntryOf(string key) => key.LastIndexOf(" exit ", StringComparison.Ordinal) is >= 0 and var at ? key[..at] : key;

    /// <summary>Orders that were placed in parts as one: what is asked for is the approved order, and its parts' fills are its own.</summary>
    private static List<LoggedOrder> Whole(IReadOnlyList<LoggedOrder> orders)
    {
        var whole = new List<LoggedOrder>(orders.Count);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var order in orders)
        {
            var id = ClientOrderId.ParentOf(order.ClientOrderId);
            var isPart = id != order.ClientOrderId;
            if (!places.TryGetValue(id, out var place))
            {
                places[id] = whole.Count;
                whole.Add(isPart ? order with { ClientOrderId = id, Type = OrderType.Market, Parts = 1 } : order);
                continue;
            }
            var known = whole[place];
            var fills = known.Fills.Concat(order.Fills).OrderBy(fill => fill.TimeMs);
            whole[place] = (isPart ? known : order) with { Fills = [.. fills], Parts = known.Parts + (isPart ? 1 : 0) };
        }
        return whole;
    }

    private static LoggedOrder? EntryOf(LoggedOrder order, Dictionary<string, LoggedOrder> entries)
    {
        if (ProtectedPosition.OpeningOf(order.IntentId) is { } opening) return entries.GetValueOrDefault(ClientOrderId.ParentOf(opening));
        return entries.FirstOrDefault(entry => ProtectiveStopId.IsOf(order.ClientOrderId, entry.Key)).Value;
    }
}
