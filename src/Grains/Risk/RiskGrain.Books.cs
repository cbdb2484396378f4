using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Reconciliation;
using Granary.Engine.Risk;
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

    /// <summary>A submission that execution never confirmed cannot arrive any more after this long (twice the response timeout).</summary>
    private const long SubmissionMs = 60_000;

    private readonly SortedDictionary<string, long> _fillCounts = new(StringComparer.Ordinal);
    private long _fillPosition;

    private async Task TakeAsync(ExecutionView view)
    {
        if (_books.TryGetValue(view.Symbol, out var known) && known.Version > view.Version) return;

        // A view may be ahead of the journal by a fill that is being written; the next one then finds the counts still different and reads again.
        if (_fillCounts.GetValueOrDefault(view.Symbol) != view.FillCount) await ReadFillsAsync();
        if (known?.Version != view.Version || view.LiveOrders.Count > 0)
        {
            foreach (var order in view.LiveOrders.Where(order => !_gate.IsCovered(view.Symbol, order.ClientOrderId))) _inFlight.TryAdd(order.ClientOrderId, new InFlight(view.Symbol, view.Version, NowMs));
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
        await NoticeChangesAsync();
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
                if (fill.TradeId > 0) _gate.OnFill(ExecutionBooks.ToFill(fill), fill.Strategy);
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
        var ledger = new PositionLedger();
        if (_gate.View().Symbols.FirstOrDefault(s => s.Symbol == fill.Symbol) is { } held) ledger.Adopt(held.Quantity, held.EntryPrice);
        ledger.Apply(ExecutionBooks.ToFill(fill));
        _gate.OnAdopt(new PositionReport(fill.Symbol, ledger.Quantity, ledger.EntryPrice, 0, 0, 0, fill.TimeMs));

        // What the account held when the books were opened is where they begin, not a difference.
        if (_funds.IsOpen && !SyntheticFills.IsReplacement(fill.TradeId, fill.ClientOrderId)) _gate.OnIncident(IncidentKind.ReconcileDifference, fill.Quantity * fill.Price, NowMs);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "order {ClientOrderId} was approved but never reached execution; its reservation is released")]
    private partial void LogNeverArrived(string clientOrderId);
}
