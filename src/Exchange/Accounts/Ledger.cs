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
    private readonly ExchangeOptions _options;
    private readonly PendingEvents _events;
    private readonly Dictionary<string, AccountState> _byName = new(StringComparer.Ordinal);
    private readonly List<PositionState> _shrunk = [];

    public Ledger(ExchangeOptions options, IReadOnlyList<ListedSymbol> symbols, PendingEvents events)
    {
        _options = options;
        _events = events;
        Symbols = symbols;
        Margin = new MarginModel(options.Leverage, options.MaintenanceMarginRate);
        var accounts = new AccountState[options.Accounts.Count];
        for (var i = 0; i < accounts.Length; i++)
        {
            accounts[i] = new AccountState(i + 1, options.Accounts[i], symbols, options);
            _byName.Add(accounts[i].Name, accounts[i]);
        }
        Accounts = accounts;
    }

    public IReadOnlyList<AccountState> Accounts { get; }

    public IReadOnlyList<ListedSymbol> Symbols { get; }

    public MarginModel Margin { get; }

    public long LastOrderId { get; set; }

    public List<AccountOrder> ChangedOrders { get; } = [];

    public List<(AccountState Account, ExchangeFill Fill)> NewFills { get; } = [];

    public bool HasChanges => ChangedOrders.Count != 0 || NewFills.Count != 0;

    public AccountState? Find(string account) => _byName.GetValueOrDefault(account);

    /// <summary>Accepts an order: it exists, is open, and its NEW event is in line.</summary>
    public AccountOrder Accept(AccountState account, ListedSymbol symbol, NewOrder request, long timeMs)
    {
        var id = ++LastOrderId;
        var order = new AccountOrder(account, symbol, new ExchangeOrder(
            id, request.ClientOrderId ?? $"granary-auto-{id}", symbol.Name, request.Side, request.Type,
            request.Type == OrderType.Market ? TimeInForce.Gtc : request.TimeInForce, request.Quantity,
            request.Type == OrderType.Market ? 0 : request.Price, request.ReduceOnly, OrderStatus.New, 0, 0, timeMs, timeMs)
        { Terms = request.Terms });
        account.Add(order);
        Changed(order);
        _events.Order(account.Name, new ExecutionEvent("NEW", order.ToContract(), null, 0));
        return order;
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
        var quantity = order.Account.Positions[order.Symbol.Index].Quantity;
        return Math.Sign(quantity) == -(int)order.Side ? Fixed8.FromDecimal(Math.Abs(quantity)) : 0;
    }

    /// <summary>Books a fill: position, fee, wallet, order, and its events (account before order).</summary>
    public void Fill(AccountOrder order, long priceE8, long quantityE8, bool isMaker, long tradeId, long timeMs)
    {
        var account = order.Account;
        var position = account.Positions[order.Symbol.Index];
        var price = Fixed8.ToDecimal(priceE8);
        var quantity = Fixed8.ToDecimal(quantityE8);
        var before = position.Quantity;
        var pnl = position.Apply(order.Side, price, quantity, timeMs);
        var fee = decimal.Round(price * quantity * (isMaker ? _options.MakerFee : _options.TakerFee), 8);
        account.Book(pnl, fee, timeMs);
        order.ExecutedE8 += quantityE8;
        order.ExecutedQuote += price * quantity;
        order.UpdatedMs = timeMs;
        order.Status = order.RemainingE8 == 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        Changed(order);
        if (!order.IsOpen) account.Finish(order);
        var fill = new ExchangeFill(
            tradeId, order.OrderId, order.ClientOrderId, order.Symbol.Name, order.Side, price, quantity, fee, pnl, isMaker, timeMs);
        position.Fills.Add(fill, out _);
        NewFills.Add((account, fill));
        if (Math.Sign(before) == -(int)order.Side && !_shrunk.Contains(position)) _shrunk.Add(position);
        _events.Account(account.Name, new AccountEvent("ORDER", Margin.ToContract(account), 0, [Margin.ToContract(position)], timeMs));
        _events.Order(account.Name, new ExecutionEvent("TRADE", order.ToContract(), fill, 0));
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
            var orders = position.Orders.Where(o => o.ReduceOnly).ToArray();
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
            foreach (var position in account.Positions) position.IsDirty = false;
        }
        ChangedOrders.Clear();
        NewFills.Clear();
    }

    private static int ByPriority(AccountOrder a, AccountOrder b)
    {
        var byPrice = a.Side == OrderSide.Buy ? b.PriceE8.CompareTo(a.PriceE8) : a.PriceE8.CompareTo(b.PriceE8);
        return byPrice != 0 ? byPrice : a.OrderId.CompareTo(b.OrderId);
    }

    private void Changed(AccountOrder order)
    {
        order.Symbol.IsDirty = true;
        if (order.IsDirty) return;
        order.IsDirty = true;
        ChangedOrders.Add(order);
    }
}
