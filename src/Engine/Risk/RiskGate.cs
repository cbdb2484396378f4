using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Sizing;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// The only place where orders are made; one per account. It owns the account's positions, reservations, day loss, trading state and order sequence, and turns
/// a proposal into an approved order or a refusal. An approval reserves its exposure at once, so the sum of what is held and in flight never exceeds a limit at
/// the moment of an approval, however reports, fills and decisions interleave; what prices do afterwards is not a breach. Orders of unknown outcome count.
/// Exits and cancels are allowed in every state: an exit is reduce-only, never larger than what is left of the position after exits in flight.
/// An entry's intent gives at most one order ever; an exit's intent may be approved again once its order is over, because a position must never become
/// impossible to close. The last <see cref="IntentsMax"/> intents are remembered. Time is market time in milliseconds UTC and comes with the events.
/// </summary>
public sealed partial class RiskGate
{
    /// <summary>Intents remembered; the oldest is forgotten.</summary>
    public const int IntentsMax = 4096;

    /// <summary>Strategies with trade statistics of their own; a further one keeps the initial Kelly factor.</summary>
    public const int StrategiesMax = 64;

    private const long MinuteMs = 60_000;

    private readonly RiskLimits _limits;
    private readonly ExposureBook _book;
    private readonly WalletBook _wallet = new();
    private readonly DayLossRule _day;
    private readonly LossStreakRule _streak;
    private readonly DrawdownRule _drawdown;
    private readonly BoundedSet _intents = new(IntentsMax);
    private readonly SortedDictionary<string, KellyWindow> _kelly = new(StringComparer.Ordinal);
    private long _nextSequence = 1;
    private long _observedMinute = -1;

    /// <summary>Makes a gate in state <see cref="TradingState.Recovering"/>.</summary>
    /// <param name="engineId">Engine name in client order ids.</param>
    /// <param name="account">Account name.</param>
    /// <param name="limits">The account's limits.</param>
    /// <exception cref="ArgumentException">A limit is out of range, or the names do not leave room for a strategy in a client order id.</exception>
    public RiskGate(string engineId, string account, RiskLimits limits)
    {
        limits.Validate();
        if (!ClientOrderId.IsValid(engineId, account, "s", out var problem))
            throw new ArgumentException($"engine and account do not make a client order id: {problem}");
        EngineId = engineId;
        Account = account;
        _limits = limits;
        _book = new ExposureBook(limits.MarginAsset);
        _day = new DayLossRule(limits.DailyLossMax);
        _streak = new LossStreakRule(limits.LossStreakHalfAt, limits.LossStreakPauseAt, limits.LossPauseMs);
        _drawdown = new DrawdownRule(limits.DrawdownReduceAbove, limits.DrawdownRestoreAt);
    }

    /// <summary>Engine name in client order ids.</summary>
    public string EngineId { get; }

    /// <summary>Account name.</summary>
    public string Account { get; }

    /// <summary>What the account may do.</summary>
    public TradingState State { get; private set; } = TradingState.Recovering;

    /// <summary>Why it is in that state.</summary>
    public string StateReason { get; private set; } = "starting";

    /// <summary>Wallet plus unrealised PnL, quote units; null before the first wallet statement.</summary>
    public decimal? Equity => _wallet.Balance + _book.UnrealizedPnl;

    private decimal SizeMultiplier => Math.Min(_streak.SizeMultiplier, _drawdown.SizeMultiplier);

    /// <summary>Changes the trading state.</summary>
    public void SetState(TradingState state, string reason)
    {
        State = state;
        StateReason = reason;
    }

    /// <summary>Approves or refuses. An approval has reserved its exposure and used up its sequence number.</summary>
    /// <exception cref="InvalidOperationException">The book of orders in flight, or of symbols, is full.</exception>
    public GateDecision Decide(Proposal proposal, MarketContext market)
    {
        Advance(market.MarketTimeMs);
        var refusal = Identity(proposal, market);
        if (refusal is not null) return new GateDecision(null, refusal);
        var symbol = _book.Symbol(proposal.Symbol);
        if (market.LastPrice > 0) symbol.LastPrice = market.LastPrice;
        if (market.MarkPrice is > 0) symbol.Mark = market.MarkPrice;
        var price = Math.Max(market.LastPrice, proposal.OrderType == OrderType.Limit ? proposal.LimitPrice ?? 0 : 0);
        refusal = proposal.Kind == ProposalKind.Entry
            ? Entry(proposal, market, symbol, price, out var quantity)
            : Exit(proposal, market, symbol, out quantity);
        return refusal is null ? Mint(proposal, market, price, quantity) : new GateDecision(null, refusal);
    }

    /// <summary>Takes what happened to an order: books its new fills and releases its reservation when it is over. Repeats do no harm.</summary>
    public void OnOrder(OrderChange change)
    {
        _book.Learn(change.Order);
        foreach (var fill in change.NewFills) Book(fill, change.Order.ClientOrderId);
        if (_book.Settle(change.Order) is { } over) Release(over);
    }

    /// <summary>
    /// Takes a fill, in any order relative to its order's reports. A fill known by its trade id is ignored, so it does no harm to send one both here and with
    /// its order. The day's loss is computed from prices; the wallet moves by the realised PnL that the fill carries.
    /// </summary>
    /// <returns>Whether it was new.</returns>
    public bool OnFill(Fill fill)
    {
        if (!Book(fill, fill.ClientOrderId)) return false;
        if (_book.Match(fill, fill.ClientOrderId) is { IsOver: true } over)
        {
            _book.Remove(over);
            Release(over);
        }
        return true;
    }

    /// <summary>Takes a funding payment.</summary>
    /// <param name="amount">Quote units; negative is paid.</param>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC.</param>
    public void OnFunding(decimal amount, long timeMs)
    {
        Advance(timeMs);
        _day.Add(timeMs, amount);
        _wallet.Add(amount, timeMs);
        ObserveEquity(timeMs);
    }

    /// <summary>Takes a mark price.</summary>
    public void OnMark(string symbol, decimal mark, long timeMs)
    {
        Advance(timeMs);
        if (mark > 0) _book.Symbol(symbol).Mark = mark;
        if (timeMs / MinuteMs > _observedMinute) ObserveEquity(timeMs);
    }

    /// <summary>Takes the venue's wallet balance in the margin asset.</summary>
    /// <param name="walletBalance">Without unrealised PnL, quote units.</param>
    /// <param name="timeMs">The time as of which it holds; fills up to it are contained. Milliseconds since the Unix epoch, UTC.</param>
    public void OnWallet(decimal walletBalance, long timeMs)
    {
        Advance(timeMs);
        _wallet.State(walletBalance, timeMs);
        ObserveEquity(timeMs);
    }

    /// <summary>Takes over the venue's position where fills do not explain it (see <see cref="Reconciler"/>).</summary>
    public void OnAdopt(PositionReport position)
    {
        foreach (var over in _book.Adopt(position.Symbol, position.Quantity, position.EntryPrice)) Release(over);
    }

    /// <summary>
    /// Releases the reservation of an approved order that never reached execution. Without effect when it holds none, or when the venue has shown the order;
    /// should the order turn up after all, its next report reserves it again.
    /// </summary>
    public void OnNeverSubmitted(string clientOrderId)
    {
        if (_book.Drop(clientOrderId) is { } dropped) Release(dropped);
    }

    /// <summary>Puts back an order after a restart: its intent, its sequence number, and its reservation if it may still be live.</summary>
    /// <param name="order">The approved order.</param>
    /// <param name="status">Its last known status.</param>
    /// <param name="executedQuantity">Base units, all of it contained in the restored position.</param>
    /// <param name="venueOrderId">0 when not known.</param>
    public void RestoreOrder(Order order, OrderStatus status, decimal executedQuantity, long venueOrderId)
    {
        if (ClientOrderId.TryParse(order.Request.ClientOrderId, out var id)) RestoreSequence(id.Sequence + 1);
        if (status.IsLive() || order.Purpose == ProposalKind.Entry) _intents.Add(order.IntentId);
        if (status.IsLive()) _book.Reserve(order, order.Request.Price ?? _book.Symbol(order.Request.Symbol).Price, executedQuantity, venueOrderId);
    }

    /// <summary>Puts back a position after a restart.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="quantity">Signed base units.</param>
    /// <param name="costBasis">Signed cost, quote units.</param>
    /// <param name="realizedPnl">Since the beginning, before fees.</param>
    /// <param name="fees">Since the beginning, in the margin asset.</param>
    /// <param name="lastTradeId">The last fill contained; fills up to it count as known.</param>
    /// <param name="strategy">Who opened it, or empty.</param>
    public void RestorePosition(string symbol, decimal quantity, decimal costBasis, decimal realizedPnl, decimal fees, long lastTradeId, string strategy)
    {
        var exposure = _book.Symbol(symbol);
        exposure.Ledger.Restore(quantity, costBasis, realizedPnl, fees, lastTradeId);
        exposure.Trades.RaiseFloor(lastTradeId);
        exposure.Strategy = quantity == 0 ? "" : strategy.Length == 0 ? TrackedOrder.External : strategy;
        exposure.Entries = quantity == 0 ? 0 : Math.Max(exposure.Entries, 1);
    }

    /// <summary>Makes the next sequence number at least this one.</summary>
    public void RestoreSequence(long next) => _nextSequence = Math.Max(_nextSequence, next);

    /// <summary>Puts back the day's loss after a restart.</summary>
    /// <param name="timeMs">Any time of that day, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="startEquity">Equity at 00:00 UTC, or null when not known.</param>
    /// <param name="realizedPnl">Realised since then, net of fees and funding.</param>
    /// <param name="halted">Whether the daily loss had stopped entries.</param>
    public void RestoreDay(long timeMs, decimal? startEquity, decimal realizedPnl, bool halted) => _day.Restore(timeMs, startEquity, realizedPnl, halted);

    /// <summary>Puts back a closed trade after a restart, in the order of exits: it counts for the losing streak and the strategy's Kelly factor.</summary>
    public void RestoreTrade(string strategy, decimal netPnl, long timeMs) => CloseTrade(strategy, netPnl, timeMs);

    /// <summary>The account as the gate sees it.</summary>
    public AccountRiskView View() => RiskViews.Build(
        Account, State, StateReason, _limits, _book, _wallet.Balance, _day, _streak, _drawdown, SizeMultiplier, _nextSequence);

    /// <summary>Writes the state; limits are configuration and are not written.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("risk-gate", 1);
        writer.Write(EngineId);
        writer.Write(Account);
        writer.Write((int)State);
        writer.Write(StateReason);
        writer.Write(_nextSequence);
        writer.Write(_observedMinute);
        _book.Write(writer);
        _wallet.Write(writer);
        _day.Write(writer);
        _streak.Write(writer);
        _drawdown.Write(writer);
        _intents.Write(writer);
        writer.Write(_kelly.Count);
        foreach (var (strategy, window) in _kelly)
        {
            writer.Write(strategy);
            window.Write(writer);
        }
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, of a newer version, or of another engine or account.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("risk-gate", 1);
        var owner = $"{reader.ReadString()}/{reader.ReadString()}";
        if (owner != $"{EngineId}/{Account}") throw new InvalidDataException($"risk gate snapshot is of {owner}, expected {EngineId}/{Account}");
        State = (TradingState)reader.ReadInt32();
        StateReason = reader.ReadString();
        _nextSequence = reader.ReadInt64();
        _observedMinute = reader.ReadInt64();
        _book.Read(ref reader);
        _wallet.Read(ref reader);
        _day.Read(ref reader);
        _streak.Read(ref reader);
        _drawdown.Read(ref reader);
        _intents.Read(ref reader);
        _kelly.Clear();
        for (var i = reader.ReadCount(StrategiesMax, "strategies"); i > 0; i--)
        {
            var window = _kelly[reader.ReadString()] = new KellyWindow();
            window.Read(ref reader);
        }
    }

    private bool Book(Fill fill, string clientOrderId)
    {
        Advance(fill.TimeMs);
        if (_book.Apply(fill, clientOrderId) is not { } effect) return false;
        _day.Add(fill.TimeMs, effect.NetPnl);

        // The wallet moves by what the venue says it moved: fills that arrive out of order realise differently here until the position is flat.
        _wallet.Add(fill.RealizedPnl - effect.Fee, fill.TimeMs);
        if (effect.ClosedStrategy is { } strategy) CloseTrade(strategy, effect.ClosedNet, fill.TimeMs);
        ObserveEquity(fill.TimeMs);
        return true;
    }

    private void CloseTrade(string strategy, decimal netPnl, long timeMs)
    {
        _streak.OnTrade(timeMs, netPnl);
        if (!_kelly.TryGetValue(strategy, out var window) && _kelly.Count < StrategiesMax) window = _kelly[strategy] = new KellyWindow();
        window?.Add(netPnl);
    }

    private void Release(Reservation over)
    {
        if (over.Source is { Purpose: ProposalKind.Exit } exit) _intents.Remove(exit.IntentId);
    }

    private void Advance(long timeMs) => _day.Advance(timeMs, Equity);

    private void ObserveEquity(long timeMs)
    {
        if (Equity is not { } equity) return;
        _observedMinute = Math.Max(_observedMinute, timeMs / MinuteMs);
        _day.Observe(equity);
        _drawdown.Observe(timeMs, equity);
    }
}
