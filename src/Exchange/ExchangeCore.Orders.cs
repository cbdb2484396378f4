using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Accounts;
using Granary.Exchange.Conditional;
using Granary.Exchange.Contracts;

namespace Granary.Exchange;

/// <content>Amendments, conditional orders, good-till dates and countdowns.</content>
public sealed partial class ExchangeCore
{
    private const int AmendmentsMax = 10_000;
    private const int MatchLevelMax = 20;

    private readonly OrderDeskState _desk;
    private long _nextDueMs = long.MaxValue;
    private bool _isRunningDue;

    /// <inheritdoc/>
    public ExchangeOrder Amend(string account, OrderAmendRequest request) => Send(() =>
    {
        var state = Account(account);
        var symbol = Symbol(request.Symbol);
        var order = state.Find(symbol.Name, request.OrderId, request.ClientOrderId);
        if (order is not { IsOpen: true }) throw Refusals.NoSuchOrder();
        if (!symbol.Rules.IsTrading) throw DeskRefusals.AmendNotTrading();
        if (order.Type != OrderType.Limit) throw DeskRefusals.AmendLimitOnly();
        if (order.Side != request.Side) throw DeskRefusals.AmendSide();
        if (order.Terms.Amendments >= AmendmentsMax) throw DeskRefusals.TooManyAmendments();
        var changed = Priced(symbol, new NewOrder(
            symbol.Name, order.Side, order.Type, order.TimeInForce, request.Quantity, request.Price, order.ReduceOnly, null)
        {
            PositionSide = order.PositionSide,
            Terms = order.Terms with { PriceMatch = request.PriceMatch },
        });
        if (changed.Price == order.Price && changed.Quantity == order.Quantity) throw DeskRefusals.NothingToAmend();
        OrderChecks.Filters(symbol.Rules, changed, symbol.MarkOrLast);
        var priceE8 = Fixed8.FromDecimal(changed.Price);
        var leftE8 = Fixed8.FromDecimal(changed.Quantity) - order.ExecutedE8;
        var venue = symbol.Venue!;
        if (leftE8 <= 0 || (order.TimeInForce == TimeInForce.Gtx && venue.WouldTake(order.Side, priceE8)))
            return Run(symbol, () => CancelOpen(order));
        CheckAmendedMargin(order, changed with { Quantity = Fixed8.ToDecimal(leftE8) }, venue);
        return Run(symbol, () =>
        {
            venue.Remove(order);
            _desk.Amended(order, changed.Price, changed.Quantity, request.PriceMatch, _host.MarketTimeMs);
            _ledger.Amend(order, changed.Price, changed.Quantity, request.PriceMatch, _host.MarketTimeMs);
            venue.Submit(order, priceE8, order.OnlyReduces ? Math.Min(leftE8, _ledger.ReducibleE8(order)) : leftE8);
            return order.ToContract();
        });
    });

    /// <inheritdoc/>
    public IReadOnlyList<OrderAmendment> GetAmendments(string account, string symbol)
    {
        lock (_gate)
        {
            var (name, listed) = (Account(account).Name, Symbol(symbol).Name);
            return [.. _desk.Amendments.Where(each => each.Account == name && each.Amendment.Symbol == listed).Select(each => each.Amendment)];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExchangeOrder> GetAllOrders(string account, string symbol)
    {
        lock (_gate)
        {
            var state = Account(account);
            var listed = Symbol(symbol);
            var orders = state.Finished.Where(o => o.Symbol == listed).Concat(state.Symbols[listed.Index].Orders);
            return [.. orders.OrderBy(o => o.OrderId).Select(o => o.ToContract())];
        }
    }

    /// <inheritdoc/>
    public void ArmCountdown(string account, string symbol, long countdownMs)
    {
        lock (_gate)
        {
            var state = Account(account);
            var listed = Symbol(symbol);
            var atMs = ServerTimeMs + countdownMs;
            Run(listed, () =>
            {
                _desk.Arm(state.Name, listed, countdownMs == 0 ? null : atMs);
                return true;
            });
            if (countdownMs != 0) _nextDueMs = Math.Min(_nextDueMs, atMs);
        }
    }

    /// <inheritdoc/>
    public ConditionalOrder PlaceConditional(string account, NewConditionalOrder request) => Send(() =>
    {
        var state = Account(account);
        var symbol = Symbol(request.Symbol);
        var price = WorkingPrice(symbol, request.WorkingType);
        var waiting = _desk.Conditionals.Waiting(state.Name, symbol);
        CheckMode(state, request.PositionSide, request.ReduceOnly);
        ConditionalChecks.Check(symbol, request, price, waiting);
        if (request.ClientAlgoId is { } id && _desk.Conditionals.Find(state.Name, 0, id) is { Order.IsWaiting: true }) throw Refusals.DuplicateClientId();
        if (_desk.Conditionals.WaitingCount(state.Name) >= ConditionalBook.WaitingMax) throw DeskRefusals.TooManyConditionals();
        if (request.Terms.GoodTillMs != 0) _nextDueMs = Math.Min(_nextDueMs, request.Terms.GoodTillMs);
        return Run(symbol, () => _desk.Conditionals.Add(state.Name, symbol, request, price, _host.MarketTimeMs).Order);
    });

    /// <inheritdoc/>
    public ConditionalOrder CancelConditional(string account, long algoId, string? clientAlgoId) => Send(() =>
    {
        var conditional = _desk.Conditionals.Find(Account(account).Name, algoId, clientAlgoId);
        if (conditional is not { Order.IsWaiting: true }) throw Refusals.UnknownOrder();
        return Run(conditional.Symbol, () => EndConditional(conditional, ConditionalStatus.Canceled, null));
    });

    /// <inheritdoc/>
    public IReadOnlyList<ConditionalOrder> CancelAllConditionals(string account, string symbol) => Send<IReadOnlyList<ConditionalOrder>>(() =>
    {
        var listed = Symbol(symbol);
        var waiting = _desk.Conditionals.Waiting(Account(account).Name, listed);
        return waiting.Count == 0 ? [] : Run(listed, () => waiting.Select(each => EndConditional(each, ConditionalStatus.Canceled, null)).ToArray());
    });

    /// <inheritdoc/>
    public IReadOnlyList<ConditionalOrder> GetConditionals(string account)
    {
        lock (_gate)
        {
            var name = Account(account).Name;
            return [.. _desk.Conditionals.All.Where(each => each.Account == name).Select(each => each.Order)];
        }
    }

    /// <inheritdoc/>
    public void RunDue()
    {
        lock (_gate)
        {
            // One at a time, and not again from within: each is an operation of its own, and the loop sees what they cause.
            if (_isRunningDue || _broken is not null) return;
            _isRunningDue = true;
            try
            {
                do
                {
                    while (_desk.Conditionals.NextDue() is { } due) Trigger(due);
                }
                while (EndOverdue());
            }
            finally
            {
                _isRunningDue = false;
            }
        }
    }

    /// <summary>Gives the order its price where the book decides it.</summary>
    private NewOrder Priced(ListedSymbol symbol, NewOrder order)
    {
        var match = order.Terms.PriceMatch;
        if (match == PriceMatch.None) return order;
        var book = symbol.Venue!.Depth(MatchLevelMax, _host.MarketTimeMs);
        var levels = order.Side == OrderSide.Buy == match > 0 ? book.Asks : book.Bids;
        var level = Math.Abs((int)match);
        return levels.Count < level ? throw DeskRefusals.NoDepthToMatch() : order with { Price = Fixed8.ToDecimal(levels[level - 1].PriceE8) };
    }

    /// <summary>Checks the margin of what the order would become as if it were not there yet.</summary>
    private void CheckAmendedMargin(AccountOrder order, NewOrder changed, Markets.IVenue venue)
    {
        var orders = order.Book.Orders;
        var at = orders.IndexOf(order);
        orders.RemoveAt(at);
        try
        {
            var ticker = venue.Ticker(_host.MarketTimeMs);
            MarginModel.CheckOrder(order.Leg, changed, order.Side == OrderSide.Buy ? ticker.AskPrice : ticker.BidPrice);
        }
        finally
        {
            orders.Insert(at, order);
        }
    }

    private static decimal WorkingPrice(ListedSymbol symbol, WorkingType type) =>
        type == WorkingType.MarkPrice || symbol.State.LastPriceE8 == 0 ? symbol.MarkOrLast : Fixed8.ToDecimal(symbol.State.LastPriceE8);

    private ConditionalOrder EndConditional(ConditionalState conditional, ConditionalStatus status, string? reason) =>
        _desk.Conditionals.Set(conditional, conditional.Order with { Status = status, Reason = reason, UpdatedMs = _host.MarketTimeMs });

    /// <summary>Places the order of a conditional order whose price was reached; placing and the new status are one record.</summary>
    private void Trigger(ConditionalState conditional)
    {
        var (symbol, request) = (conditional.Symbol, conditional.Order.Request);
        var account = _ledger.Find(conditional.Account)!;
        var position = account.Symbols[symbol.Index].Leg(request.PositionSide).Quantity;
        if (request.ClosePosition && Math.Sign(position) != -(int)request.Side)
        {
            Run(symbol, () => EndConditional(conditional, ConditionalStatus.Expired, "there is no position to close"));
            return;
        }
        try
        {
            var order = Priced(symbol, ConditionalChecks.OrderOf(conditional.Order, Math.Abs(position)));
            if (account.Find(symbol.Name, 0, order.ClientOrderId) is { IsOpen: true }) order = order with { ClientOrderId = null };
            var (limitE8, workableE8) = CheckOrder(account, symbol, order);
            Run(symbol, () =>
            {
                var accepted = _ledger.Accept(account, symbol, order, _host.MarketTimeMs);
                _desk.Conditionals.Set(conditional, conditional.Order with
                {
                    Status = ConditionalStatus.Triggered,
                    OrderId = accepted.OrderId,
                    UpdatedMs = _host.MarketTimeMs,
                });
                symbol.Venue!.Submit(accepted, limitE8, workableE8);
                return true;
            });
        }
        catch (ExchangeException refusal) when (_broken is null)
        {
            Run(symbol, () => EndConditional(conditional, ConditionalStatus.Rejected, refusal.Message));
        }
    }

    /// <summary>Ends the first thing that is overdue; false when nothing is.</summary>
    private bool EndOverdue()
    {
        var nowMs = ServerTimeMs;
        if (nowMs < _nextDueMs) return false;
        var nextMs = long.MaxValue;
        foreach (var ((account, index), atMs) in _desk.Countdowns)
        {
            if (atMs <= nowMs)
            {
                Disarm(account, _symbols[index]);
                return true;
            }
            nextMs = Math.Min(nextMs, atMs);
        }
        foreach (var order in _ledger.Accounts.SelectMany(a => a.Symbols).SelectMany(b => b.Orders))
        {
            if (order.Terms.GoodTillMs == 0) continue;
            if (order.Terms.GoodTillMs <= nowMs)
            {
                Run(order.Symbol, () => CancelOpen(order));
                return true;
            }
            nextMs = Math.Min(nextMs, order.Terms.GoodTillMs);
        }
        foreach (var conditional in _desk.Conditionals.All)
        {
            if (conditional.Order.Request.Terms.GoodTillMs is 0 || !conditional.Order.IsWaiting) continue;
            if (conditional.Order.Request.Terms.GoodTillMs <= nowMs)
            {
                Run(conditional.Symbol, () => EndConditional(conditional, ConditionalStatus.Expired, "its good-till date has passed"));
                return true;
            }
            nextMs = Math.Min(nextMs, conditional.Order.Request.Terms.GoodTillMs);
        }
        _nextDueMs = nextMs;
        return false;
    }

    private void Disarm(string account, ListedSymbol symbol) => Run(symbol, () =>
    {
        _desk.Arm(account, symbol, null);
        foreach (var order in _ledger.Find(account)!.Symbols[symbol.Index].Orders.ToArray()) CancelOpen(order);
        return true;
    });
}
