using Granary.Engine.Snapshots;

namespace Granary.Engine.Execution.Slippage;

/// <summary>
/// Slippage of orders that are over, by strategy, symbol and purpose: counts, means and money since the beginning, quantiles over the last orders of each.
/// Bounded: of more groups than it holds, the one that was silent longest is forgotten. Allocation-free per order, but for the first of a group. Not safe for
/// concurrent use.
/// </summary>
public sealed class SlippageLedger
{
    private readonly Dictionary<(string Strategy, string Symbol, string Purpose), SlippageTally> _tallies = [];
    private readonly int _window;
    private readonly int _groupsMax;
    private long _added;

    /// <summary>An empty ledger.</summary>
    /// <param name="window">Orders of a group that quantiles are of, 1 to 100,000. Default 256.</param>
    /// <param name="groupsMax">Groups of strategy, symbol and purpose held, 1 to 100,000. Default 1,024.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is out of its range.</exception>
    public SlippageLedger(int window = 256, int groupsMax = 1_024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, 100_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(groupsMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groupsMax, 100_000);
        (_window, _groupsMax) = (window, groupsMax);
    }

    /// <summary>Takes an order that is over; the caller tells every order once.</summary>
    /// <param name="strategy">Its strategy.</param>
    /// <param name="symbol">Its symbol.</param>
    /// <param name="purpose">What it was for.</param>
    /// <param name="order">What it cost.</param>
    public void Add(string strategy, string symbol, string purpose, in OrderShortfall order)
    {
        if (!_tallies.TryGetValue((strategy, symbol, purpose), out var tally))
        {
            if (_tallies.Count == _groupsMax) Forget();
            _tallies.Add((strategy, symbol, purpose), tally = new SlippageTally(_window));
        }
        tally.Add(order, ++_added);
    }

    /// <summary>What is known of a group; null when nothing is.</summary>
    public SlippageSummary? Of(string strategy, string symbol, string purpose) =>
        _tallies.TryGetValue((strategy, symbol, purpose), out var tally) ? tally.Summary(strategy, symbol, purpose) : null;

    /// <summary>All groups, by strategy, symbol and purpose in ordinal order.</summary>
    public IReadOnlyList<SlippageSummary> Summaries()
    {
        var summaries = new List<SlippageSummary>(_tallies.Count);
        foreach (var key in Keys()) summaries.Add(_tallies[key].Summary(key.Strategy, key.Symbol, key.Purpose));
        return summaries;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SlippageLedger), 1);
        writer.Write(_added);
        writer.Write(_tallies.Count);
        foreach (var key in Keys())
        {
            writer.Write(key.Strategy);
            writer.Write(key.Symbol);
            writer.Write(key.Purpose);
            _tallies[key].Write(writer);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Stands at the ledger's section.</param>
    /// <param name="window">The window that was written.</param>
    /// <param name="groupsMax">At least as many groups as were written.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged, of a newer version, of another window or of more groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bound is out of its range.</exception>
    public static SlippageLedger Read(ref SnapshotReader reader, int window = 256, int groupsMax = 1_024)
    {
        var ledger = new SlippageLedger(window, groupsMax);
        reader.Section(nameof(SlippageLedger), 1);
        ledger._added = reader.ReadInt64();
        var count = reader.ReadInt32();
        if (ledger._added < 0) throw new InvalidDataException($"the snapshot of a slippage ledger is damaged: it claims {ledger._added} orders");
        if (count < 0 || count > groupsMax) throw new InvalidDataException($"the snapshot of a slippage ledger has {count} groups, at most {groupsMax} fit");
        for (var i = 0; i < count; i++)
        {
            var key = (reader.ReadString(), reader.ReadString(), reader.ReadString());
            var tally = new SlippageTally(window);
            tally.Restore(ref reader);
            if (tally.LastAt > ledger._added || !ledger._tallies.TryAdd(key, tally))
                throw new InvalidDataException("the snapshot of a slippage ledger is damaged: a group is there twice or newer than the ledger");
        }
        return ledger;
    }

    private void Forget()
    {
        // Numbers of additions are unique, so the order of enumeration does not matter.
        var silent = _tallies.MinBy(pair => pair.Value.LastAt);
        _tallies.Remove(silent.Key);
    }

    private List<(string Strategy, string Symbol, string Purpose)> Keys()
    {
        var keys = new List<(string Strategy, string Symbol, string Purpose)>(_tallies.Keys);
        keys.Sort(static (a, b) =>
        {
            var order = string.CompareOrdinal(a.Strategy, b.Strategy);
            if (order == 0) order = string.CompareOrdinal(a.Symbol, b.Symbol);
            return order != 0 ? order : string.CompareOrdinal(a.Purpose, b.Purpose);
        });
        return keys;
    }
}
