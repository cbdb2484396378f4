using Granary.Journal.Records;

namespace Granary.Journal;

/// <summary>Reads of the journal. Lists are oldest first unless a member says otherwise; every list has a stated bound.</summary>
public interface IJournalReader
{
    /// <summary>Orders of the account (and symbol, unless null) that are not final, with their latest state.</summary>
    ValueTask<IReadOnlyList<OrderRecord>> GetLiveOrdersAsync(string account, string? symbol, CancellationToken cancellationToken = default);

    /// <summary>The latest orders of the account, newest first; account null for all.</summary>
    ValueTask<IReadOnlyList<OrderRecord>> GetOrdersAsync(string? account, string? symbol, int limit, CancellationToken cancellationToken = default);

    /// <summary>One order, or null.</summary>
    ValueTask<OrderRecord?> GetOrderAsync(string account, string clientOrderId, CancellationToken cancellationToken = default);

    /// <summary>Fills of the account in the symbol with a journal position after <paramref name="afterPosition"/> (0 for all), at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<FillRecord>> GetFillsAsync(string account, string? symbol, long afterPosition, int limit, CancellationToken cancellationToken = default);

    /// <summary>The largest trade id journalled for the account and symbol, or 0.</summary>
    ValueTask<long> GetLastTradeIdAsync(string account, string symbol, CancellationToken cancellationToken = default);

    /// <summary>The latest position record of the account and symbol, or null.</summary>
    ValueTask<PositionRecord?> GetPositionAsync(string account, string symbol, CancellationToken cancellationToken = default);

    /// <summary>The highest order sequence number ever journalled for the account, or 0.</summary>
    ValueTask<long> GetOrderSequenceMaxAsync(string account, CancellationToken cancellationToken = default);

    /// <summary>The latest decisions, newest first.</summary>
    ValueTask<IReadOnlyList<DecisionRecord>> GetDecisionsAsync(string? account, string? symbol, int limit, CancellationToken cancellationToken = default);

    /// <summary>The latest incidents, newest first.</summary>
    ValueTask<IReadOnlyList<IncidentRecord>> GetIncidentsAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>The latest equity points of the account, newest first.</summary>
    ValueTask<IReadOnlyList<EquityRecord>> GetEquityAsync(string account, int limit, CancellationToken cancellationToken = default);

    /// <summary>Refusals counted by reason since the given time.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> GetRefusalCountsAsync(string account, long sinceMs, CancellationToken cancellationToken = default);

    /// <summary>The trading state in force for the account, or null when none was ever recorded.</summary>
    ValueTask<TradingStateRecord?> GetTradingStateAsync(string account, CancellationToken cancellationToken = default);

    /// <summary>The latest snapshot of the owner, or null.</summary>
    ValueTask<SnapshotRecord?> GetSnapshotAsync(string owner, CancellationToken cancellationToken = default);

    /// <summary>What the latest approved orders cost, newest first; account and symbol null for all.</summary>
    ValueTask<IReadOnlyList<OrderCostRecord>> GetOrderCostsAsync(string? account, string? symbol, int limit, CancellationToken cancellationToken = default);

    /// <summary>What the approved orders of the account in the symbol cost so far that still expect fills.</summary>
    ValueTask<IReadOnlyList<OrderCostRecord>> GetOpenOrderCostsAsync(string account, string symbol, CancellationToken cancellationToken = default);

    /// <summary>A hash (SHA-256, hex) over every record in order, without wall-clock columns of the storage itself: two equal runs have equal hashes.</summary>
    ValueTask<string> GetContentHashAsync(CancellationToken cancellationToken = default);
}
