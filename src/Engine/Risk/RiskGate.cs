using Granary.Engine.Margin;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Sizing;

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
    private readonly OrderPace _pace;
    private readonly CancelFillRule _cancels;
    private readonly KillSwitch _stops;
    private TradingState _state = TradingState.Recovering;
    private string _stateReason = "starting";
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
        _day = new DayLossRule(limits.DailyLossMax, limits.DailyTotalLossMax);
        _streak = new LossStreakRule(limits.LossStreakHalfAt, limits.LossStreakPauseAt, limits.LossPauseMs);
        _drawdown = new DrawdownRule(limits.DrawdownReduceAbove, limits.DrawdownRestoreAt, limits.DrawdownStopAbove);
        _pace = new OrderPace(limits.OrdersPerMinuteMax);
        _cancels = new CancelFillRule(limits.CancelFillRatioMax, limits.CancelCountMin, limits.CancelFillWindowMs);
        _stops = new KillSwitch(limits.KillSwitchTriggers);
    }

    /// <summary>Engine name in client order ids.</summary>
    public string EngineId { get; }

    /// <summary>Account name.</summary>
    public string Account { get; }

    /// <summary>What the account may do: the stricter of the state set and the kill switch's stop (halted, reduce only, recovering, active).</summary>
    public TradingState State => IsStopped ? _stops.Effective.State : _state;

    /// <summary>Why it is in that state.</summary>
    public string StateReason => IsStopped ? $"{_stops.Effective.Who}: {_stops.Effective.Reason}" : _stateReason;

    /// <summary>The kill switch's stop in force; its action is None when there is none.</summary>
    public StopOrder Stop => _stops.Effective;

    /// <summary>The account's own stop, whatever the engine's is; its action is None when there is none.</summary>
    public StopOrder AccountStop => _stops.OfAccount;

    /// <summary>
    /// The share that all prices may move against the book, orders in flight filled, before it is liquidated (cross margin, leverage brackets where they are
    /// known); null without a notional or before the first wallet statement.
    /// </summary>
    public decimal? LiquidationDistance
    {
        get
        {
            if (Equity is not { } equity) return null;
            var (gross, maintenance) = _book.Margin(_limits.MaintenanceRate);
            return MarginMath.LiquidationDistance(equity, maintenance, gross);
        }
    }

    /// <summary>Wallet plus unrealised PnL, quote units; null before the first wallet statement.</summary>
    public decimal? Equity => _wallet.Balance + _book.UnrealizedPnl;

    private bool IsStopped => _stops.Effective is { Action: not StopAction.None } stop && stop.State > _state;

    private decimal SizeMultiplier => Math.Min(_streak.SizeMultiplier, _drawdown.SizeMultiplier);

    /// <summary>Changes the trading state. A stop of the kill switch that is stricter stays in force.</summary>
    public void SetState(TradingState state, string reason)
    {
        _state = state;
        _stateReason = reason;
    }

    /// <summary>Sets or lifts a stop by hand, of this account or of the whole engine. Cancelling orders and closing positions is the caller's.</summary>
    public void RequestStop(StopOrder order) => _stops.Request(order);

    /// <summary>Takes the measurement of an incident; the configured triggers may stop the account.</summary>
    /// <param name="kind">What was measured.</param>
    /// <param name="measure">In the kind's unit.</param>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC.</param>
    /// <returns>The stop that it brought about; null when nothing changed.</returns>
    public StopOrder? OnIncident(IncidentKind kind, decimal measure, long timeMs) => _stops.Observe(kind, measure, timeMs);

    /// <summary>
    /// Takes a symbol's leverage ladder. It is configuration: not in the snapshot, to be given again after a restart; until then a flat rate holds.
    /// </summary>
    /// <exception cref="InvalidOperationException">The book of symbols is full.</exception>
    public void SetBrackets(LeverageBrackets brackets) => _book.Symbol(brackets.Symbol).Brackets = brackets;

    /// <summary>Approves or refuses. An approval has reserved its exposure and used up its sequence number; it allocates nothing.</summary>
    /// <exception cref="InvalidOperationException">The book of orders in flight, or of symbols, is full.</exception>
    public GateDecision Decide(Proposal proposal, MarketContext market)
    {
        Advance(market.MarketTimeMs);
        if (Identity(proposal, market) is { } stranger) return new GateDecision(stranger);
        var symbol = _book.Symbol(proposal.Symbol);
        symbol.Lots.QuantityMin = DustRule.QuantityMin(market.Rules);
        if (market.LastPrice > 0) symbol.LastPrice = market.LastPrice;
        if (market.MarkPrice is > 0) symbol.Mark = market.MarkPrice;
        var price = Math.Max(market.LastPrice, proposal.OrderType == OrderType.Limit ? proposal.LimitPrice ?? 0 : 0);
        var refusal = proposal.Kind == ProposalKind.Entry
            ? Entry(proposal, market, symbol, price, out var draft)
            : Exit(proposal, market, symbol, out draft);
        var decision = refusal is null ? Mint(proposal, market, price, in draft) : new GateDecision(refusal);
        return decision with { CrossMarketAgrees = MarketChecks.CrossMarketAgrees(proposal.Side, market) };
    }

    /// <summary>
    /// Makes one proposal of the exits that were asked for at once: two orders that close the same position pay twice and may meet each other.
    /// </summary>
    /// <param name="asks">What was asked for in one symbol, in the order of arrival.</param>
    public NettedExit Net(IReadOnlyList<Proposal> asks)
    {
        var symbol = asks.Count > 0 ? _book.Find(asks[0].Symbol) : null;
        var position = symbol?.Ledger.Quantity ?? 0;
        var side = position > 0 ? OrderSide.Sell : OrderSide.Buy;
        return NettedExit.Of(asks, position, symbol is null ? 0 : ExitsInFlight(symbol, side));
    }

    /// <summary>Judges a protective conditional order before it is sent; it reserves nothing, because it only reduces.</summary>
    /// <returns>Why it must not be sent, or null.</returns>
    public Refusal? CheckTrigger(TriggerRequest request, MarketContext market) =>
        CheckTrigger(request, _book.Find(request.Symbol)?.Ledger.Quantity ?? 0, market);

    /// <summary>The same for whoever keeps the position's books itself: the judgement needs no more of the account than the position.</summary>
    /// <param name="request">The order.</param>
    /// <param name="position">The position in its symbol, signed base units.</param>
    /// <param name="market">The symbol's rules and prices.</param>
    /// <returns>Why it must not be sent, or null.</returns>
    public static Refusal? CheckTrigger(TriggerRequest request, decimal position, MarketContext market) => market.Rules.Symbol != request.Symbol
        ? new Refusal(RefusalReason.UnknownSymbol, $"symbol={request.Symbol} rules={market.Rules.Symbol}")
        : TriggerChecks.Check(request, position, market.Rules, market);

    /// <summary>The account as the gate sees it.</summary>
    public AccountRiskView View() => RiskViews.Build(
        this, _limits, _book, _wallet.Balance, _day, _streak, _drawdown, SizeMultiplier, _nextSequence);
}
