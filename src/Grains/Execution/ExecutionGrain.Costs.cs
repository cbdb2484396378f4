using Granary.Engine.Execution.Slicing;
using Granary.Engine.Execution.Slippage;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>
/// What orders were expected to cost, and what they cost. The forecast is written with the approved order's first record; every fill is counted against the
/// arrival price in the transaction that books it, so that a kill in mid-order loses and doubles none. Orders that no approval stands behind (stops that the
/// venue sets off, foreign ones) are not measured: they have no arrival.
/// </summary>
public sealed partial class ExecutionGrain
{
    /// <summary>A mid price of this age is not the one before a fill; prices come every second.</summary>
    private const long MidAgeMsMax = 2_500;

    private readonly SortedDictionary<string, OrderCost> _costs = new(StringComparer.Ordinal);
    private SlippageLedger _ledger = new();
    private decimal? _mid;
    private long _midMs;

    private string SlippageOwner => $"{Owner}/slippage";

    private decimal? Mid => NowMs - _midMs <= MidAgeMsMax ? _mid : null;

    /// <inheritdoc/>
    public ValueTask<SlippageView[]> GetSlippage() => ValueTask.FromResult<SlippageView[]>(
    [
        .. _ledger.Summaries().Select(s => new SlippageView(
            _account, s.Symbol, s.Strategy, s.Purpose, s.Orders, s.OrdersUnfilled, s.MeanBps, s.WeightedBps, s.P50Bps, s.P95Bps, s.Forecasts, s.ForecastBps,
            s.ForecastErrorBps, s.Notional, s.Quote, s.DelayQuote, s.SpreadQuote, s.ImpactQuote, s.OpportunityQuote, s.Fees)),
    ]);

    /// <summary>The open orders' costs and the sums, as the journal has them.</summary>
    private async Task LoadCostsAsync(CancellationToken cancellationToken)
    {
        _costs.Clear();
        _ledger = new SlippageLedger();
        try
        {
            foreach (var record in await _journal.Reader.GetOpenOrderCostsAsync(_account, _symbol, cancellationToken))
                _costs.Add(record.ClientOrderId, new OrderCost(record));
            if (await _journal.Reader.GetSnapshotAsync(SlippageOwner, cancellationToken) is not { } snapshot) return;
            var reader = new SnapshotReader(snapshot.Bytes);
            _ledger = SlippageLedger.Read(ref reader);
        }
        catch (InvalidDataException e)
        {
            LogCostsRefused(_account, _symbol, e.Message);
        }
    }

    /// <summary>After the journal's orders were read: costs of orders that have ended are closed, or wait for fills that are missing.</summary>
    private async Task ResumeCostsAsync(CancellationToken cancellationToken)
    {
        var records = new List<JournalRecord>();
        foreach (var cost in _costs.Values.ToArray())
        {
            if (_working.ContainsKey(cost.Id) || (_tracker.TryGet(cost.Id, out var order) && order.IsLive)) continue;
            var record = await _journal.Reader.GetOrderAsync(_account, cost.Id, cancellationToken);
            EndCost(cost.Id, record?.ExecutedQuantity ?? 0, records);
        }

        if (records.Count > 0) await SaveAsync(records);
    }

    /// <summary>What taking the order, or its slices, is expected to cost.</summary>
    private static ExpectedSlippage? Expected(ApprovedOrderMessage message, SliceSchedule? slices)
    {
        var request = message.Approved.Value.Request;
        decimal? slice = slices is null ? null : slices.Order.VisibleQuantity ?? slices.Order.Quantity / slices.Order.Intervals;
        return ExpectedSlippage.Of(request.Side, request.Quantity, message.LastPrice, message.Depth?.ToDepth() ?? default, message.PriceImpact, slice);
    }

    /// <summary>Begins to measure an approved order; without any price nothing is measured.</summary>
    /// <param name="message">The order with the market that it was approved by.</param>
    /// <param name="slices">Its schedule, or null.</param>
    /// <param name="onlyRests">Whether it never takes: then nothing is expected.</param>
    private void BeginCost(ApprovedOrderMessage message, SliceSchedule? slices, bool onlyRests)
    {
        if (DecisionPrice(message) is not { } arrival) return;
        TakeMid(message.BidPrice, message.AskPrice);
        var order = message.Approved.Value;
        _costs[order.Request.ClientOrderId] = new OrderCost(order, arrival, message.ReferencePrice, onlyRests ? null : Expected(message, slices));
    }

    private void TakeMid(decimal? bid, decimal? ask)
    {
        if (bid is > 0 && ask is > 0) (_mid, _midMs) = ((bid + ask) / 2, NowMs);
    }

    /// <summary>The record of an order's costs where the journal does not have it as it stands.</summary>
    private void AddCost(string clientOrderId, List<JournalRecord> records)
    {
        if (_costs.TryGetValue(clientOrderId, out var cost) && cost.IsChanged) records.Add(cost.ToRecord(Mid, NowMs));
    }

    /// <summary>Counts an order's new fills, and closes its costs where they were the last.</summary>
    private void TakeCosts(OrderChange change, List<JournalRecord> records)
    {
        if (_costs.Count == 0) return;
        var id = ClientOrderId.ParentOf(change.Order.ClientOrderId);
        if (!_costs.TryGetValue(id, out var cost)) return;
        foreach (var fill in change.NewFills) cost.OnFill(fill.Price, fill.Quantity, Mid, fill.Fee);
        if (id == change.Order.ClientOrderId && !change.Order.IsLive) cost.End(change.Order.ExecutedQuantity);
        CloseCost(cost, records);
    }

    /// <summary>An order is over as far as it can trade no more.</summary>
    private void EndCost(string clientOrderId, decimal executed, List<JournalRecord> records)
    {
        if (!_costs.TryGetValue(clientOrderId, out var cost)) return;
        cost.End(executed);
        CloseCost(cost, records);
    }

    private void CloseCost(OrderCost cost, List<JournalRecord> records)
    {
        AddCost(cost.Id, records);
        if (!cost.IsOver) return;
        _costs.Remove(cost.Id);
        var result = cost.Tracker.Result(Mid);
        _ledger.Add(cost.Strategy, _symbol, cost.Purpose, in result);
        var writer = new SnapshotWriter();
        _ledger.Write(writer);
        records.Add(new SnapshotRecord(SlippageOwner, writer.ToArray(), NowMs));
        if (_ledger.Of(cost.Strategy, _symbol, cost.Purpose) is { } summary) _metrics.RecordSlippage(_account, in result, in summary);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Account}/{Symbol}: what orders cost so far could not be read, and is counted anew: {Error}")]
    private partial void LogCostsRefused(string account, string symbol, string error);
}
