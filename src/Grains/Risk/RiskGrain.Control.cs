using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Journal;
using Granary.Journal.Records;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Risk;

/// <summary>Operator commands, readiness, the audit and what operators see.</summary>
public sealed partial class RiskGrain
{
    /// <inheritdoc/>
    public async ValueTask<RiskView> SetState(string state, string reason, string who)
    {
        if (!Enum.TryParse<TradingState>(state, out var wanted) || wanted == TradingState.Recovering)
            throw new ArgumentException($"state was '{state}', expected Active, ReduceOnly or Halted", nameof(state));
        try
        {
            await _journal.AppendAsync([new TradingStateRecord(_account, wanted.ToString(), reason, who, NowMs)], _epoch);
        }
        catch (StaleEpochException e)
        {
            LogStale(e.Message);
            DeactivateOnIdle();
            throw;
        }

        (_wanted, _wantedReason) = (wanted, $"{who}: {reason}");
        LogState(_account, wanted.ToString(), who, reason);
        ApplyState();
        return _view = MakeView();
    }

    /// <inheritdoc/>
    public async ValueTask<RiskView> Flatten(string reason, string who)
    {
        await SetState(nameof(TradingState.ReduceOnly), $"flatten: {reason}", who);
        await CancelAll(reason);
        foreach (var symbol in _symbols)
        {
            var view = await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").GetView();
            await TakeAsync(view);
            if (view.Quantity == 0) continue;
            var price = Known(symbol) ?? view.EntryPrice;
            var strategy = view.Strategy is "" or TrackedOrder.External ? "operator" : view.Strategy;
            await DecideAsync(
                new Proposal(
                    _account, symbol, strategy, $"flatten/{symbol}/{view.Version}", ProposalKind.Exit, view.Quantity > 0 ? OrderSide.Sell : OrderSide.Buy, 1,
                    null, price, NowMs, -1, null, $"flatten by {who}: {reason}"),
                new MarketState(price, null, null, Known(symbol), 0, NowMs), "", 0);
        }

        return _view = MakeView();
    }

    /// <inheritdoc/>
    public async ValueTask CancelAll(string reason)
    {
        foreach (var symbol in _symbols) await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").CancelAll(reason);
    }

    /// <summary>What is in force: the operator's wish, or Recovering until everything is reconciled.</summary>
    private void ApplyState()
    {
        var missing = MissingReadiness();
        var (state, reason) = missing is null ? (_wanted, _wantedReason) : (TradingState.Recovering, missing);

        // A halt stands also while recovering; Recovering and ReduceOnly both open nothing.
        if (missing is not null && _wanted == TradingState.Halted) (state, reason) = (_wanted, _wantedReason);
        if (_gate.State == state && _gate.StateReason == reason) return;
        if (_gate.State != state) LogState(_account, state.ToString(), "engine", reason);
        _gate.SetState(state, reason);
    }

    private string? MissingReadiness()
    {
        if (!_streamUp) return _streamDetail;
        foreach (var symbol in _symbols)
        {
            if (!_books.TryGetValue(symbol, out var view)) return $"{symbol}: books not known yet";
            if (!view.Ready) return $"{symbol}: {view.Detail}";
        }

        return _funds.IsOpen ? null : "the venue's wallet is not known yet";
    }

    private async Task ReconcileAllAsync(string reason)
    {
        foreach (var symbol in _symbols)
        {
            try
            {
                await TakeAsync(await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").Reconcile(reason));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogReconcileFailed(e, _account, symbol);
            }
        }

        await CompareWalletAsync();
    }

    /// <summary>Every few seconds: the books of every symbol as execution has them, the wallet, an equity point.</summary>
    private async Task AuditAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var symbol in _symbols) await TakeAsync(await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").GetView());
            await CompareWalletAsync();
            ApplyState();
            _view = MakeView();
            await SaveAsync(cancellationToken);

            // Awaited, though its loss would be no harm: an activation that is not the newest any more finds out here, at the latest.
            await _journal.AppendAsync([new EquityRecord(_account, _view.Wallet, _view.UnrealizedPnl, _view.State, NowMs)], _epoch, cancellationToken);
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

    private async Task CompareWalletAsync()
    {
        try
        {
            var before = FillCount();
            var balances = await _ports.GetAccount(_account).GetBalancesAsync(CancellationToken.None);
            var venue = balances.FirstOrDefault(b => b.Asset == MarginAsset)?.WalletBalance ?? 0;
            foreach (var symbol in _symbols) await TakeAsync(await GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{symbol}").GetView());
            if (FillCount() != before) return;
            _funds.Venue = venue;
            if (!_funds.IsOpen && _books.Count == _symbols.Length && _books.Values.All(b => b.Ready))
            {
                // Durable at once: every later wallet is counted from this one.
                _funds.Open(venue);
                await SaveAsync(CancellationToken.None);
                LogOpened(_account, venue);
            }
            else if (_funds.IsOpen && venue != _funds.Wallet)
            {
                // Believed only when a second look, without a fill since, shows the same: a fill may be on its way here.
                if (_suspectDifference == venue - _funds.Wallet && _suspectFills == before) await BookDifferenceAsync(venue - _funds.Wallet);
                else (_suspectDifference, _suspectFills) = (venue - _funds.Wallet, before);
            }

            if (_funds.IsOpen) _gate.OnWallet(_funds.Wallet, _marketTimeMs > 0 ? _marketTimeMs : NowMs);
        }
        catch (VenueException e)
        {
            LogReconcileFailed(e, _account, "wallet");
        }
    }

    private const string MarginAsset = "USDT";
    private decimal? _suspectDifference;
    private long _suspectFills;

    private long FillCount() => _books.Values.Sum(b => b.FillCount);

    private async Task BookDifferenceAsync(decimal difference)
    {
        _funds.AddFlow(difference);
        _suspectDifference = null;
        LogFlow(_account, difference);
        await _journal.EnqueueAsync(
            [
                new IncidentRecord(
                    $"account {_account}", "WalletDifference", $"the venue's wallet differs by {difference} {MarginAsset} from the books, and no fill explains it",
                    "booked as other flow (funding, transfer)", $"wallet {_funds.Wallet}", NowMs),
            ],
            null);
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
            _account, _gate.State.ToString(), _gate.StateReason, _funds.Wallet, _funds.Venue, _funds.Initial, _funds.RealizedPnl, _funds.Fees,
            _funds.OtherFlows, unrealized, gross, net, dayPnl, live.Length, live.Count(o => o.Status == OrderStatus.Unknown), _gate.View().ReservedNotional, _approvals,
            new SortedDictionary<string, long>(_refusals, StringComparer.Ordinal), positions, NowMs);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "account {Account} is {State} ({Who}: {Reason})")]
    private partial void LogState(string account, string state, string who, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "account {Account}: books opened with a wallet of {Wallet} USDT")]
    private partial void LogOpened(string account, decimal wallet);

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: the venue's wallet changed by {Amount} USDT without a fill; booked as other flow")]
    private partial void LogFlow(string account, decimal amount);

    [LoggerMessage(Level = LogLevel.Warning, Message = "account {Account}: {What} could not be reconciled; it is tried again")]
    private partial void LogReconcileFailed(Exception exception, string account, string what);

    [LoggerMessage(Level = LogLevel.Error, Message = "this activation is not the newest any more and stops: {Error}")]
    private partial void LogStale(string error);
}
