using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Snapshots;
using Granary.Grains.Execution;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Risk;

/// <summary>
/// Keeping the gate's books level with execution's. Execution writes an order's change and its fills to the journal before it tells anybody, so a notice
/// only says that there is something to read; what is read is exact, and a lost notice is made good by the next one or by the audit.
/// </summary>
public sealed partial class RiskGrain
{
    private const int FillPage = 1_000;
    private const int OrdersRead = 1_000;

    /// <summary>A submission that execution never confirmed cannot arrive any more after this long (twice the response timeout).</summary>
    private const long SubmissionMs = 60_000;

    private readonly SortedDictionary<string, long> _fillCounts = new(StringComparer.Ordinal);
    private long _fillPosition;
    private (long FillPosition, int InFlight, long Approvals, decimal Flows, bool IsOpen, TradingState State)? _saved;

    /// <summary>Snapshot, then everything that the journal holds beyond it.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var reader = _journal.Reader;
        if (await reader.GetSnapshotAsync(Owner, cancellationToken) is { } snapshot) Restore(snapshot.Bytes);
        foreach (var record in (await reader.GetOrdersAsync(_account, null, OrdersRead, cancellationToken)).Reverse())
        {
            if (JournalOrders.ToOrder(record) is not { } order) continue;
            var status = JournalOrders.ToStatus(record);
            // Executed 0: the order's fills are read from the journal below and count there.
            if (!_inFlight.ContainsKey(record.ClientOrderId)) _gate.RestoreOrder(order, status, 0, record.VenueOrderId);
            if (status.IsLive()) _inFlight[record.ClientOrderId] = new InFlight(record.Symbol, 0, NowMs);
        }

        _gate.RestoreSequence(await reader.GetOrderSequenceMaxAsync(_account, cancellationToken) + 1);
        await ReadFillsAsync();
        foreach (var id in _inFlight.Keys.ToArray()) await SettleAsync(id);
    }

    private async Task TakeAsync(ExecutionView view)
    {
        if (_books.TryGetValue(view.Symbol, out var known) && known.Version > view.Version) return;

        // A view may be ahead of the journal by a fill that is being written; the next one then finds the counts still different and reads again.
        if (_fillCounts.GetValueOrDefault(view.Symbol) != view.FillCount) await ReadFillsAsync();
        if (known?.Version != view.Version || view.LiveOrders.Count > 0)
        {
            foreach (var order in view.LiveOrders) _inFlight.TryAdd(order.ClientOrderId, new InFlight(view.Symbol, view.Version, NowMs));
            foreach (var (id, inFlight) in _inFlight.ToArray())
            {
                if (inFlight.Symbol == view.Symbol && (inFlight.Version <= view.Version || NowMs - inFlight.SinceMs > SubmissionMs)) await SettleAsync(id);
            }
        }

        // The audit interleaves: a newer view may have come in while the journal was read.
        if (_books.TryGetValue(view.Symbol, out var newest) && newest.Version > view.Version) return;
        _books[view.Symbol] = view;
        _funds.Take(_books.Values);
        ApplyState();
        _view = MakeView();
    }

    /// <summary>Tells the gate how the order stands by the journal; one that the journal never got does not exist.</summary>
    private async Task SettleAsync(string clientOrderId)
    {
        if (!_inFlight.TryGetValue(clientOrderId, out var inFlight)) return;
        var symbol = inFlight.Symbol;
        var record = await _journal.Reader.GetOrderAsync(_account, clientOrderId);
        if (record is null)
        {
            _inFlight.Remove(clientOrderId);
            _gate.OnNeverSubmitted(clientOrderId);
            LogNeverArrived(clientOrderId);
            return;
        }

        var order = JournalOrders.Restore(new OrderTracker(symbol), record);
        _gate.OnOrder(new OrderChange(order, order.Status, order.Status, []));
        if (!order.IsLive) _inFlight.Remove(clientOrderId);
    }

    private async Task ReadFillsAsync()
    {
        while (true)
        {
            var fills = await _journal.Reader.GetFillsAsync(_account, null, _fillPosition, FillPage);
            foreach (var fill in fills)
            {
                if (fill.Position <= _fillPosition) continue;
                if (fill.TradeId > 0) _gate.OnFill(ExecutionBooks.ToFill(fill));
                else Adopt(fill);
                _fillPosition = fill.Position;
                _fillCounts[fill.Symbol] = _fillCounts.GetValueOrDefault(fill.Symbol) + 1;
            }

            if (fills.Count < FillPage) return;
        }
    }

    /// <summary>A synthetic fill: execution took over a position that no fill explains.</summary>
    private void Adopt(FillRecord fill)
    {
        var before = _gate.View().Symbols.FirstOrDefault(s => s.Symbol == fill.Symbol)?.Quantity ?? 0;
        var quantity = before + ExecutionBooks.ToFill(fill).SignedQuantity;
        _gate.OnAdopt(new Engine.Positions.PositionReport(fill.Symbol, quantity, fill.Price, 0, 0, 0, fill.TimeMs));
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var state = (_fillPosition, _inFlight.Count, _approvals, _funds.OtherFlows, _funds.IsOpen, _gate.State);
        if (state == _saved) return;
        var writer = new SnapshotWriter();
        writer.Section("risk", 1);
        _gate.Write(writer);
        _funds.Write(writer);
        writer.Write(_fillPosition);
        writer.Write(_fillCounts.Count);
        foreach (var (symbol, count) in _fillCounts)
        {
            writer.Write(symbol);
            writer.Write(count);
        }

        writer.Write(_inFlight.Count);
        foreach (var (id, inFlight) in _inFlight)
        {
            writer.Write(id);
            writer.Write(inFlight.Symbol);
        }

        await _journal.AppendAsync([new SnapshotRecord(Owner, writer.ToArray(), NowMs)], _epoch, cancellationToken);
        _saved = state;
    }

    private void Restore(byte[] bytes)
    {
        var reader = new SnapshotReader(bytes);
        reader.Section("risk", 1);
        _gate.Read(ref reader);
        _funds.Read(ref reader);
        _fillPosition = reader.ReadInt64();
        for (var i = reader.ReadInt32(); i > 0; i--) _fillCounts[reader.ReadString()] = reader.ReadInt64();
        for (var i = reader.ReadInt32(); i > 0; i--) _inFlight[reader.ReadString()] = new InFlight(reader.ReadString(), 0, NowMs);
        _gate.SetState(TradingState.Recovering, "starting");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "order {ClientOrderId} was approved but never reached execution; its reservation is released")]
    private partial void LogNeverArrived(string clientOrderId);
}
