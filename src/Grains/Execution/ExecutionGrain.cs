using Granary.Engine.Execution;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Hosting;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Granary.Venues.Routing;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Execution;

/// <summary>
/// One account in one symbol: the only place from which orders leave. Write before send: an approved order is durable in the journal before its request
/// leaves. The venue is the truth: books and orders are reconciled at start, after every loss of the user stream and every
/// <see cref="EngineSettings.ReconcileIntervalMs"/>. Every append carries the epoch taken at activation, so that a second activation can never act.
/// </summary>
[GrainType("execution")]
public sealed partial class ExecutionGrain : Grain, IExecutionGrain
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly EngineSettings _settings;
    private readonly IAccountPorts _ports;
    private readonly IMarketDataPort _market;
    private readonly IJournal _journal;
    private readonly SymbolCatalog _catalog;
    private readonly VenueClock _clock;
    private readonly TimeProvider _time;
    private readonly EngineMetrics _metrics;
    private readonly ILogger<ExecutionGrain> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<string> _sending = new(StringComparer.Ordinal);
    private readonly HashSet<string> _resolving = new(StringComparer.Ordinal);
    private readonly List<Task> _background = [];

    private string _account = "";
    private string _symbol = "";
    private ITradingPort _trading = null!;
    private IAccountPort _accountPort = null!;
    private JournalEpoch _epoch = null!;
    private OrderTracker _tracker = null!;
    private ExecutionBooks _books = null!;
    private long _auditedTradeId;
    private long _version;
    private bool _isNew;
    private bool _ready;
    private string _detail = "not reconciled yet";
    private ExecutionView _view = null!;
    private PositionNotice? _told;

    /// <summary>Creates the grain.</summary>
    public ExecutionGrain(
        EngineSettings settings, IAccountPorts ports, IMarketDataPort market, IJournal journal, SymbolCatalog catalog, VenueClock clock, TimeProvider time,
        EngineMetrics metrics, ILogger<ExecutionGrain> logger)
    {
        _catalog = catalog;
        _clock = clock;
        _settings = settings;
        _ports = ports;
        _market = market;
        _journal = journal;
        _time = time;
        _metrics = metrics;
        _logger = logger;
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private string Owner => $"execution/{_account}/{_symbol}";

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0) throw new ArgumentException($"execution grain key was '{key}', expected account/symbol");
        (_account, _symbol) = (key[..slash], key[(slash + 1)..]);
        if (_settings.Symbols.All(s => s.Symbol != _symbol) || _settings.Accounts.All(a => a.Name != _account))
            throw new KeyNotFoundException($"{key} is not configured; add the account to Accounts and the symbol to Engine:Symbols");
        _guard = _settings.Symbols.First(s => s.Symbol == _symbol).Guard;
        var deadMan = _settings.DeadMansSwitch;
        if (deadMan.TimeoutMs > 0) _deadMan = new DeadMansSwitch(deadMan.TimeoutMs, deadMan.RefreshMs, DeadManRetryMs);
        _trading = new RoutedTrading(_ports.GetVenues(_account), _time);
        _accountPort = _ports.GetAccount(_account);
        _epoch = await _journal.AcquireEpochAsync(Owner, cancellationToken);
        await LoadWorkingAsync(cancellationToken);
        await LoadAsync(cancellationToken);
        ResumeWorking();
        await ResumeCostsAsync(cancellationToken);
        StartGrid();
        _view = MakeView();
        var interval = TimeSpan.FromMilliseconds(_settings.ReconcileIntervalMs);
        this.RegisterGrainTimer(
            static (grain, _) => grain.GuardRoundsAsync(), this,
            new GrainTimerCreationOptions(TimeSpan.Zero, interval) { KeepAlive = true, Interleave = true });
        await base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // What was sent may still be answered; what is not answered by then stays Unknown in the journal and is asked for by the next activation.
        var done = Task.WhenAll(_background);
        await Task.WhenAny(done, Task.Delay(StopTimeout, _time, cancellationToken));
        // Not CancelAsync, which would go on in the thread pool.
        _stopping.Cancel();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask Ping() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<ExecutionView> GetView() => ValueTask.FromResult(_view);

    /// <inheritdoc/>
    public async ValueTask<long> Submit(ApprovedOrderMessage message)
    {
        var order = message.Approved.Value;
        if (_tracker.TryGet(order.Request.ClientOrderId, out _) || _working.ContainsKey(order.Request.ClientOrderId)) return _version;
        GiveUpEntries(order);
        if (Place(message) is { } working) return await WorkOnAsync(working, message);
        BeginCost(message, null, onlyRests: order.Request is { Type: OrderType.Limit, TimeInForce: TimeInForce.Gtx });
        var tracked = _tracker.Register(order, NowMs);

        // Not sent yet, and not to be asked for at the venue either, until the journal has it and the request has been answered.
        _sending.Add(order.Request.ClientOrderId);
        var records = new List<JournalRecord>(2) { ToRecord(tracked) };
        AddCost(order.Request.ClientOrderId, records);
        await SaveAsync(records);
        Announce(positionChanged: false);
        var version = _version;
        SendPaced(order, message.ReceivedTimestamp);
        return version;
    }

    /// <inheritdoc/>
    public async ValueTask OnOrder(OrderReportMessage message)
    {
        var id = message.Report.ClientOrderId;
        if (!_tracker.TryGet(id, out _) && await _journal.Reader.GetOrderAsync(_account, id) is { } record) await RecallAsync(record, CancellationToken.None);
        await RecogniseStopAsync(message.Report);
        await ApplyAsync(_tracker.Apply(message.Report));
        await NoticeUnknownWordAsync(message.Report);
        await NoticeForcedAsync(message.Report);
    }

    /// <inheritdoc/>
    public async ValueTask CancelAll(string reason)
    {
        StopWorking(reason, entriesOnly: false);
        var live = _tracker.Live
            .Where(o => o.Status != OrderStatus.PendingCancel && !IsHeldBack(o.ClientOrderId) && !(o.IsExternal && _settings.ForeignOrders == ForeignOrderPolicy.Leave))
            .Select(o => o.ClientOrderId).ToArray();
        if (live.Length == 0) return;
        LogCancelAll(_account, _symbol, live.Length, reason);
        await Task.WhenAll(live.Select(CancelAsync));
    }

    /// <summary>Runs in turns of this activation, beside its requests; remembered so that a stop can wait for it.</summary>
    private void Run(Task task)
    {
        _background.RemoveAll(static t => t.IsCompleted);
        _background.Add(task);
    }

    private async Task SendAsync(Order order, long receivedTimestamp)
    {
        var id = order.Request.ClientOrderId;
        using var span = EngineTraces.Order(id);
        try
        {
            var started = _time.GetTimestamp();
            if (receivedTimestamp != 0) _metrics.TickToOrderMs.Record(_time.GetElapsedTime(receivedTimestamp, started).TotalMilliseconds);
            var answer = await PlaceAsync(order.Request);
            _metrics.OrderRoundTripMs.Record(_time.GetElapsedTime(started).TotalMilliseconds);
            _metrics.Orders.Add(1, new KeyValuePair<string, object?>("outcome", answer.Kind.ToString()));
            _sending.Remove(id);
            await TakeAnswerAsync(id, answer);
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, id);
        }
        finally
        {
            _sending.Remove(id);
        }
    }

    /// <summary>Sends once. Whatever goes wrong on the way is an unknown outcome, never a failure.</summary>
    private async Task<OrderAnswer> PlaceAsync(OrderRequest request)
    {
        try
        {
            return await _trading.PlaceAsync(request, _stopping.Token);
        }
        catch (Exception e)
        {
            return new OrderAnswer(OrderAnswerKind.Unknown, null, 0, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private async Task TakeAnswerAsync(string clientOrderId, OrderAnswer answer)
    {
        switch (answer.Kind)
        {
            case OrderAnswerKind.Accepted:
                await ApplyAsync(_tracker.Apply(answer.Report!));
                if (_tracker.TryGet(clientOrderId, out var accepted) && accepted.IsLive) Run(FollowUpAsync(accepted.Request));
                break;
            case OrderAnswerKind.Rejected:
            case OrderAnswerKind.NotSent:
                if (answer.Kind == OrderAnswerKind.NotSent) NoteUnsent(clientOrderId);
                LogRejected(clientOrderId, answer.Code, answer.Message);
                await ApplyAsync(_tracker.MarkRejected(clientOrderId, answer.Code, answer.Message, NowMs), answer.Message);
                break;
            default:
                LogUnknown(clientOrderId, answer.Message);
                await ApplyAsync(_tracker.MarkUnknown(clientOrderId), answer.Message);
                await EnqueueIncidentAsync("OrderUnknown", $"order {clientOrderId}: no answer ({answer.Message})", "counted as exposure; the venue is asked", "Unknown");
                Run(ResolveAsync(clientOrderId));
                break;
        }
    }

    private async Task CancelAsync(string clientOrderId)
    {
        await ApplyAsync(_tracker.MarkPendingCancel(clientOrderId));
        OrderAnswer answer;
        try
        {
            answer = await _trading.CancelAsync(_symbol, clientOrderId, _stopping.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            answer = new OrderAnswer(OrderAnswerKind.Unknown, null, 0, e.Message);
        }

        if (answer.Kind == OrderAnswerKind.Accepted)
        {
            await ApplyAsync(_tracker.Apply(answer.Report!));
            return;
        }

        // Refused, unsent or unknown: the order's own state tells.
        await ApplyAsync(_tracker.MarkUnknown(clientOrderId), answer.Message);
        Run(ResolveAsync(clientOrderId));
    }

    /// <summary>Books what changed, makes it durable, tells risk and the symbol.</summary>
    private async Task ApplyAsync(OrderChange? change, string detail = "")
    {
        if (change is null) return;
        var records = new List<JournalRecord>(2 + change.NewFills.Count);
        if (!change.Order.IsFillOnly) records.Add(ToRecord(change.Order, detail));
        if (_catalog.Find(_symbol) is { } rules) _books.Lots.QuantityMin = DustRule.QuantityMin(rules);
        foreach (var reported in change.NewFills)
        {
            // The account's trades do not carry the client id; without it a restart could not find the order, and with it the stop, of an open position.
            var fill = reported.ClientOrderId.Length > 0 ? reported : reported with { ClientOrderId = change.Order.ClientOrderId };
            if (_books.Synthetic.Replace(fill) is { } replacement) records.AddRange(Replace(replacement, fill, change.Order));
            _books.Book(fill, change.Order);
            records.Add(_books.ToRecord(fill, change.Order.Strategy));
        }

        if (change.NewFills.Count > 0)
        {
            records.Add(_books.ToRecord(_auditedTradeId, NowMs));
            _metrics.Fills.Add(change.NewFills.Count, new KeyValuePair<string, object?>("symbol", _symbol));
        }

        if (change.NewFills.Count > 0) _lastPrice = change.NewFills[^1].Price;
        if (_books.Lots.Own.Quantity == 0) (_exitReason, _stopFailures, _markPrice) = ("", 0, null);
        if (!change.Order.IsLive) _stops.OnOrderOver(change.Order.ClientOrderId, NowMs);
        NoteChild(change, records);
        TakeCosts(change, records);
        NoteGrid(change, records);
        await SaveAsync(records);
        Announce(change.NewFills.Count > 0);
        if (change.NewFills.Count > 0 || !change.Order.IsLive) Protect();
        SuspectMissing(change.Order);
        WatchResting();
        if (change.NewFills.Count > 0) EndSurplusExits();
        Work();
        WorkGrid();
    }

    /// <summary>Durable append. When it fails, what is in memory may be ahead of the journal: this activation ends and the next one reads the journal.</summary>
    private async Task SaveAsync(IReadOnlyList<JournalRecord> records)
    {
        try
        {
            await _journal.AppendAsync(records, _epoch);
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, Owner);
            DeactivateOnIdle();
            throw;
        }
    }

    private ValueTask EnqueueIncidentAsync(string kind, string seen, string done, string result) =>
        _journal.EnqueueAsync([new IncidentRecord($"{_account}/{_symbol}", kind, seen, done, result, NowMs)], null);

    /// <summary>One-way notices; what gets lost is said again: to risk by its audit, to the symbol when its own notices show that it has not heard.</summary>
    private void Announce(bool positionChanged)
    {
        _version++;
        _view = MakeView();
        _ = GrainFactory.GetGrain<IRiskGrain>(_account).OnOrder(new OrderNotice(_view));
        if (positionChanged) TellSymbol();
    }

    private void TellSymbol()
    {
        // What somebody else holds is no position to a strategy.
        var own = _books.Lots.Own;
        _told = new PositionNotice(_account, own.Quantity, own.EntryPrice, _books.Atr, _books.Strategy, _books.OpeningId, _version)
        {
            ExitReason = _exitReason,
            IsShared = own.Quantity != 0 && _books.Lots.External.Quantity != 0,
        };
        _ = GrainFactory.GetGrain<ISymbolGrain>(_symbol).OnPosition(_told);
    }

    /// <summary>
    /// The symbol has not heard what it was told last: the notice got lost, or the symbol started anew. The very same one again, so that nothing that was
    /// asked for because of it is asked for twice.
    /// </summary>
    private void TellSymbolAgain(long heardVersion)
    {
        if (_told is { } told && heardVersion < told.Version) _ = GrainFactory.GetGrain<ISymbolGrain>(_symbol).OnPosition(told);
    }

    private ExecutionView MakeView()
    {
        var (unprotected, stop) = (Unprotected(), DescribeStop());
        return new(
            _account, _symbol, _ready && unprotected.Length == 0, unprotected.Length > 0 ? unprotected : _detail, _version, _books.Ledger.Quantity, _books.Ledger.CostBasis, _books.Ledger.EntryPrice, _books.RealizedPnl,
            _books.Fees, _books.DayPnl, _books.Day, _tracker.LastTradeId, _books.FillCount, stop.Price, _books.Strategy,
            [.. _tracker.Live.Select(ToView)])
        {
            StopState = stop.State,
            StopReason = stop.Reason,
            ExternalQuantity = _books.Lots.External.Quantity,
            DustQuantity = _books.Lots.Dust.Quantity,
            OwnPnl = _books.Lots.Own.RealizedPnl - _books.Lots.Own.Fees,
            Working = ViewWorking(),
            OtherFees = _books.OtherFees,
        };
    }

    private static OrderView ToView(TrackedOrder o) => new(
        o.ClientOrderId, o.VenueOrderId, o.Strategy, o.Source?.IntentId ?? "", o.Source?.Purpose.ToString() ?? "", o.Request.Side, o.Request.Type, o.Status,
        o.Request.Quantity, o.Request.Price, o.ExecutedQuantity, o.Request.ReduceOnly, o.UpdatedMs);

    private OrderRecord ToRecord(TrackedOrder o, string detail = "")
    {
        var source = o.Source;
        return new OrderRecord(
            _account, o.ClientOrderId, ClientOrderId.TryParse(o.ClientOrderId, out var parsed) ? parsed.Sequence : 0, _symbol, o.Strategy,
            source?.IntentId ?? "", source?.Purpose.ToString() ?? "", o.Request.Side.ToString(), o.Request.Type.ToString(), o.Request.TimeInForce.ToString(),
            o.Request.Quantity, o.Request.Price, o.Request.ReduceOnly, source?.Atr, source?.StopPrice, o.Status.ToString(), o.VenueOrderId,
            o.ExecutedQuantity, detail.Length > 0 ? detail : o.RejectMessage, source?.MarketTimeMs ?? o.CreatedMs, NowMs);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Account}/{Symbol}: cancelling {Count} orders: {Reason}")]
    private partial void LogCancelAll(string account, string symbol, int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "order {ClientOrderId} was refused: {Code} {Message}")]
    private partial void LogRejected(string clientOrderId, int code, string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "order {ClientOrderId}: outcome unknown ({Message}); the venue is asked, it is not sent again")]
    private partial void LogUnknown(string clientOrderId, string message);

    [LoggerMessage(Level = LogLevel.Error, Message = "{What}: the journal did not take it; this activation ends")]
    private partial void LogJournalFailed(Exception exception, string what);
}
