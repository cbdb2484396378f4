using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Reconciliation;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Journal;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Execution;

/// <summary>
/// The protective stop at the venue. What the position needs and what rests there is the kernel's to compare (<see cref="ProtectiveStops"/>); here its steps
/// are journalled, sent, and their outcomes told to it. One round runs at a time; whatever changes meanwhile leads to another.
/// </summary>
public sealed partial class ExecutionGrain
{
    private const int UnknownOrder = -2011;
    private const long RetryMsMax = 30_000;

    private ProtectiveStops _stops = null!;
    private GuardParameters _guard = null!;
    private (string OpeningId, decimal Price)? _toldStop;
    private decimal _lastPrice;
    private decimal? _markPrice;
    private bool _stopsKnown;
    private bool _isProtecting;
    private bool _protectAgain;
    private bool _isProtectScheduled;
    private string _exitReason = "";
    private int _stopFailures;

    /// <inheritdoc/>
    public async ValueTask OnTrigger(TriggerReportMessage message) => await TakeTriggerAsync(message.ToReport());

    /// <inheritdoc/>
    public Task OnMarket(MarketNotice notice)
    {
        TellSymbolAgain(notice.HeardVersion);
        if (notice.LastPrice > 0) _lastPrice = notice.LastPrice;
        _markPrice = notice.MarkPrice ?? _markPrice;
        TakeMid(notice.BidPrice, notice.AskPrice);
        if (notice.Traded is { } traded) TakeTraded(traded);
        Quote(notice.BidPrice, notice.AskPrice, notice.LastPrice);
        QuoteGrid(notice);
        if (notice.OpeningId.Length > 0 && notice.OpeningId == _books.OpeningId && _toldStop?.Price != notice.StopPrice)
        {
            _toldStop = (notice.OpeningId, notice.StopPrice);
            Protect();
        }

        return Task.CompletedTask;
    }

    /// <summary>Sets a round off, beside whatever runs.</summary>
    private void Protect()
    {
        if (_stopsKnown && _settings.Protection.AtVenue) Run(ProtectAsync());
    }

    private async Task ProtectAsync()
    {
        if (_isProtecting)
        {
            _protectAgain = true;
            return;
        }

        _isProtecting = true;
        try
        {
            do
            {
                _protectAgain = false;
                var plan = _stops.Plan(Target(out _), IsOwnFlat, NowMs);
                if (plan.Place is { } stop) await PlaceStopAsync(stop);
                foreach (var id in plan.Cancel) await CancelStopAsync(id);
            }
            while (_protectAgain && !_stopping.IsCancellationRequested);
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, Owner);
        }
        finally
        {
            _isProtecting = false;
        }
    }

    /// <summary>Twice as long after each failure, so that a venue that takes no stops is not asked all day.</summary>
    private long RetryMs() => Math.Min((long)_settings.Protection.RetryMs << Math.Clamp(_stopFailures, 0, 8), RetryMsMax);

    /// <summary>Tries again after a while; asked for repeatedly, it comes once.</summary>
    private void ProtectLater()
    {
        if (_isProtectScheduled) return;
        _isProtectScheduled = true;
        Run(WaitAsync());

        async Task WaitAsync()
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(RetryMs()), _time, _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            finally
            {
                _isProtectScheduled = false;
            }

            await ProtectAsync();
        }
    }

    /// <summary>
    /// Whether the engine holds nothing. A position that is foreign by the books of an engine which never traded may be its own of before the journal was
    /// lost: its stop is left.
    /// </summary>
    private bool IsOwnFlat => _books.Lots.Own.Quantity == 0 && (_books.Ledger.Quantity == 0 || _books.HasTraded);

    /// <summary>The stop that the position needs: the guard's, on the tick nearer to the entry; null, with the reason in words, where it has none.</summary>
    private StopTarget? Target(out string reason)
    {
        reason = "";
        var (quantity, own) = (_books.Lots.Own.Quantity, _books.Lots.Own);
        if (_books.Ledger.Quantity == 0) return null;
        if (quantity == 0 && _books.Lots.External.Quantity == 0)
        {
            reason = "what is left is dust: less than the smallest order";
            return null;
        }

        if (IsLeavingShared) reason = "an exit from the shared position is under way: beside it a stop might close what is not the engine's";
        else if (!_settings.Protection.AtVenue) reason = "stops at the venue are switched off (Protection:AtVenue)";
        else if (_books.Strategy == RungOrderId.Strategy) return GridTarget(quantity, out reason);
        else if (!ClientOrderId.TryParse(_books.OpeningId, out _)) reason = "the position is foreign: nothing is known of its risk";
        else if (_books.Atr is not (> 0 and < 1e15)) reason = "the entry has no ATR";
        else if (_catalog.Find(_symbol) is not { } rules) reason = "the symbol's rules are not known yet";
        else
        {
            var side = quantity > 0 ? OrderSide.Buy : OrderSide.Sell;
            var price = new PositionGuard(side, own.EntryPrice, (decimal)_books.Atr.Value, _guard).HardStop;
            if (_toldStop is { } told && told.OpeningId == _books.OpeningId && (int)side * (told.Price - price) > 0) price = told.Price;
            price = side == OrderSide.Buy ? rules.CeilingPrice(price) : rules.FloorPrice(price);
            if (price >= rules.PriceMin && price <= rules.PriceMax)
            {
                return new StopTarget(_books.OpeningId, side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy, price, Math.Abs(quantity))
                {
                    IsShared = _books.Lots.External.Quantity != 0,
                };
            }

            reason = $"the stop would lie at {price}, where the venue takes none";
        }

        return null;
    }

    private async Task PlaceStopAsync(ProtectiveStop stop)
    {
        await SaveStopAsync(stop, "");
        var rules = _catalog.Find(_symbol)!;
        var market = new MarketContext(rules, _lastPrice > 0 ? _lastPrice : _books.Ledger.EntryPrice, null, null, _markPrice, 0, NowMs);
        var request = new TriggerRequest(_symbol, stop.Side, TriggerKind.Stop, stop.TriggerPrice, stop.Quantity);
        if (RiskGate.CheckTrigger(request, _books.Ledger.Quantity, market) is { } refusal)
        {
            var meaning = refusal.Reason switch
            {
                RefusalReason.TriggerWouldFire => StopRefusal.WouldTrigger,
                RefusalReason.ReduceOnlyNoPosition or RefusalReason.ReduceOnlyWouldIncrease => StopRefusal.NothingToReduce,
                _ => StopRefusal.Unsupported,
            };
            await RefuseStopAsync(stop.ClientId, meaning, $"the gate refused: {refusal.Reason} {refusal.Detail}");
            return;
        }

        TriggerOrderAnswer answer;
        try
        {
            _pacer.Add(NowMs);
            answer = await _trading.PlaceTriggerAsync(
                new TriggerOrderRequest(stop.ClientId, _symbol, stop.Side, stop.TriggerPrice, stop.Quantity, _settings.Protection.WorkingPrice),
                _stopping.Token);
        }
        catch (Exception e)
        {
            answer = new TriggerOrderAnswer(OrderAnswerKind.Unknown, null, 0, $"{e.GetType().Name}: {e.Message}");
        }

        switch (answer.Kind)
        {
            case OrderAnswerKind.Accepted when answer.Report is { } report:
                await TakeTriggerAsync(report);
                break;
            case OrderAnswerKind.Rejected:
                await RefuseStopAsync(stop.ClientId, StopRefusals.Classify(answer.Code), answer.Message);
                break;
            case OrderAnswerKind.NotSent:
                await SaveStopAsync(_stops.OnNotSent(stop.ClientId, NowMs, RetryMs()), answer.Message);
                _stopFailures++;
                ProtectLater();
                break;
            default:
                LogStopUnknown(stop.ClientId, answer.Message);
                await SaveStopAsync(_stops.OnUnknown(stop.ClientId, NowMs), answer.Message);
                await EnqueueIncidentAsync(
                    "StopUnknown", $"stop {stop.ClientId}: no answer ({answer.Message})", "the venue is asked; the engine's own stop stands", "Unknown");
                Run(ResolveStopAsync(stop.ClientId));
                break;
        }
    }

    private async Task RefuseStopAsync(string clientId, StopRefusal refusal, string message)
    {
        var isNews = _stops.LastRefusal != refusal;
        if (_stops.OnRefused(clientId, refusal, message, NowMs, RetryMs()) is not { } stop) return;
        _stopFailures++;
        LogStopRefused(clientId, refusal, message);
        var isLeft = refusal is StopRefusal.WouldTrigger or StopRefusal.LimitReached && _settings.Protection.OnRefused == StopRefusedAction.Exit;
        if (isLeft) _exitReason = $"stop {clientId} at {stop.TriggerPrice} was refused: {message}";
        await SaveStopAsync(stop, message);
        if (isNews && refusal is not (StopRefusal.CloseTaken or StopRefusal.NothingToReduce))
        {
            await EnqueueIncidentAsync(
                "StopRefused", $"the stop of {_books.Ledger.Quantity} at {stop.TriggerPrice} was refused ({refusal}): {message}",
                isLeft ? "the position is left at market" : "the engine's own stop stands alone, nothing is opened, and the venue is tried again",
                isLeft ? "exit asked for" : "no stop at the venue");
        }

        Announce(positionChanged: isLeft);
        if (refusal == StopRefusal.CloseTaken) _protectAgain = true;
        else ProtectLater();
    }

    private async Task CancelStopAsync(string clientId)
    {
        if (_stops.OnCanceling(clientId, NowMs) is not { } stop) return;
        await SaveStopAsync(stop, "");
        TriggerOrderAnswer answer;
        try
        {
            answer = await _trading.CancelTriggerAsync(_symbol, clientId, _stopping.Token);
        }
        catch (Exception e)
        {
            answer = new TriggerOrderAnswer(OrderAnswerKind.Unknown, null, 0, $"{e.GetType().Name}: {e.Message}");
        }

        switch (answer.Kind)
        {
            case OrderAnswerKind.Accepted:
                await SaveStopAsync(_stops.OnCanceled(clientId, NowMs), "");
                Announce(positionChanged: false);
                break;
            case OrderAnswerKind.NotSent:
                await SaveStopAsync(_stops.OnCancelNotSent(clientId, NowMs), "");
                ProtectLater();
                break;
            default:
                // Refused or lost: its own state tells, and it may have been set off.
                Run(ResolveStopAsync(clientId));
                break;
        }
    }

    /// <summary>Finds out what became of a stop: by asking, with growing pauses.</summary>
    private async Task ResolveStopAsync(string clientId)
    {
        if (!_resolving.Add(clientId)) return;
        try
        {
            for (var attempt = 0; attempt < QuestionsMax; attempt++)
            {
                if (_stops.Find(clientId) is not { State: ProtectiveStopState.Unknown or ProtectiveStopState.Canceling }) return;
                if (await AskStopAsync(clientId, _stopping.Token)) return;
                await PauseAsync(clientId, attempt);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next activation finds the stop in the journal and asks again.
        }
        catch (Exception e) when (e is StaleEpochException or JournalException)
        {
            LogJournalFailed(e, clientId);
        }
        finally
        {
            _resolving.Remove(clientId);
        }
    }

    /// <summary>Asks the venue for one stop and takes what it says.</summary>
    /// <returns>Whether its state is certain now.</returns>
    private async Task<bool> AskStopAsync(string clientId, CancellationToken token)
    {
        var askedMs = NowMs;
        TriggerOrderAnswer answer;
        try
        {
            answer = await _trading.QueryTriggerAsync(_symbol, clientId, token);
        }
        catch (Exception e) when (e is VenueException)
        {
            return false;
        }

        if (answer is { Kind: OrderAnswerKind.Accepted, Report: { } report })
        {
            await TakeTriggerAsync(report);

            // The venue shows it waiting although a cancel was sent and has been answered or lost: the cancel did not take.
            var isCanceling = _stops.Find(clientId) is { State: ProtectiveStopState.Canceling } stop && stop.UpdatedMs <= askedMs;
            if (report.Status == TriggerOrderStatus.Waiting && isCanceling)
            {
                await SaveStopAsync(_stops.OnCancelNotSent(clientId, NowMs), "");
                ProtectLater();
            }

            return true;
        }

        if (_stops.Find(clientId) is not { MayWait: true } known) return true;
        if (!IsAbsence(answer.Kind, answer.Code) || NowMs - known.UpdatedMs < Reconciler.AbsenceMs || known.UpdatedMs > askedMs) return false;
        await SaveStopAsync(_stops.OnGone(clientId, NowMs), Absent);
        Announce(positionChanged: false);
        Protect();
        return true;
    }

    /// <param name="report">What the venue said.</param>
    /// <param name="isListed">Whether it is newer than all that was heard before.</param>
    /// <param name="isFound">Whether a reconciliation brings it, which tells what it found itself.</param>
    private async Task TakeTriggerAsync(TriggerOrderReport report, bool isListed = false, bool isFound = false)
    {
        if (report.Symbol != _symbol) return;
        var before = _stops.Find(report.ClientId);
        var stop = isListed ? _stops.OnListed(report, NowMs) : _stops.OnReport(report, NowMs);
        if (report.OrderId > 0 && _stops.Find(report.ClientId) is { State: ProtectiveStopState.Triggered } triggered)
            await BecomeOrderAsync(triggered, report.OrderId, triggered.Quantity ?? Math.Abs(_books.Ledger.Quantity));
        if (stop is null) return;
        if (stop.State == ProtectiveStopState.Resting) _stopFailures = 0;
        if (stop.State != ProtectiveStopState.Triggered) await SaveStopAsync(stop, stop.State == ProtectiveStopState.Over ? report.Reason : "");
        if (before is null && !isFound)
        {
            await EnqueueIncidentAsync(
                "StopFound", $"stop {report.ClientId} was at the venue and in no book", "taken over by its id", stop.State.ToString());
        }

        if (stop.State == ProtectiveStopState.Over && before is { State: ProtectiveStopState.Resting } && _books.Ledger.Quantity != 0)
        {
            await EnqueueIncidentAsync(
                "StopLost", $"stop {report.ClientId} was ended at the venue ({report.Status} {report.Reason}) while the position is open",
                "another one is placed", "one stop again");
        }

        Announce(positionChanged: false);
        Protect();
    }

    /// <summary>A stop was set off: from here on it is an order like any other exit, under the id that it had.</summary>
    private async Task BecomeOrderAsync(ProtectiveStop stop, long venueOrderId, decimal quantity)
    {
        if (_tracker.TryGet(stop.ClientId, out _) || _tracker.Knows(venueOrderId) || quantity <= 0) return;
        var request = new OrderRequest(stop.ClientId, _symbol, stop.Side, OrderType.Market, TimeInForce.Gtc, quantity, null, ReduceOnly: true);
        var strategy = _books.Strategy.Length > 0 ? _books.Strategy : TrackedOrder.External;
        var order = new Order(request, _account, strategy, $"stop/{stop.ClientId}", ProposalKind.Exit, null, stop.TriggerPrice, NowMs);
        var tracked = _tracker.Register(order, NowMs, venueOrderId);
        LogStopTriggered(stop.ClientId, stop.TriggerPrice);
        await SaveAsync([ToRecord(tracked)]);
    }

    /// <summary>Before an order's event is taken: the order may be a stop that was set off, of which nobody has heard yet.</summary>
    private async Task RecogniseStopAsync(OrderReport report)
    {
        var id = report.ClientOrderId;
        if (_tracker.TryGet(id, out _) || !ProtectiveStopId.TryParse(id, _settings.EngineId, _account, out _, out _)) return;
        _stops.OnTriggered(id, NowMs);
        var stop = _stops.Find(id) ?? new ProtectiveStop(id, report.Side, 0, report.Quantity, ProtectiveStopState.Triggered, 0, NowMs);
        await BecomeOrderAsync(stop, report.VenueOrderId, report.Quantity);
    }

    private async Task SaveStopAsync(ProtectiveStop? stop, string detail)
    {
        // Once it is an order, the record is the order's.
        if (stop is null || _tracker.TryGet(stop.ClientId, out _)) return;
        var strategy = _books.Strategy.Length > 0 ? _books.Strategy : stop.ClientId.Split('/')[2];
        await SaveAsync([JournalOrders.ToRecord(stop, _account, _symbol, strategy, detail, NowMs)]);
    }

    /// <summary>Why nothing is to be opened: a position whose stop the venue does not take and which is held all the same; empty otherwise.</summary>
    private string Unprotected() => _books.Lots.Own.Quantity != 0 && _exitReason.Length == 0
        && _stops.LastRefusal is StopRefusal.Unsupported or StopRefusal.WouldTrigger or StopRefusal.LimitReached
        ? $"the open position has no stop at the venue: {_stops.Complaint}"
        : "";

    private (decimal? Price, string State, string Reason) DescribeStop()
    {
        if (_books.Ledger.Quantity == 0) return (null, "", "");
        if (Target(out var reason) is not { } target) return (_books.StopPrice, "None", reason);
        if (_stops.Current(target) is { } stop) return (stop.TriggerPrice, stop.State.ToString(), "");
        if (_exitReason.Length > 0) return (null, "None", _exitReason);
        if (_stops.Complaint.Length > 0) return (null, "None", _stops.Complaint);
        return (null, "None", _stopsKnown ? "about to be placed" : "books and venue have not been compared yet");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "stop {ClientId}: outcome unknown ({Message}); the venue is asked, it is not sent again")]
    private partial void LogStopUnknown(string clientId, string message);

    [LoggerMessage(Level = LogLevel.Error, Message = "stop {ClientId} was refused ({Refusal}): {Message}")]
    private partial void LogStopRefused(string clientId, StopRefusal refusal, string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "stop {ClientId} at {TriggerPrice} was set off")]
    private partial void LogStopTriggered(string clientId, decimal triggerPrice);
}
