using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Parity;
using Granary.Backtest.Results;
using Granary.Engine.Margin;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;

namespace Granary.Backtest.Accounts;

/// <summary>
/// One account over all symbols and strategies: the venue's wallet and positions on one side, the engine's own gate and order trackers on the other, which
/// learn of fills by reports. Cross margin, one-way positions.
/// </summary>
internal sealed partial class SimulatedAccount : IVenueListener, IDisposable
{
    public const string AccountName = "main";
    public const string EngineName = "bt";
    private const long MinuteMs = 60_000;

    private readonly ExecutionOptions _execution;
    private readonly bool _usesGate;
    private readonly RiskLimits _limits;
    private readonly GuardParameters _guard;
    private readonly PlacementTerms _placement;
    private readonly ProtectionTerms _protection;
    private readonly int _volatilityMinutes;
    private readonly OrderRecorder? _recorder;
    private readonly List<AccountSymbol> _symbols = [];
    private readonly Queue<(long DueMs, AccountSymbol Symbol, WorkingOrder Order, OrderReport Report)> _reports = [];
    private long _venueOrderIds;
    private long _tradeIds;
    private long _markedMinute = -1;

    public SimulatedAccount(BacktestOptions options)
    {
        _execution = options.Execution;
        _usesGate = options.UsesGate;
        _guard = options.Guard;
        _placement = options.Placement;
        _protection = options.Protection;
        _volatilityMinutes = options.VolatilityMinutes;
        _limits = options.Limits with { MakerFeeRate = _execution.MakerFeeRate, TakerFeeRate = _execution.TakerFeeRate };
        Gate = new RiskGate(EngineName, AccountName, _limits);
        Wallet = options.Cash;
        Journal = new RunJournal(options.Cash, options.OnOrderLine);
        _recorder = options.Recorder;
    }

    public RiskGate Gate { get; }

    /// <summary>Without unrealised PnL, quote units.</summary>
    public decimal Wallet { get; private set; }

    public RunJournal Journal { get; }

    public IReadOnlyList<AccountSymbol> Symbols => _symbols;

    /// <summary>When the next delayed report is due; long.MaxValue without one.</summary>
    public long NextReportMs => _reports.TryPeek(out var report) ? report.DueMs : long.MaxValue;

    public bool IsBankrupt { get; private set; }

    public decimal Equity
    {
        get
        {
            var equity = Wallet;
            foreach (var symbol in _symbols)
            {
                if (!symbol.Ledger.IsFlat) equity += symbol.Ledger.UnrealizedPnl(symbol.LastPrice);
            }
            return equity;
        }
    }

    public AccountSymbol Add(SymbolRules rules, LeverageBrackets? brackets, IReadOnlyList<FundingRate> funding)
    {
        var ladder = brackets ?? LeverageBrackets.Flat(rules.Symbol, _limits.MaintenanceRate);
        var symbol = new AccountSymbol(rules, ladder, _symbols.Count, _volatilityMinutes) { Funding = funding };
        symbol.Venue = new SimulatedVenue(rules, _execution, this);
        if (_usesGate && _placement.IsNeeded) symbol.Placement = new OrderPlacement(this, symbol, _placement);
        if (_usesGate && _protection.AtVenue) symbol.Stops = new VenueStops(this, symbol, _protection, _guard);
        _symbols.Add(symbol);
        Gate.SetBrackets(ladder);
        return symbol;
    }

    /// <summary>Opens the account just before the first event.</summary>
    public void Start(long firstMs)
    {
        Gate.OnWallet(Wallet, firstMs - 1);
        Gate.SetState(TradingState.Active, "backtest");
    }

    /// <summary>Puts a proposal to the gate and sends what it approves.</summary>
    /// <returns>The client order id; null when it was refused.</returns>
    public string? Propose(AccountSymbol symbol, Proposal proposal, long nowMs)
    {
        if (IsBankrupt) return null;
        if (!_usesGate)
        {
            var free = Unchecked(proposal);
            Send(symbol, free, proposal, nowMs);
            return free.Request.ClientOrderId;
        }
        if (Approve(symbol, symbol.Placement?.Planned(proposal) ?? proposal, nowMs) is not { } approved) return null;
        var order = approved.Value;
        if (order.Request.ReduceOnly) symbol.Placement?.StopEntries("an exit was asked for", nowMs);
        if (symbol.Placement?.TryBegin(approved, proposal, nowMs) != true) Send(symbol, order, proposal, nowMs);
        return order.Request.ClientOrderId;
    }

    public bool Cancel(AccountSymbol symbol, string clientOrderId, long nowMs)
    {
        if (!symbol.Venue.Cancel(clientOrderId, nowMs + _execution.Latency.WayMs(_venueOrderIds))) return false;
        Journal.CancelsSent++;
        return true;
    }

    /// <summary>Hands out the reports that have come by now.</summary>
    public void Deliver(long nowMs)
    {
        while (_reports.TryPeek(out var next) && next.DueMs <= nowMs)
        {
            _reports.Dequeue();
            Learn(next.Symbol, next.Order, next.Report, next.DueMs);
        }
    }

    /// <inheritdoc/>
    public void OnExecution(WorkingOrder order, decimal price, decimal quantity, bool isMaker, long timeMs)
    {
        var symbol = Find(order.Request.Symbol);
        var fee = price * quantity * (isMaker ? _execution.MakerFeeRate : _execution.TakerFeeRate);
        var fill = new Fill(
            symbol.Rules.Symbol, ++_tradeIds, order.Request.ClientOrderId, order.VenueOrderId, order.Request.Side, price, quantity, fee, _limits.MarginAsset,
            0, isMaker, timeMs);
        var realized = Book(symbol, fill, order.Source.Strategy, order.Tag, (price - order.ReferencePrice) * order.Sign * quantity);
        Journal.Executed(order, fill, timeMs);
        _recorder?.Filled(fill);
        if (isMaker) symbol.Markouts.Add(timeMs, order.Sign, price);
        Report(symbol, order, order.RemainingE8 == 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled, fill with { RealizedPnl = realized }, timeMs);
    }

    /// <inheritdoc/>
    public void OnStatus(WorkingOrder order, OrderStatus status, long timeMs)
    {
        Journal.Ended(status);
        Report(Find(order.Request.Symbol), order, status, null, timeMs);
    }

    /// <summary>Tells the gate the prices of the positions held, once a minute.</summary>
    public void Mark(long nowMs)
    {
        if (nowMs / MinuteMs <= _markedMinute) return;
        _markedMinute = nowMs / MinuteMs;
        foreach (var symbol in _symbols)
        {
            if (!symbol.Ledger.IsFlat && symbol.LastPriceE8 > 0) Gate.OnMark(symbol.Rules.Symbol, symbol.LastPrice, nowMs);
        }
        SetLiquidationBounds();
    }

    /// <summary>Settles the funding of a symbol at its time, at the last price before it.</summary>
    public void Fund(AccountSymbol symbol, decimal rate, long timeMs)
    {
        if (symbol.Ledger.IsFlat) return;
        var amount = -symbol.Ledger.Quantity * symbol.LastPrice * rate;
        Wallet += amount;
        symbol.Round?.AddFunding(amount);
        Journal.Funding += amount;
        Gate.OnFunding(amount, timeMs);
        SetLiquidationBounds();
    }

    public void Sample(long timeMs)
    {
        decimal gross = 0, net = 0, equity = Wallet;
        foreach (var symbol in _symbols)
        {
            if (symbol.LastPriceE8 > 0) symbol.Prices.Add(new PricePoint(timeMs, symbol.LastPrice));
            if (symbol.Ledger.IsFlat) continue;
            var notional = symbol.Ledger.Quantity * symbol.LastPrice;
            gross += Math.Abs(notional);
            net += notional;
            equity += symbol.Ledger.UnrealizedPnl(symbol.LastPrice);
        }
        Journal.Sample(new RunSample(timeMs, equity, equity + Journal.Fees, gross, net));
    }

    /// <summary>Closes a UTC day. The wallet's statement lets the gate forget the amounts that it contains.</summary>
    public void EndDay(long dayEndMs)
    {
        Journal.Day(dayEndMs, Equity);
        foreach (var symbol in _symbols)
        {
            if (symbol.LastPriceE8 > 0) symbol.Days.Add(new PricePoint(dayEndMs, symbol.LastPrice));
        }
        if (_reports.Count == 0) Gate.OnWallet(Wallet, dayEndMs - 1);
    }

    public void Dispose() => Journal.Dispose();

    private Approved<Order>? Approve(AccountSymbol symbol, Proposal proposal, long nowMs)
    {
        var book = symbol.Venue.Book;
        var price = symbol.LastPrice;
        var market = new MarketContext(
            symbol.Rules, price, book is { BestBidE8: > 0 } ? Fixed8.ToDecimal(book.BestBidE8) : null,
            book is { BestAskE8: > 0 } ? Fixed8.ToDecimal(book.BestAskE8) : null, price, 0, nowMs)
        {
            Guard = _guard,
            TradeIntensityShare = symbol.IntensityShare,
            PriceImpact = symbol.Measures.PriceImpact,
            FundingShare = symbol.FundingShare(proposal.Side, nowMs),
        };
        var decision = Gate.Decide(proposal, market);
        if (decision.Refusal is { } refusal)
        {
            Journal.Refused(refusal);
            if (proposal is { Kind: ProposalKind.Exit, IsPatient: false } && refusal.Reason == RefusalReason.OrderInFlight)
                symbol.Placement?.HastenExits($"asked for again: {proposal.IntentId}", nowMs);
        }
        _recorder?.Decided(proposal, decision.Refusal?.Reason);
        return decision.Approved;
    }

    private Order Unchecked(Proposal proposal) => new(
        new OrderRequest(
            ClientOrderId.Format(EngineName, AccountName, proposal.Strategy, _venueOrderIds + 1), proposal.Symbol, proposal.Side, proposal.OrderType,
            proposal.TimeInForce, proposal.Quantity
                ?? throw new ArgumentException("a run without the gate needs the quantity of every order", nameof(proposal)),
            proposal.LimitPrice, ReduceOnly: false),
        AccountName, proposal.Strategy, proposal.IntentId, proposal.Kind, proposal.Atr, null, proposal.MarketTimeMs);

    private AccountSymbol Find(string name)
    {
        foreach (var symbol in _symbols)
        {
            if (ReferenceEquals(symbol.Rules.Symbol, name) || symbol.Rules.Symbol == name) return symbol;
        }
        throw new InvalidOperationException($"{name} is not part of the run");
    }

    private decimal Book(AccountSymbol symbol, Fill fill, string strategy, string tag, decimal slippage)
    {
        var before = symbol.Ledger.Quantity;
        var reduces = before != 0 && Math.Sign(before) != (int)fill.Side;
        var realized = symbol.Ledger.Apply(fill);
        Wallet += realized - fill.Fee;
        symbol.Version++;
        if (!reduces)
        {
            symbol.Round ??= new OpenRound(symbol.Rules.Symbol, strategy, fill.Side, fill.TimeMs, tag, fill.IsMaker);
            symbol.Round.Open(fill.Price, fill.Quantity);
            symbol.Round.AddCosts(fill.Fee, slippage);
        }
        else
        {
            var closed = Math.Min(fill.Quantity, Math.Abs(before));
            var share = closed == fill.Quantity ? 1 : closed / fill.Quantity;
            symbol.Round!.Close(fill.Price, closed, realized);
            symbol.Round.AddCosts(fill.Fee * share, slippage * share);
            if (closed == Math.Abs(before))
            {
                Journal.Close(symbol.Round, fill.TimeMs, tag);
                symbol.Round = null;
            }
            if (closed < fill.Quantity)
            {
                symbol.Round = new OpenRound(symbol.Rules.Symbol, strategy, fill.Side, fill.TimeMs, tag, fill.IsMaker);
                symbol.Round.Open(fill.Price, fill.Quantity - closed);
                symbol.Round.AddCosts(fill.Fee * (1 - share), slippage * (1 - share));
            }
        }
        SetLiquidationBounds();
        return realized;
    }

    private void Report(AccountSymbol symbol, WorkingOrder order, OrderStatus status, Fill? fill, long timeMs)
    {
        var request = order.Request;
        var report = new OrderReport(
            request.Symbol, request.ClientOrderId, order.VenueOrderId, status, request.Side, request.Type, request.TimeInForce, request.Quantity,
            request.Price is null ? 0 : Fixed8.ToDecimal(order.PriceE8), Fixed8.ToDecimal(order.ExecutedE8), 0, request.ReduceOnly, timeMs, fill);
        var lag = _execution.Latency.ReportLagMs;
        if (lag == 0) Learn(symbol, order, report, timeMs);
        else _reports.Enqueue((timeMs + lag, symbol, order, report));
    }

    /// <summary>The engine's side: tracker, gate, and the position that strategies see.</summary>
    private void Learn(AccountSymbol symbol, WorkingOrder order, OrderReport report, long nowMs)
    {
        if (symbol.Tracker.Apply(report) is not { } change) return;
        if (_usesGate) Gate.OnOrder(change);
        if (change.NewFills.Count > 0) Know(symbol, order);
        symbol.Stops?.OnOrder(change.Order, nowMs);
        if (change.NewFills.Count > 0) symbol.Stops?.Protect(nowMs);
        symbol.Placement?.OnChange(change, nowMs);
    }

    private static void Know(AccountSymbol symbol, WorkingOrder order)
    {
        var known = symbol.Known;
        var ledger = symbol.Ledger;
        if (ledger.IsFlat) symbol.Known = KnownPosition.Flat with { Version = symbol.Version };
        else if (known.Quantity == 0 || Math.Sign(known.Quantity) != Math.Sign(ledger.Quantity))
        {
            symbol.Known = new KnownPosition(
                ledger.Quantity, ledger.EntryPrice, order.Source.Strategy,
                symbol.Placement is null ? order.Request.ClientOrderId : ClientOrderId.ParentOf(order.Request.ClientOrderId), order.Source.Atr,
                order.Source.MarketTimeMs, symbol.Version);
        }
        else symbol.Known = known with { Quantity = ledger.Quantity, EntryPrice = ledger.EntryPrice, Version = symbol.Version };
    }
}
