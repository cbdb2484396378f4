using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <content>
/// Standing approvals: a strategy of many small resting orders is approved as a whole. What it may hold and have resting is reserved at once and checked against
/// every limit as one entry would be; its orders are then minted from it (see <see cref="StandingOrders"/>) without another question, and their fills move the
/// position inside the reserve. It is given for a short time and renewed, so that a stop, a loss limit or a smaller equity reach it within that time even if
/// nobody is told.
/// </content>
public sealed partial class RiskGate
{
    private const int StandingOrdersMin = 4;
    private const int BisectionSteps = 30;

    /// <summary>
    /// Approves as much as the limits leave, or refuses. What was approved for the symbol before is replaced, under the same number; a refusal leaves the reserve
    /// as it is, for what it covers may still rest, but renews nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The book of symbols is full.</exception>
    public StandingDecision Stand(StandingRequest request, MarketContext market)
    {
        Advance(market.MarketTimeMs);
        if (StandingIdentity(request, market) is { } stranger) return new StandingDecision(null, stranger);
        var symbol = _book.Symbol(request.Symbol);
        if (market.LastPrice > 0) symbol.LastPrice = market.LastPrice;
        if (market.MarkPrice is > 0) symbol.Mark = market.MarkPrice;
        var before = symbol.Standing;
        symbol.Standing = null;
        // An order of it that was reserved by itself, because nothing was known of an approval, is covered from now on.
        for (var i = symbol.Orders.Count - 1; i >= 0; i--)
        {
            if (IsRungOrder(symbol.Orders[i].ClientOrderId)) _book.Drop(symbol.Orders[i]);
        }

        symbol.Standing = before;
        var refusal = StandingRefusal(request, market, symbol, out var terms);
        if (refusal is not null) return new StandingDecision(null, refusal);
        symbol.Standing = new StandingReserve(
            terms!.Sequence, terms.LongNotionalMax, terms.ShortNotionalMax, terms.OrdersMax, terms.OrdersPerMinuteMax, terms.OrdersPer10sMax);
        if (terms.Sequence == _nextSequence) _nextSequence++;
        return new StandingDecision(new Approved<StandingTerms>(terms), null);
    }

    /// <summary>Gives the reserve back: nothing of the strategy rests or can be sent any more. What it holds counts as a position all the same.</summary>
    public void EndStanding(string symbol)
    {
        if (_book.Find(symbol) is { } exposure) exposure.Standing = null;
    }

    /// <summary>Whether an order is covered by its symbol's standing approval, and so not counted by itself.</summary>
    public bool IsCovered(string symbol, string clientOrderId) => _book.Find(symbol)?.Standing is not null && IsRungOrder(clientOrderId);

    private bool IsRungOrder(string clientOrderId) => RungOrderId.TryParse(clientOrderId, out var id) && id.Engine == EngineId && id.Account == Account;

    private Refusal? StandingIdentity(StandingRequest request, MarketContext market)
    {
        if (request.Account != Account) return new Refusal(RefusalReason.AccountMismatch, $"account={request.Account} gate={Account}");
        if (market.Rules.Symbol != request.Symbol || request.Symbol.Length == 0)
            return new Refusal(RefusalReason.UnknownSymbol, $"symbol={request.Symbol} rules={market.Rules.Symbol}");
        if (EngineId.Length + Account.Length > RungOrderId.NamesLengthMax)
            return new Refusal(RefusalReason.NameInvalid, $"engine={EngineId} account={Account} length_max={RungOrderId.NamesLengthMax}");
        if (_nextSequence > ClientOrderId.SequenceMax)
            return new Refusal(RefusalReason.NameInvalid, $"sequence={_nextSequence} max={ClientOrderId.SequenceMax}");
        return market.Rules.IsTrading ? null : new Refusal(RefusalReason.SymbolNotTrading, $"symbol={request.Symbol} status={market.Rules.Status}");
    }

    private Refusal? StandingRefusal(StandingRequest request, MarketContext market, SymbolExposure symbol, out StandingTerms? terms)
    {
        terms = null;
        var known = Equity;
        if (known is { } observed) _day.Observe(observed);
        var price = market.MarkPrice ?? market.LastPrice;
        var refusal = StateRefusal() ?? (price > 0 ? null : new Refusal(RefusalReason.NoPrice, $"symbol={request.Symbol}")) ?? LossRefusal(market.MarketTimeMs, known)
            ?? StandingPaceRefusal(request, symbol);
        if (refusal is not null) return refusal;
        if (known is not { } equity || equity <= 0)
            return new Refusal(RefusalReason.EquityUnknown, $"equity={(known is { } negative ? Number.Text(negative) : "unknown")}");
        var before = symbol.Standing;
        symbol.Standing = null;
        var orders = Math.Min(request.OrdersMax, Math.Min(market.Rules.OrdersMax, _limits.OpenOrdersMax - _book.OpenOrders));
        var sequence = before?.Sequence ?? _nextSequence;
        var (longMax, shortMax) = (0m, 0m);
        if (orders < StandingOrdersMin) refusal = new Refusal(RefusalReason.OpenOrdersLimit, $"left={orders} min={StandingOrdersMin} max={_limits.OpenOrdersMax}");
        if (refusal is null && request.IsLong) refusal = Largest(request, market, symbol, OrderSide.Buy, price, equity, out longMax);
        // With the long side taken, what is left for the short one.
        if (refusal is null) symbol.Standing = new StandingReserve(sequence, longMax, 0, 0, 0, 0);
        if (refusal is null && request.IsShort) refusal = Largest(request, market, symbol, OrderSide.Sell, price, equity, out shortMax);
        symbol.Standing = before;
        if (refusal is not null) return refusal;
        terms = new StandingTerms(
            EngineId, Account, request.Symbol, request.Strategy, sequence, longMax, shortMax, orders, request.OrdersPerMinuteMax, request.ValidUntilMs);
        return null;
    }

    /// <summary>The largest notional on a side, what is held included, that all limits allow; every limit that allows one allows less, so it is found by halving.</summary>
    private Refusal? Largest(
        StandingRequest request, MarketContext market, SymbolExposure symbol, OrderSide side, decimal price, decimal equity, out decimal notional)
    {
        var use = _book.Use(symbol, side, price, _limits.MaintenanceRate);
        // By cost, as the approval is used up: at the price it is worth then, it is within the limits all the same.
        var held = Math.Max((int)side * symbol.Ledger.CostBasis, 0);
        var room = Math.Max(request.NotionalMax - held, 0);
        notional = request.NotionalMax;
        if (Limit(room) is not { } refusal) return null;
        var (fits, breaks) = (0m, room);
        for (var i = 0; i < BisectionSteps; i++)
        {
            var middle = (fits + breaks) / 2;
            if (Limit(middle) is null) fits = middle;
            else breaks = middle;
        }
        notional = held + fits;
        return fits > 0 && notional >= request.NotionalMin ? null : refusal;

        Refusal? Limit(decimal more)
        {
            var entry = new EntryCase
            {
                Book = _book,
                Symbol = symbol,
                Market = market,
                Side = side,
                Price = price,
                Notional = more,
                Equity = equity,
                Wallet = _wallet.Balance!.Value,
                LeverageMax = _limits.SymbolLeverageMax,
                Use = use,
            };
            return LimitChecks.Exposure(in entry, _limits);
        }
    }

    /// <summary>The rates of all standing approvals are taken off what entries may use; together they must leave room.</summary>
    private Refusal? StandingPaceRefusal(StandingRequest request, SymbolExposure own)
    {
        var (minute, short10) = StandingPace(own);
        minute += request.OrdersPerMinuteMax;
        short10 += Math.Max(request.OrdersPerMinuteMax / 3, 1);
        return minute > _limits.EntryOrdersPerMinuteMax || short10 > _limits.EntryOrdersPer10sMax
            ? new Refusal(
                RefusalReason.OrderRate,
                $"standing_in_10s={short10} max={_limits.EntryOrdersPer10sMax} standing_in_minute={minute} max_minute={_limits.EntryOrdersPerMinuteMax}")
            : null;
    }

    /// <summary>Orders that standing approvals may send in a minute and in ten seconds.</summary>
    private (int Minute, int Short10) StandingPace(SymbolExposure? except = null)
    {
        var (minute, short10) = (0, 0);
        foreach (var symbol in _book.Symbols)
        {
            if (symbol.Standing is not { } standing || symbol == except) continue;
            minute += standing.OrdersPerMinuteMax;
            short10 += standing.OrdersPer10sMax;
        }
        return (minute, short10);
    }
}
