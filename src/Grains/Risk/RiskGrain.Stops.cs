using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Journal;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Risk;

/// <summary>
/// The kill switch: stops by operators, by the engine, and by incidents. A stricter stop is in force before it is in the journal, a milder one only afterwards.
/// A flatten is worked on at every audit until nothing is open; the account stays halted behind it.
/// </summary>
public sealed partial class RiskGrain
{
    /// <summary>What the intent ids of exits that a flatten asks for begin with.</summary>
    internal const string FlattenIntents = "flatten/";

    private (StopScope Scope, long TimeMs) _flattened;
    private StopOrder? _stopRecorded;
    private EngineStop? _engineStop;
    private bool _isFlattening;
    private long _streamLostMs;
    private string _resumed = "";

    private bool IsFlattenDue => _gate.Stop is { Action: StopAction.Flatten } stop && _flattened != (stop.Scope, stop.TimeMs);

    /// <inheritdoc/>
    public async ValueTask<RiskView> SetState(string state, string reason, string who)
    {
        var action = state switch
        {
            nameof(TradingState.Active) => StopAction.None,
            nameof(TradingState.ReduceOnly) => StopAction.ReduceOnly,
            nameof(TradingState.Halted) => StopAction.Halt,
            _ => throw new ArgumentException($"state was '{state}', expected Active, ReduceOnly or Halted", nameof(state)),
        };
        await RequestStopAsync(action, reason, who);
        return _view = MakeView();
    }

    /// <inheritdoc/>
    public async ValueTask Halt(string reason, string who)
    {
        if (_gate.AccountStop.Action >= StopAction.Halt) return;
        await RequestStopAsync(StopAction.Halt, reason, who);
        _view = MakeView();
    }

    /// <inheritdoc/>
    public async ValueTask<RiskView> Flatten(string reason, string who)
    {
        await RequestStopAsync(StopAction.Flatten, reason, who);
        await FlattenAsync();
        return _view = MakeView();
    }

    /// <inheritdoc/>
    public async ValueTask OnEngineStop(EngineStop stop)
    {
        TakeEngineStop(stop);
        await NoticeChangesAsync();
        await FlattenAsync();
    }

    /// <inheritdoc/>
    public async ValueTask CancelAll(string reason)
    {
        foreach (var symbol in _symbols) await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").CancelAll(reason);
    }

    private void TakeEngineStop(EngineStop stop)
    {
        if (stop == _engineStop || stop.TimeMs < _engineStop?.TimeMs) return;
        _engineStop = stop;
        _gate.RequestStop(new StopOrder(Enum.Parse<StopAction>(stop.Action), StopScope.Engine, stop.Who, stop.Reason, stop.TimeMs));
        if (stop.TimeMs != 0) LogStop(_account, stop.Action, stop.Who, stop.Reason);
        ApplyState();
        _view = MakeView();
    }

    /// <summary>The engine's stop as it stands; an account that has never heard of it opens nothing.</summary>
    private async Task AskEngineStopAsync()
    {
        try
        {
            TakeEngineStop(await GrainFactory.GetGrain<IKillSwitchGrain>(IKillSwitchGrain.Key).GetStop());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogReconcileFailed(e, _account, "the engine's stop");
        }
    }

    private async Task RequestStopAsync(StopAction action, string reason, string who)
    {
        var before = _gate.AccountStop;

        // Two stops of one millisecond are two.
        var stop = new StopOrder(action, StopScope.Account, who, reason, Math.Max(NowMs, before.TimeMs + 1));
        _gate.RequestStop(stop);
        var snapshot = MakeSnapshot();
        if (action < before.Action) _gate.RequestStop(before);
        try
        {
            await AppendStopAsync(stop, [], snapshot);
            _gate.RequestStop(stop);
        }
        catch (StaleEpochException e)
        {
            LogStale(e.Message);
            DeactivateOnIdle();
            throw;
        }

        if (action == StopAction.None) _resumed = $"{who}: {reason}";
        LogStop(_account, action.ToString(), who, reason);
        ApplyState();
        await NoticeChangesAsync();
    }

    /// <summary>Makes a stop durable that a trigger brought about: it holds already. Tried again with the next event when the journal fails.</summary>
    private async Task NoticeStopAsync()
    {
        var stop = _gate.AccountStop;
        if (stop == _stopRecorded || _stopRecorded is null) return;
        var before = _stopRecorded;
        _stopRecorded = stop;
        LogStop(_account, stop.Action.ToString(), stop.Who, stop.Reason);
        try
        {
            await AppendStopAsync(
                stop, [new IncidentRecord($"account {_account}", "KillSwitch", stop.Reason, stop.Action.ToString(), $"state {_gate.State}", NowMs)], MakeSnapshot());
        }
        catch (JournalException e)
        {
            _stopRecorded = before;
            LogReconcileFailed(e, _account, "stop");
        }
        catch (StaleEpochException e)
        {
            LogStale(e.Message);
            DeactivateOnIdle();
        }

        _view = MakeView();
    }

    private async Task AppendStopAsync(StopOrder stop, IReadOnlyList<JournalRecord> incidents, SnapshotRecord snapshot)
    {
        await _journal.AppendAsync([new TradingStateRecord(_account, stop.State.ToString(), stop.Reason, stop.Who, NowMs), .. incidents, snapshot], _epoch);
        _stopRecorded = stop;
        _saved = null;
    }

    /// <summary>A journal whose snapshots knew no stops yet has them in its trading states.</summary>
    private async Task LoadStopAsync(CancellationToken cancellationToken)
    {
        if (await _journal.Reader.GetTradingStateAsync(_account, cancellationToken) is not { } record) return;
        if (record.State == nameof(TradingState.Active)) _resumed = $"{record.Who}: {record.Reason}";
        if (_gate.AccountStop.Action != StopAction.None) return;
        var action = record.State switch
        {
            nameof(TradingState.Halted) => StopAction.Halt,
            nameof(TradingState.ReduceOnly) => StopAction.ReduceOnly,
            _ => StopAction.None,
        };
        if (action != StopAction.None) _gate.RequestStop(new StopOrder(action, StopScope.Account, record.Who, record.Reason, record.TimeMs));
        _stopRecorded = _gate.AccountStop;
    }

    /// <summary>Measures what the gate does not see by itself; it watches drawdown and liquidation distance with every price.</summary>
    private void ObserveIncidents()
    {
        var now = NowMs;
        if (!_streamUp) _gate.OnIncident(IncidentKind.StaleStream, now - _streamLostMs, now);
        var oldest = long.MaxValue;
        foreach (var order in _books.Values.SelectMany(b => b.LiveOrders))
        {
            // A request that is never answered leaves its order as it was written: nobody knows of it either.
            if (order.Status is OrderStatus.Unknown or OrderStatus.PendingNew) oldest = Math.Min(oldest, order.TimeMs);
        }

        if (oldest != long.MaxValue) _gate.OnIncident(IncidentKind.UnknownOrder, Math.Max(0, now - oldest), now);
    }

    /// <summary>One round of a flatten that is due: orders cancelled, positions left at market; noted when books that are reconciled show nothing any more.</summary>
    private async Task FlattenAsync()
    {
        if (!IsFlattenDue || _isFlattening) return;
        _isFlattening = true;
        try
        {
            var stop = _gate.Stop;
            foreach (var symbol in _symbols) await FlattenAsync(symbol, stop);
            if (_books.Count < _symbols.Length || _books.Values.Any(b => !b.Ready || ToClose(b) != 0 || b.LiveOrders.Any(IsOurs)) || _inFlight.Count > 0) return;
            if (_gate.Stop != stop) return;
            _flattened = (stop.Scope, stop.TimeMs);
            LogFlat(_account);
            await _journal.AppendAsync(
                [
                    new IncidentRecord(
                        $"account {_account}", "Flattened", $"{stop.Who}: {stop.Reason}", "every order cancelled, every position closed", $"state {_gate.State}", NowMs),
                    MakeSnapshot(),
                ],
                _epoch);
        }
        finally
        {
            _isFlattening = false;
        }
    }

    /// <summary>What a flatten closes of a position: not the EXTERNAL lot where foreign positions are left, nor what is too small to be ordered.</summary>
    private decimal ToClose(ExecutionView view)
    {
        var isLeft = _settings.ForeignPositions == ForeignPositionPolicy.Leave;
        var rest = view.Quantity - (isLeft ? view.ExternalQuantity : 0);
        return rest == view.DustQuantity ? 0 : rest - (isLeft && view.ExternalQuantity != 0 ? view.DustQuantity : 0);
    }

    private bool IsOurs(OrderView order) => _settings.ForeignOrders == ForeignOrderPolicy.Adopt || order.Strategy != TrackedOrder.External;

    private async Task FlattenAsync(string symbol, StopOrder stop)
    {
        try
        {
            var execution = GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}");
            var view = await execution.GetView();
            if (view.LiveOrders.Count > 0) await execution.CancelAll(stop.Reason);
            view = await execution.GetView();
            await TakeAsync(view);

            // An exit under way is given its time: its order, or its end, is in the next view.
            if (ToClose(view) == 0 || _inFlight.Values.Any(f => f.Symbol == symbol)) return;
            var price = Known(symbol) ?? view.EntryPrice;
            var timeMs = _marketTimeMs > 0 ? _marketTimeMs : NowMs;
            var strategy = view.Strategy is "" or TrackedOrder.External ? "operator" : view.Strategy;
            await DecideAsync(
                new Proposal(
                    _account, symbol, strategy, $"{FlattenIntents}{symbol}/{view.Version}", ProposalKind.Exit, view.Quantity > 0 ? OrderSide.Sell : OrderSide.Buy, 1,
                    null, price, timeMs, -1, ToClose(view) == view.Quantity ? null : Math.Abs(ToClose(view)), $"flatten by {stop.Who}: {stop.Reason}"),
                new MarketState(price, null, null, Known(symbol), 0, timeMs), "", 0);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StaleEpochException))
        {
            // The other symbols go on; this one is tried again at the next audit.
            LogReconcileFailed(e, _account, symbol);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: stop {Action} ({Who}: {Reason})")]
    private partial void LogStop(string account, string action, string who, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account} is flat and stays halted")]
    private partial void LogFlat(string account);
}
