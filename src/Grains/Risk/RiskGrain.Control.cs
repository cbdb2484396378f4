using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Risk;

/// <summary>Readiness, the audit and what operators see.</summary>
public sealed partial class RiskGrain
{
    private readonly SortedDictionary<string, string> _uncompared = new(StringComparer.Ordinal);
    private Task _comparing = Task.CompletedTask;

    /// <summary>Active once everything is reconciled, Recovering until then; a stop of the kill switch goes on top of either.</summary>
    private void ApplyState()
    {
        var missing = MissingReadiness();
        var before = _gate.State;
        _gate.SetState(missing is null ? TradingState.Active : TradingState.Recovering, missing ?? _resumed);
        if (_gate.State != before) LogState(_account, _gate.State.ToString(), "engine", _gate.StateReason);
        StopEntries();
    }

    /// <summary>Why the account is in its state, and under a stop what else is to be known: how far a flatten is, what is not reconciled.</summary>
    private string StateReason()
    {
        var reason = _gate.StateReason;
        if (_gate.Stop.Action == StopAction.None) return reason;
        if (_gate.Stop.Action == StopAction.Flatten) reason += IsFlattenDue ? " (flattening)" : " (flat)";
        return _gate.State != TradingState.Recovering && MissingReadiness() is { } missing ? $"{reason}; not ready: {missing}" : reason;
    }

    private string? MissingReadiness()
    {
        if (!_streamUp) return _streamDetail;
        if (_modeFault is not null) return _modeFault;
        foreach (var symbol in _symbols)
        {
            if (!_books.TryGetValue(symbol, out var view)) return $"{symbol}: books not known yet";
            if (!view.Ready) return $"{symbol}: {view.Detail}";
            if (_uncompared.TryGetValue(symbol, out var reason)) return $"{symbol}: not compared yet ({reason})";
        }

        if (!_funds.IsOpen) return "the venue's wallet is not known yet";
        return _engineStop is null ? "the engine's stop is not known yet" : null;
    }

    private async Task ReconcileAllAsync(string reason)
    {
        await Task.WhenAll(_symbols.Select(symbol => CompareAsync(symbol, reason)));
        await CompareWalletAsync();
    }

    /// <summary>Compares a symbol together with the others. One that did not come to an end keeps the account from opening anything, and is compared again.</summary>
    private async Task CompareAsync(string symbol, string reason)
    {
        try
        {
            await TakeAsync(await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").ReconcileWithAccount(reason));
            _uncompared.Remove(symbol);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _uncompared[symbol] = reason;
            LogReconcileFailed(e, _account, symbol);
        }
    }

    private async Task CompareAgainAsync()
    {
        if (_uncompared.Count == 0 || !_comparing.IsCompleted) return;
        _comparing = Task.WhenAll(_uncompared.ToArray().Select(symbol => CompareAsync(symbol.Key, symbol.Value)));
        await _comparing;
        ApplyState();
    }

    /// <summary>Every few seconds: the books of every symbol as execution has them, the wallet, an equity point.</summary>
    private async Task AuditAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskEngineStopAsync();
            await CheckModeAsync(cancellationToken);
            _ = AskFeesAsync(cancellationToken);
            foreach (var symbol in _symbols) await TakeAsync(await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").GetView());
            SuspectPositions();
            _ = CompareAgainAsync();
            await CompareWalletAsync();
            ApplyLadders();
            _ = SeedReturnsAsync();
            ObserveIncidents();
            ApplyState();
            await NoticeChangesAsync();
            await FlattenAsync();
            await StandAsync();
            _view = MakeView();
            ShowMetrics();
            await SaveAsync(cancellationToken);

            // Awaited, though its loss would be no harm: an activation that is not the newest any more finds out here, at the latest.
            var point = new EquityRecord(_account, _view.Wallet, _view.UnrealizedPnl, _gate.State.ToString(), NowMs);
            await _journal.AppendAsync([point], _epoch, cancellationToken);
        }
        catch (StaleEpochException e)
        {
            LogStale(e.Message);
            DeactivateOnIdle();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogReconcileFailed(e, _account, "audit");
        }
    }

    private RiskView MakeView()
    {
        var positions = new List<PositionView>();
        var (unrealized, gross, net) = (0m, 0m, 0m);
        var (day, dayPnl) = (_books.Count == 0 ? 0 : _books.Values.Max(b => b.Day), 0m);
        foreach (var book in _books.Values)
        {
            if (book.Day == day) dayPnl += book.DayPnl;
            if (book.Quantity == 0 && book.FillCount == 0) continue;
            var mark = Known(book.Symbol) ?? 0;
            var pnl = mark == 0 ? 0 : (book.Quantity * mark) - book.CostBasis;
            unrealized += pnl;
            gross += Math.Abs(book.Quantity) * mark;
            net += book.Quantity * mark;
            positions.Add(new PositionView(
                _account, book.Symbol, book.Quantity, book.EntryPrice, mark, pnl, book.RealizedPnl, book.Fees, book.StopPrice, book.Strategy)
            {
                StopState = book.StopState,
                StopReason = book.StopReason,
            });
        }

        var live = _books.Values.SelectMany(b => b.LiveOrders).ToArray();
        return new RiskView(
            _account, _gate.State.ToString(), StateReason(), _funds.Wallet, _funds.Venue, _funds.Initial, _funds.RealizedPnl, _funds.Fees,
            _funds.OtherFlows, unrealized, gross, net, dayPnl, live.Length, live.Count(o => o.Status == OrderStatus.Unknown), _gate.View().ReservedNotional, _approvals,
            new SortedDictionary<string, long>(_refusals, StringComparer.Ordinal), positions, NowMs,
            _funds.Funding, _funds.Transfers)
        {
            OtherFees = ConvertFees(),
        };
    }

    private AssetFee[] ConvertFees() =>
    [
        .. _books.Values.SelectMany(b => b.OtherFees).GroupBy(fee => fee.Asset, fee => fee.Amount, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(fees =>
            {
                var (amount, price) = (fees.Sum(), Known(fees.Key + MarginAsset) ?? _settings.FeeAssetPrices.FirstOrDefault(p => p.Asset == fees.Key)?.Amount);
                return new AssetFee(fees.Key, amount, price, amount * price);
            }),
    ];

    [LoggerMessage(Level = LogLevel.Information, Message = "account {Account} is {State} ({Who}: {Reason})")]
    private partial void LogState(string account, string state, string who, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: {What} could not be reconciled; it is tried again")]
    private partial void LogReconcileFailed(Exception exception, string account, string what);

    [LoggerMessage(Level = LogLevel.Error, Message = "this activation is not the newest any more and stops: {Error}")]
    private partial void LogStale(string error);
}
