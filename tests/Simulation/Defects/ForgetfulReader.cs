using Granary.Journal;
using Granary.Journal.Records;
using Granary.Simulation.Watch;

namespace Granary.Simulation.Defects;

/// <summary>A journal that tells a restart less than it knows, or something else, or does not answer.</summary>
internal sealed class ForgetfulReader(IJournalReader reader, Defect defect, Snare snare) : IJournalReader
{
    public async ValueTask<SnapshotRecord?> GetSnapshotAsync(string owner, CancellationToken cancellationToken = default)
    {
        if (snare.Catch($"snapshot {owner}") is { } held) await held;
        return (defect == Defect.StopLoosened && owner.StartsWith("symbol/", StringComparison.Ordinal))
            || (defect == Defect.HaltForgotten && owner.StartsWith("risk/", StringComparison.Ordinal))
            ? null
            : await reader.GetSnapshotAsync(owner, cancellationToken);
    }

    public ValueTask<TradingStateRecord?> GetTradingStateAsync(string account, CancellationToken cancellationToken = default) =>
        defect == Defect.HaltForgotten ? ValueTask.FromResult<TradingStateRecord?>(null) : reader.GetTradingStateAsync(account, cancellationToken);

    public ValueTask<IReadOnlyList<OrderRecord>> GetLiveOrdersAsync(string account, string? symbol, CancellationToken cancellationToken = default) =>
        reader.GetLiveOrdersAsync(account, symbol, cancellationToken);

    public ValueTask<IReadOnlyList<OrderRecord>> GetOrdersAsync(string? account, string? symbol, int limit, CancellationToken cancellationToken = default) =>
        reader.GetOrdersAsync(account, symbol, limit, cancellationToken);

    public async ValueTask<OrderRecord?> GetOrderAsync(string account, string clientOrderId, CancellationToken cancellationToken = default)
    {
        var order = await reader.GetOrderAsync(account, clientOrderId, cancellationToken);
        return defect == Defect.StopLoosened && order is not null ? order with { Atr = order.Atr * 3 } : order;
    }

    public ValueTask<IReadOnlyList<FillRecord>> GetFillsAsync(
        string account, string? symbol, long afterPosition, int limit, CancellationToken cancellationToken = default) =>
        reader.GetFillsAsync(account, symbol, afterPosition, limit, cancellationToken);

    public ValueTask<long> GetLastTradeIdAsync(string account, string symbol, CancellationToken cancellationToken = default) =>
        reader.GetLastTradeIdAsync(account, symbol, cancellationToken);

    public ValueTask<PositionRecord?> GetPositionAsync(string account, string symbol, CancellationToken cancellationToken = default) =>
        reader.GetPositionAsync(account, symbol, cancellationToken);

    public ValueTask<long> GetOrderSequenceMaxAsync(string account, CancellationToken cancellationToken = default) =>
        reader.GetOrderSequenceMaxAsync(account, cancellationToken);

    public ValueTask<IReadOnlyList<DecisionRecord>> GetDecisionsAsync(
        string? account, string? symbol, int limit, CancellationToken cancellationToken = default) =>
        reader.GetDecisionsAsync(account, symbol, limit, cancellationToken);

    public ValueTask<IReadOnlyList<IncidentRecord>> GetIncidentsAsync(int limit, CancellationToken cancellationToken = default) =>
        reader.GetIncidentsAsync(limit, cancellationToken);

    public ValueTask<IReadOnlyList<EquityRecord>> GetEquityAsync(string account, int limit, CancellationToken cancellationToken = default) =>
        reader.GetEquityAsync(account, limit, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, long>> GetRefusalCountsAsync(string account, long sinceMs, CancellationToken cancellationToken = default) =>
        reader.GetRefusalCountsAsync(account, sinceMs, cancellationToken);

    public ValueTask<IReadOnlyList<OrderCostRecord>> GetOrderCostsAsync(
        string? account, string? symbol, int limit, CancellationToken cancellationToken = default) =>
        reader.GetOrderCostsAsync(account, symbol, limit, cancellationToken);

    public ValueTask<IReadOnlyList<OrderCostRecord>> GetOpenOrderCostsAsync(string account, string symbol, CancellationToken cancellationToken = default) =>
        reader.GetOpenOrderCostsAsync(account, symbol, cancellationToken);

    public ValueTask<string> GetContentHashAsync(CancellationToken cancellationToken = default) => reader.GetContentHashAsync(cancellationToken);
}
