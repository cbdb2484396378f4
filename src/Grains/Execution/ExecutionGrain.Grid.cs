using Granary.Engine.Grid;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>
/// The maker-only grid, worked where its orders leave. What is to be sent is the kernel's to say (<see cref="MakerGrid"/>), whether it may the standing approval's
/// (<see cref="StandingOrders"/>); here both are journalled in one transaction with the orders before these are sent, and answers and fills told to the kernel in
/// the transaction that books them. One round runs at a time; whatever changes meanwhile leads to another.
/// </summary>
public sealed partial class ExecutionGrain
{
    private const int GridRetryMs = 1_000;
    private const string GridPause = "pause";
    private const string GridResume = "resume";

    private readonly HashSet<string> _gridAmending = new(StringComparer.Ordinal);
    private GridDesk? _desk;
    private bool _isGridding;
    private bool _gridAgain;
    private bool _isGridRejecting;
    private long _gridNotBeforeMs;

    /// <inheritdoc/>
    public ValueTask OnStanding(StandingMessage message)
    {
        _desk?.OnStanding(message);
        WorkGrid();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<GridView?> GetGrid() =>
        ValueTask.FromResult(_desk?.View(_tracker.Live.Count(order => _desk.IsOwn(order.ClientOrderId, out _)), _ready, NowMs));

    /// <inheritdoc/>
    public async ValueTask<GridView> ControlGrid(string action, string reason, string who)
    {
        if (action is not (GridPause or GridResume)) throw new ArgumentException($"action was '{action}', expected {GridPause} or {GridResume}", nameof(action));
        if (_desk?.Grid is not { } grid) throw new InvalidOperationException($"{_symbol} has no grid that runs; Engine:Symbols:Grid:Enabled says whether it has one");
        _desk.IsHeld = action == GridPause;
        if (action == GridResume) grid.Resume();
        await SaveAsync(
            [
                GridRecord(_desk),
                new IncidentRecord($"{_account}/{_symbol}", "GridCommand", $"{who}: {reason}", $"grid {action}", $"inventory {_desk.Inventory}", NowMs),
            ]);
        WorkGrid();
        return (await GetGrid())!;
    }

    private void QuoteGrid(MarketNotice notice)
    {
        _desk?.OnMarket(notice);
        WorkGrid();
    }

    /// <summary>Tells the grid what happened to an order, in the transaction that books it.</summary>
    private void NoteGrid(OrderChange change, List<JournalRecord> records)
    {
        if (_desk is not { Grid: { } grid } desk) return;
        var isOwn = desk.IsOwn(change.Order.ClientOrderId, out var id);
        if (isOwn) desk.OnChange(change, in id, _gridAmending.Contains(change.Order.ClientOrderId));
        if (!isOwn && change.NewFills.Count == 0) return;
        if (change.NewFills.Count > 0) AlignGrid(desk);
        records.Add(GridRecord(desk));
        var isRejecting = grid.Status().IsRejecting;
        if (isRejecting && !_isGridRejecting)
        {
            records.Add(new IncidentRecord(
                $"{_account}/{_symbol}", "GridRejected", $"{grid.Status().RejectsInRow} post-only orders in a row were refused because they would take",
                "each next one rests a tick further away", "the grid goes on", NowMs));
        }

        _isGridRejecting = isRejecting;
    }

    /// <summary>Sets a round off, beside whatever runs.</summary>
    private void WorkGrid()
    {
        if (_desk is null) return;
        _gridAgain = true;
        if (_isGridding) return;
        _isGridding = true;
        Run(WorkGridAsync(_desk));
    }

    private async Task WorkGridAsync(GridDesk desk)
    {
        try
        {
            while (_gridAgain && !_stopping.IsCancellationRequested)
            {
                _gridAgain = false;
                if (!await PrepareGridAsync(desk) || !_ready || desk.IsIdle || NowMs < _gridNotBeforeMs) return;
                await StepGridAsync(desk);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next activation goes on from the journal.
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, Owner);
        }
        finally
        {
            _isGridding = false;
        }
    }

    /// <summary>One plan: journalled, sent, answered.</summary>
    private async Task StepGridAsync(GridDesk desk)
    {
        desk.Complaint = "";
        var commands = desk.Plan(NowMs, _tracker.Live, _sending);
        if (commands.Length == 0)
        {
            await SetLeverageAsync(desk);
            return;
        }

        var (records, sends) = (new List<JournalRecord>(), new List<Func<Task<bool>>>());
        foreach (var command in commands) AddToRound(desk, in command, records, sends);
        if (sends.Count > 0)
        {
            records.Add(GridRecord(desk));
            await SaveAsync(records);
            var outcomes = await Task.WhenAll(sends.Select(send => send()));
            if (sends.Count == commands.Length && outcomes.All(isDone => isDone))
            {
                _gridAgain = true;
                return;
            }
        }

        // What failed or was refused is planned anew, but not as fast as this can go round.
        _gridNotBeforeMs = NowMs + GridRetryMs;
    }

    private void AddToRound(GridDesk desk, in GridCommand command, List<JournalRecord> records, List<Func<Task<bool>>> sends)
    {
        var order = desk.OrderOf(in command);
        if (command.Kind == GridCommandKind.Cancel)
        {
            if (order is not null) sends.Add(() => CancelGridAsync(order.ClientOrderId));
            return;
        }

        if (!desk.TryMint(in command, _tracker.Live, NowMs, out var minted)) return;
        if (command.Kind == GridCommandKind.Amend)
        {
            if (order is null || _tracker.MarkPendingAmend(order.ClientOrderId) is not { } change) return;
            var terms = order.Request with { Price = minted.Request.Price, Quantity = minted.Request.Quantity + order.ExecutedQuantity };
            var number = command.Id;
            _gridAmending.Add(order.ClientOrderId);
            records.Add(ToRecord(change.Order));
            sends.Add(() => AmendGridAsync(desk, terms, number));
            return;
        }

        records.Add(ToRecord(_tracker.Register(minted, NowMs)));
        _sending.Add(minted.Request.ClientOrderId);
        sends.Add(() => SendGridAsync(minted));
    }

    private async Task<bool> SendGridAsync(Order order)
    {
        await SendAsync(order, 0);
        return _tracker.TryGet(order.Request.ClientOrderId, out var sent) && sent.Status is not (OrderStatus.Rejected or OrderStatus.Unknown);
    }

    private async Task<bool> CancelGridAsync(string clientOrderId)
    {
        await CancelPartAsync(clientOrderId);
        return !_tracker.TryGet(clientOrderId, out var order) || !order.IsLive;
    }

    private async Task<bool> AmendGridAsync(GridDesk desk, OrderRequest terms, long number)
    {
        var id = terms.ClientOrderId;
        var answer = await SendAmendAsync(terms);
        _gridAmending.Remove(id);
        switch (answer.Kind)
        {
            case OrderAnswerKind.Accepted:
                desk.OnAmended(number);
                await ApplyAsync(_tracker.Apply(answer.Report!));
                await ApplyAsync(_tracker.MarkAmendEnded(id));
                return true;
            case OrderAnswerKind.Rejected:
            case OrderAnswerKind.NotSent:
                desk.OnAmendRefused(number, answer.Code);
                LogNotAmended(id, answer.Code, answer.Message);
                await ApplyAsync(_tracker.MarkAmendEnded(id, answer.Code, answer.Message), answer.Message);
                if (answer.Kind == OrderAnswerKind.Rejected) Run(ResolveAmendAsync(id));
                return false;
            default:
                LogNotAmended(id, answer.Code, answer.Message);
                Run(ResolveAmendAsync(id));
                return false;
        }
    }

    /// <summary>What was asked for by others comes first: entries are withdrawn, or nothing is sent at all, until the gate speaks again.</summary>
    private void StopGrid(string reason, bool entriesOnly)
    {
        if (_desk is null) return;
        if (entriesOnly) _desk.Standing.Stop(reason);
        else _desk.Halt(reason);
        WorkGrid();
    }

    private void AlignGrid(GridDesk desk)
    {
        desk.FillCount = _books.FillCount;
        var own = _books.Strategy == RungOrderId.Strategy || _books.Lots.Own.Quantity == 0 ? _books.Lots.Own.Quantity : desk.Inventory;
        if (desk.Align(own, _lastPrice) is not 0 and var unknown) desk.Complaint = $"{unknown} is held that no rung knows of";
    }

    private SnapshotRecord GridRecord(GridDesk desk) => new(GridOwner, desk.Write(), NowMs);

    private string GridOwner => $"{Owner}/grid";
}
