using Granary.Engine.Selection;

namespace Granary.Backtest.Selection;

/// <summary>Gathers who was left out of the selections, by symbol and reason.</summary>
internal sealed class ExclusionLog
{
    private readonly SortedDictionary<(string Symbol, DropReason Reason), Exclusion> _entries = new(Comparer<(string Symbol, DropReason Reason)>.Create(
        (a, b) => string.CompareOrdinal(a.Symbol, b.Symbol) is var order and not 0 ? order : a.Reason.CompareTo(b.Reason)));

    public IReadOnlyList<Exclusion> Entries => [.. _entries.Values];

    public void Add(IReadOnlyList<DroppedSymbol> dropped, long timeMs)
    {
        foreach (var drop in dropped)
        {
            var key = (drop.Symbol, drop.Reason);
            _entries[key] = _entries.TryGetValue(key, out var entry)
                ? entry with { Runs = entry.Runs + 1, LastMs = timeMs, Detail = drop.Detail }
                : new Exclusion(drop.Symbol, drop.Reason, 1, timeMs, timeMs, drop.Detail);
        }
    }
}
