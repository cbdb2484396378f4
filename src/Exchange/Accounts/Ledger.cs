using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;

namespace Granary.Exchange.Accounts;

/// <summary>
/// All accounts, and the only place where orders, positions and wallets change. What changed since the last <see cref="ClearChanges"/> is kept so that it
/// can be logged as after-images in one record.
/// </summary>
internal sealed class Ledger
{
    private readonly PendingEvents _events;
    private readonly Dictionary<string, AccountState> _byName = new(StringComparer.Ordinal);
    private readonly List<PositionState> _shrunk = [];

    public Ledger(ExchangeOptions options, IReadOnlyList<ListedSymbol> symbols, PendingEvents events)
    {
        _events = events;
        Symbols = symbols;
        House = new HouseState { InsuranceInitial = options.InsuranceFund, Insurance = options.InsuranceFund };
        var brackets = new BracketTable[symbols.Count];
        for (var i = 0; i < brackets.Length; i++)
        {
            var table = options.Brackets.GetValueOrDefault(symbols[i].Name) ?? BracketCatalog.Flat(options.MaintenanceMarginRate);
            brackets[i] = new BracketTable(symbols[i].Name, table);
            symbols[i].FundingIntervalMs = options.FundingIntervalHours * 3_600_000L;
        }
        Brackets = brackets;
        var accounts = new AccountState[options.Accounts.Count];
        for (var i = 0; i < accounts.Length; i++)
        {
            accounts[i] = new AccountState(i + 1, options.Accounts[i], symbols, brackets, options);
            _byName.Add(accounts[i].Name, accounts[i]);
        }
        Accounts = accounts;
    }

    public IReadOnlyList<AccountState> Accounts { get; }

    public IReadOnlyList<ListedSymbol> Symbols { get; }

    /// <summary>By symbol index.</summary>
    public IReadOnlyList<BracketTable> Brackets { get; }

    public HouseState House { get; }

    public long LastOrderId { get; set; }

    public long LastTransactionId { get; set; }

    /// <summary>Whether the newest record that was read holds the trades printed in it; true for an empty log.</summary>
    public bool LogsTrades { get; set; } = true;

    public List<AccountOrder> ChangedOrders { get; } = [];

    public List<(AccountState Account, ExchangeFill Fill)> NewFills { get; } = [];

    public List<(AccountState Account, IncomeRecord Income)> NewIncome { get; } = [];

    public List<(AccountState Account, PositionMarginMove Move)> NewMarginMoves { get; } = [];

    public List<FundingRecord> NewFundings { get; } = [];

    /// <summary>Whether anything changed that the next record must hold.</summary>
    public bool HasChanges { get; private set; }

    public AccountState? Find(string account) => _byName.GetValueOrDefault(account);

    /// <summary>Accepts an order: it exists, is open, and its NEW event is in line.</summary>
    public AccountOrder Accept(AccountState account, ListedSymbol symbol, NewOrder request, long timeMs)
    {
        var id = ++LastOrderId;
        return Accept(account, symbol, request, id, request.ClientOrderId ?? $"granary-auto-{id}", OrderOrigin.User, timeMs);
    }

    /// <summary>Accepts an order that the exchange places for an account: immediate or cancel, at a price that need not be on a tick.</summary>
    public AccountOrder AcceptForced(PositionState leg, decimal quantity, decimal price, OrderOrigin origin, long timeMs)
    {
        var id = ++LastOrderId;
        var side = leg.Quantity > 0 ? OrderSide.Sell : OrderSide.Buy;
        var kind = origin switch
        {
            OrderOrigin.Liquidation => "autoclose",
            OrderOrigin.Deleveraging => "adl_autoclose",
            _ => "settlement_autoclose",
        };
        var clientId = $"{kind}-{timeMs}{id:D6}";
        var request = new NewOrder(leg.Symbol.Name, side, OrderType.Limit, TimeInForce.Ioc, quantity, price, leg.Side == PositionSide.Both, clientId)
        {
            PositionSide = leg.Side,
        };
        return Accept(leg.Account, leg.Symbol, request, id, clientId, origin, timeMs);
    }

    /// <summary>Changes price and quantity of an open order that is not in the venue now; it becomes the youngest of its queue.</summary>
    public void Amend(AccountOrder order, decimal price, decimal quantity, PriceMatch match, long timeMs)
    {
        order.Amend(price, quantity, order.Terms with { Amendments = order.Terms.Amendments + 1, Rank = ++LastOrderId, PriceMatch = match });
        order.UpdatedMs = timeMs;
        Changed(order);
        _events.Order(order.Account.Name, new ExecutionEvent("AMENDMENT", order.ToContract(), null, 0));
    }

    /// <summary>How much a reduce-only order may trade now, times 10^8.</summary>
    public long ReducibleE8(AccountOrder order)
    {
        var quantity = order.Leg.Quantity;
        return Math.Sign(quantity) == -(int)order.Side ? Fixed8.FromDecimal(Math.Abs(quantity)) : 0;
    }

    /// <summary>Books a fill in the market.</summary>
    public void Fill(AccountOrder order, long priceE8, long quantityE8, bool isMaker, long tradeId, long timeMs)
    {
        var commission = order.Account.Commission;
        var price = Fixed8.ToDecimal(priceE8);
        Book(order, price, price, quantityE8, isMaker ? commission.Maker : commission.Taker, isMaker, tradeId, timeMs);
    }

    /// <summary>Books a fill outside the market: the insurance fund's or another account's. No commission is due.</summary>
    /// <param name="order">The order.</param>
    /// <param name="price">What the account gets.</param>
    /// <param name="marketPrice">What the market is taken to give for it; the fund bears the difference.</param>
    /// <param name="quantityE8">Quantity, times 10^8.</param>
    /// <param name="timeMs">Market time.</param>
    public void Settle(AccountOrder order, decimal price, decimal marketPrice, long quantityE8, long timeMs) =>
        Book(order, price, marketPrice, quantityE8, null, false, order.Symbol.Venue!.TakeFillId(), timeMs);

    /// <summary>Charges or pays funding for one position.</summary>
    public void ChargeFunding(PositionState leg, FundingRecord funding)
    {
        var amount = -decimal.Round(leg.Quantity * funding.MarkPrice * funding.Rate, 8);
        if (amount == 0) return;
        leg.Account.BookFunding(amount, funding.TimeMs);
        House.FundingPool -= amount;
        var isIsolated = leg.Owner.IsIsolated;
        if (isIsolated) leg.AddMargin(amount, funding.TimeMs);
        AddIncome(leg.Account, "FUNDING_FEE", leg.Symbol.Name, amount, "FUNDING_FEE", 0, funding.TimeMs);
        AccountChanged(leg.Account, "FUNDING_FEE", amount, funding.TimeMs, isIsolated ? [leg] : []);
    }

    /// <summary>Keeps a funding time that has passed.</summary>
    public void AddFunding(ListedSymbol symbol, FundingRecord funding)
    {
        symbol.Fundings.Add(funding, out _);
        symbol.IsDirty = true;
        NewFundings.Add(funding);
        HasChanges = true;
    }

    /// <summary>Lets the insurance fund pay (or, with a negative amount, receive from) an account, for an isolated position or the cross wallet.</summary>
    public void ClearInsurance(AccountState account, PositionState? leg, string symbol, decimal amount, long timeMs)
    {
        if (amount == 0) return;
        account.BookInsurance(amount, timeMs);
        House.Insurance -= amount;
        if (leg?.Owner.IsIsolated == true) leg.AddMargin(amount, timeMs);
        AddIncome(account, "INSURANCE_CLEAR", symbol, amount, "INSURANCE_CLEAR", 0, timeMs);
        AccountChanged(account, "INSURANCE_CLEAR", amount, timeMs, leg is null ? [] : [leg]);
    }

    /// <summary>Deposits, or withdraws a negative amount.</summary>
    public void Transfer(AccountState account, decimal amount, long timeMs)
    {
        account.BookTransfer(amount, timeMs);
        AddIncome(account, "TRANSFER", "", amount, amount > 0 ? "DEPOSIT" : "WITHDRAW", 0, timeMs);
        AccountChanged(account, amount > 0 ? "DEPOSIT" : "WITHDRAW", amount, timeMs);
    }

    /// <summary>Moves margin between the cross wallet and an isolated position.</summary>
    public void MoveMargin(PositionState leg, decimal amount, long timeMs)
    {
        leg.AddMargin(amount, timeMs);
        var move = new PositionMarginMove(leg.Symbol.Name, leg.Side, amount, timeMs);
        leg.Account.MarginMoves.Add(move, out _);
        NewMarginMoves.Add((leg.Account, move));
        AccountChanged(leg.Account, "MARGIN_TRANSFER", 0, timeMs, leg);
    }

    /// <summary>Marks changed settings of an account for the log.</summary>
    public void Touch(AccountState account, long timeMs)
    {
        account.Touch(timeMs);
        HasChanges = true;
    }

    /// <summary>Marks an account for the log and lines up its event.</summary>
    public void AccountChanged(AccountState account, string reason, decimal balanceChange, long timeMs, params ReadOnlySpan<PositionState> legs)
    {
        Touch(account, timeMs);
        var positions = new ExchangePosition[legs.Length];
        for (var i = 0; i < positions.Length; i++) positions[i] = MarginModel.ToContract(legs[i]);
        _events.Account(account.Name, new AccountEvent(reason, MarginModel.ToContract(account), balanceChange, positions, timeMs));
    }

    /// <summary>Ends an open order.</summary>
    /// <param name="order">The order, no longer in the venue.</param>
    /// <param name="status">Canceled or Expired.</param>
    /// <param name="reason">The er field.</param>
    /// <param name="timeMs">Market time.</param>
    public void End(AccountOrder order, OrderStatus status, int reason, long timeMs)
    {
        order.Status = status;
        if (reason == ExpireReason.SelfTrade) order.Terms = order.Terms with { EndedInMatch = true };
        order.UpdatedMs = timeMs;
        Changed(order);
        order.Account.Finish(order);
        _events.Order(order.Account.Name, new ExecutionEvent(status == OrderStatus.Canceled ? "CANCELED" : "EXPIRED", order.ToContract(), null, reason));
    }

    /// <summary>
    /// Ends resting reduce-only orders that have nothing left to reduce: those on the position's own side, and those behind others (by price, then age) that
    /// already cover the whole position. Runs after every operation in which a position shrank.
    /// </summary>
    public void PruneReduceOnly(long timeMs)
    {
        for (var i = 0; i < _shrunk.Count; i++)
        {
            var position = _shrunk[i];
            var orders = position.Owner.Orders.Where(o => o.OnlyReduces && o.PositionSide == position.Side).ToArray();
            if (orders.Length == 0) continue;
            Array.Sort(orders, ByPriority);
            var left = Fixed8.FromDecimal(Math.Abs(position.Quantity));
            foreach (var order in orders)
            {
                var reduces = Math.Sign(position.Quantity) == -(int)order.Side;
                if (reduces && left > 0)
                {
                    left -= order.RemainingE8;
                    continue;
                }
                order.Symbol.Venue!.Remove(order);
                End(order, OrderStatus.Expired, ExpireReason.ReduceOnly, timeMs);
            }
        }
        _shrunk.Clear();
    }

    public void ClearChanges()
    {
        foreach (var order in ChangedOrders) order.IsDirty = false;
        foreach (var account in Accounts)
        {
            account.IsDirty = false;
            foreach (var book in account.Symbols) book.IsDirty = false;
        }
        ChangedOrders.Clear();
        NewFills.Clear();
        NewIncome.Clear();
        NewMarginMoves.Clear();
        NewFundings.Clear();
        HasChanges = false;
    }

    private static int ByPriority(AccountOrder a, AccountOrder b)
    {
        var byPrice = a.Side == OrderSide.Buy ? b.PriceE8.CompareTo(a.PriceE8) : a.PriceE8.CompareTo(b.PriceE8);
        return byPrice != 0 ? byPrice : a.Rank.CompareTo(b.Rank);
    }

    private AccountOrder Accept(AccountState account, ListedSymbol symbol, NewOrder request, long id, string clientId, OrderOrigin origin, long timeMs)
    {
        var isMarket = request.Type == OrderType.Market;
        var order = new AccountOrder(account, symbol, new ExchangeOrder(
            id, clientId, symbol.Name, request.Side, request.Type, isMarket ? TimeInForce.Gtc : request.TimeInForce, request.Quantity,
            isMarket ? 0 : request.Price, request.ReduceOnly, OrderStatus.New, 0, 0, timeMs, timeMs)
        {
            PositionSide = request.PositionSide,
            Origin = origin,
            Terms = request.Terms,
        });
        account.Add(order);
        Changed(order);
        _events.Order(account.Name, new ExecutionEvent("NEW", order.ToContract(), null, 0));
        return order;
    }

    /// <summary>Books a fill: position, fee, wallet, order, and its events (account before order). No fee rate means that it is outside the market.</summary>
    private void Book(
        AccountOrder order, decimal price, decimal marketPrice, long quantityE8, decimal? feeRate, bool isMaker, long tradeId, long timeMs)
    {
        var account = order.Account;
        var leg = order.Leg;
        var quantity = Fixed8.ToDecimal(quantityE8);
        var signed = (int)order.Side * quantity;
        var before = leg.Quantity;
        var pnl = leg.Apply(order.Side, price, quantity, timeMs, out var rounding);
        var due = decimal.Round(price * quantity * (feeRate ?? 0), 8);

        // Paid in another asset it leaves the wallet alone.
        var other = due == 0 ? null : account.Commission.Asset;
        var fee = other is null ? due : 0;
        leg.AddResult(before, signed, pnl, fee);
        account.Book(pnl, fee, timeMs);
        House.Fees += fee;
        House.Clearing += (signed * marketPrice) + rounding;
        House.Insurance += signed * (price - marketPrice);
        if (leg.Owner.IsIsolated)
        {
            // What the exchange closes must not touch the cross wallet: the liquidation settles what is left when the position is gone.
            if (order.Origin == OrderOrigin.Liquidation) leg.AddMargin(pnl - fee, timeMs);
            else leg.MoveMargin(before, signed, price, pnl);
        }
        order.ExecutedE8 += quantityE8;
        order.ExecutedQuote += price * quantity;
        order.UpdatedMs = timeMs;
        order.Status = order.RemainingE8 == 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        Changed(order);
        if (!order.IsOpen) account.Finish(order);
        var fill = new ExchangeFill(
            tradeId, order.OrderId, order.ClientOrderId, order.Symbol.Name, order.Side, price, quantity,
            other is null ? fee : decimal.Round(due / other.Price, 8), pnl, isMaker, timeMs)
        {
            PositionSide = order.PositionSide,
            FeeAsset = other?.Asset ?? "",
        };
        leg.Owner.Fills.Add(fill, out _);
        NewFills.Add((account, fill));
        AddIncome(account, "REALIZED_PNL", order.Symbol.Name, pnl, "REALIZED_PNL", tradeId, timeMs);
        AddIncome(account, "COMMISSION", order.Symbol.Name, -fee, "COMMISSION", tradeId, timeMs);
        if (Math.Sign(before) == -(int)order.Side && !_shrunk.Contains(leg)) _shrunk.Add(leg);
        AccountChanged(account, "ORDER", 0, timeMs, leg);
        _events.Order(account.Name, new ExecutionEvent(feeRate is null ? "CALCULATED" : "TRADE", order.ToContract(), fill, 0));
    }

    private void AddIncome(AccountState account, string type, string symbol, decimal amount, string info, long tradeId, long timeMs)
    {
        if (amount == 0) return;
        var income = new IncomeRecord(++LastTransactionId, type, symbol, amount, info, tradeId, timeMs);
        account.Income.Add(income, out _);
        NewIncome.Add((account, income));
    }

    private void Changed(AccountOrder order)
    {
        HasChanges = true;
        order.Symbol.IsDirty = true;
        if (order.IsDirty) return;
        order.IsDirty = true;
        ChangedOrders.Add(order);
    }
}
