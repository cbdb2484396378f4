using System.Globalization;
using Granary.Engine.Decisions;
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
        foreach (var order in log.Orders)
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

    private static LoggedOrder? EntryOf(LoggedOrder order, Dictionary<string, LoggedOrder> entries)
    {
        if (ProtectedPosition.OpeningOf(order.IntentId) is { } opening) return entries.GetValueOrDefault(opening);
        return entries.FirstOrDefault(entry => ProtectiveStopId.IsOf(order.ClientOrderId, entry.Key)).Value;
    }
}
