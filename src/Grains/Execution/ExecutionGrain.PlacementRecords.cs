using System.Globalization;
using Granary.Engine.Execution.Placement;
using Granary.Engine.Orders;
using Granary.Engine.Snapshots;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>What the journal and operators see of orders that are placed in parts, and how they are found again after a restart.</summary>
public sealed partial class ExecutionGrain
{
    private const int WorkingMax = 64;

    private string PlacementOwner => $"{Owner}/placement";

    /// <summary>
    /// The orders that were being placed, before the journal's orders are read: an approved order of theirs is not one that the venue could be asked about.
    /// </summary>
    private async Task LoadWorkingAsync(CancellationToken cancellationToken)
    {
        _pacer = new OrderPacer(_settings.Placement.OrdersPerSecondMax);
        _working.Clear();
        await LoadVolumeAsync(cancellationToken);
        await LoadCostsAsync(cancellationToken);
        if (await _journal.Reader.GetSnapshotAsync(PlacementOwner, cancellationToken) is not { } snapshot) return;
        try
        {
            foreach (var working in ReadWorking(snapshot.Bytes)) _working.Add(working.Parent.Order.Request.ClientOrderId, working);
        }
        catch (InvalidDataException e)
        {
            // Their parts are orders of their own in the journal. The approved ones are asked for at the venue, which has none, and so end.
            LogPlacementRefused(_account, _symbol, e.Message);
            _working.Clear();
        }
    }

    /// <summary>After the journal's orders were read: parts as they stand now, and entries whose time is out given up.</summary>
    private void ResumeWorking()
    {
        foreach (var part in _tracker.Live)
        {
            if (WorkingOf(part.ClientOrderId, out _) is { } working) working.OnChild(part, [], NowMs);
        }

        foreach (var working in _working.Values) working.Resume(NowMs);
        if (_working.Count > 0) WakeAt(NowMs + LookMsMax);
    }

    private List<JournalRecord> RecordsOf(WorkingOrder working)
    {
        var records = new List<JournalRecord>(4) { ToRecord(working), PlacementRecord() };
        AddCost(working.Parent.Order.Request.ClientOrderId, records);
        return records;
    }

    /// <summary>The approved order's record: executed is what its parts have traded. The venue never sees it itself, so it has no id there.</summary>
    private OrderRecord ToRecord(WorkingOrder working)
    {
        var order = working.Parent.Order;
        return new OrderRecord(
            _account, order.Request.ClientOrderId, working.Parent.Id.Sequence, _symbol, order.Strategy, order.IntentId, order.Purpose.ToString(),
            order.Request.Side.ToString(), order.Request.Type.ToString(), order.Request.TimeInForce.ToString(), order.Request.Quantity, order.Request.Price,
            order.Request.ReduceOnly, order.Atr, order.StopPrice, StatusOf(working).ToString(), 0, working.Parent.Executed,
            working.Stage == WorkingStage.Over ? Describe(working) : working.Reason, order.MarketTimeMs, NowMs);
    }

    private static OrderStatus StatusOf(WorkingOrder working)
    {
        var parent = working.Parent;
        if (working.Stage != WorkingStage.Over) return parent.Executed > 0 ? OrderStatus.PartiallyFilled : OrderStatus.New;
        return parent.Executed >= parent.Quantity ? OrderStatus.Filled
            : parent.Children.Count > 0 && parent.Children.All(c => c.Status == OrderStatus.Rejected) ? OrderStatus.Rejected
            : OrderStatus.Canceled;
    }

    private static string Describe(WorkingOrder working)
    {
        var slippage = working.SlippageBps is { } bps
            ? string.Create(CultureInfo.InvariantCulture, $"{working.FilledNotional / working.FilledQuantity:0.########} after {working.DecisionPrice:0.########}, {bps:0.##} bps")
            : "no fill";
        return working.Reason.Length > 0 ? $"{working.Reason}; {slippage}" : slippage;
    }

    private SnapshotRecord PlacementRecord()
    {
        var writer = new SnapshotWriter();
        writer.Section("placement", 1);
        writer.Write(_working.Count);
        foreach (var working in _working.Values) working.Write(writer);
        return new SnapshotRecord(PlacementOwner, writer.ToArray(), NowMs);
    }

    private static List<WorkingOrder> ReadWorking(byte[] bytes)
    {
        var reader = new SnapshotReader(bytes);
        reader.Section("placement", 1);
        var count = reader.ReadInt32();
        if (count is < 0 or > WorkingMax) throw new InvalidDataException($"snapshot is damaged: {count} orders are being placed");
        var orders = new List<WorkingOrder>(count);
        for (var i = 0; i < count; i++) orders.Add(WorkingOrder.Read(ref reader));
        return orders;
    }

    private IReadOnlyList<WorkingOrderView> ViewWorking() =>
    [
        .. _working.Values.Select(w => new WorkingOrderView(
            w.Parent.Order.Request.ClientOrderId, w.Parent.Order.Strategy, w.Parent.Order.Purpose.ToString(), w.Parent.Order.Request.Side,
            w.Policy.Style.ToString(), w.Stage.ToString(), w.IsStuck ? $"{w.Rejects} post-only refusals in a row" : w.Reason, w.Parent.Quantity,
            w.Parent.Executed, w.Parent.Children.Count, w.Parent.Live?.Price, w.Rejects, w.DecisionPrice, w.SlippageBps, w.DeadlineMs)
        {
            Slices = w.Slices?.Slices ?? 0,
        }),
    ];

    [LoggerMessage(Level = LogLevel.Error, Message = "{Account}/{Symbol}: the state of orders being placed was not used; their parts are settled one by one: {Error}")]
    private partial void LogPlacementRefused(string account, string symbol, string error);
}
