using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>
/// One-way cross margin with one leverage and one maintenance rate for the whole account; decimals only. Formulas: Binance's margin and liquidation
/// articles (FAQ 87fa7ee33b574f7084d42bd2ce2e463b and b3c689c1f50a44cabb3a84e663b81d93).
/// </summary>
/// <param name="leverage">1 to 125.</param>
/// <param name="maintenanceRate">Maintenance margin as a fraction of the notional.</param>
internal sealed class MarginModel(int leverage, decimal maintenanceRate)
{
    /// <summary>A market order is assumed to trade this fraction beyond the best opposite price.</summary>
    private const decimal MarketSlip = 0.0005m;

    /// <summary>A limit sell is assumed to trade at least this multiple of the last price.</summary>
    private const decimal SellLimitFactor = 1.0015m;

    public int Leverage => leverage;

    public decimal PositionMargin(PositionState position) => Math.Abs(position.Quantity) * position.Symbol.MarkOrLast / leverage;

    public decimal MaintenanceMargin(PositionState position) => Math.Abs(position.Quantity) * position.Symbol.MarkOrLast * maintenanceRate;

    /// <summary>Initial margin of position and open orders together, netted per symbol: the larger of what buys and what sells could make of it.</summary>
    public decimal SymbolMargin(PositionState position, decimal bidsMore = 0, decimal asksMore = 0)
    {
        var notional = position.Quantity * position.Symbol.MarkOrLast;
        var bids = bidsMore;
        var asks = asksMore;
        foreach (var order in position.Orders)
        {
            if (order.ReduceOnly) continue;
            var value = Fixed8.ToDecimal(order.RemainingE8) * order.Price;
            if (order.Side == OrderSide.Buy) bids += value;
            else asks += value;
        }
        return Math.Max(Math.Abs(notional), Math.Max(Math.Abs(notional + bids), Math.Abs(notional - asks))) / leverage;
    }

    public decimal UnrealizedPnl(AccountState account)
    {
        var sum = 0m;
        foreach (var position in account.Positions)
            if (position.Quantity != 0) sum += position.UnrealizedPnl;
        return sum;
    }

    /// <summary>Wallet plus unrealised PnL minus all initial margins; may be negative.</summary>
    public decimal Free(AccountState account)
    {
        var free = account.Balance;
        foreach (var position in account.Positions)
        {
            if (position.Quantity != 0) free += position.UnrealizedPnl;
            if (position.Quantity != 0 || position.Orders.Count != 0) free -= SymbolMargin(position);
        }
        return free;
    }

    /// <summary>Throws -2019 when the order needs more margin than the account has: the growth of the symbol's margin plus the loss at once.</summary>
    /// <param name="position">The account's position in the symbol.</param>
    /// <param name="order">The order.</param>
    /// <param name="opposite">Best opposite price; 0 when there is none.</param>
    /// <exception cref="ExchangeException">-2019.</exception>
    public void CheckOrder(PositionState position, NewOrder order, decimal opposite)
    {
        if (order.ReduceOnly) return;
        var mark = position.Symbol.MarkOrLast;
        var last = Fixed8.ToDecimal(position.Symbol.State.LastPriceE8);
        var buys = order.Side == OrderSide.Buy;
        var best = opposite != 0 ? opposite : mark;
        var assumed = order.Type == OrderType.Market ? best * (1 + ((int)order.Side * MarketSlip))
            : buys ? order.Price
            : Math.Max(order.Price, Math.Max(last * SellLimitFactor, mark));
        var value = order.Quantity * assumed;
        var need = SymbolMargin(position, buys ? value : 0, buys ? 0 : value) - SymbolMargin(position);
        if (need <= 0) return;
        var closing = Math.Sign(position.Quantity) == -(int)order.Side ? Math.Min(order.Quantity, Math.Abs(position.Quantity)) : 0;
        var openLoss = mark == 0 ? 0 : (order.Quantity - closing) * Math.Abs(Math.Min(0, (int)order.Side * (mark - assumed)));
        if (need + openLoss > Free(position.Account)) throw Refusals.InsufficientMargin();
    }

    /// <summary>
    /// Price at which the account's margin balance equals its maintenance margin if only this symbol moves:
    /// (WB - TMM1 + UPNL1 - Side Pos Entry) / (Pos MMR - Side Pos), with one bracket; 0 when there is none.
    /// </summary>
    public decimal LiquidationPrice(PositionState position)
    {
        if (position.Quantity == 0) return 0;
        var numerator = position.Account.Balance - position.Cost;
        foreach (var other in position.Account.Positions)
        {
            if (other == position || other.Quantity == 0) continue;
            numerator += other.UnrealizedPnl - MaintenanceMargin(other);
        }
        var denominator = (Math.Abs(position.Quantity) * maintenanceRate) - position.Quantity;
        if (denominator == 0) return 0;
        var price = numerator / denominator;
        return price <= 0 ? 0 : decimal.Round(price, 8);
    }

    public ExchangePosition ToContract(PositionState position)
    {
        var margin = PositionMargin(position);
        return new ExchangePosition(
            position.Symbol.Name, position.Quantity, position.EntryPrice, position.Symbol.MarkOrLast, position.UnrealizedPnl,
            LiquidationPrice(position), margin, MaintenanceMargin(position), SymbolMargin(position) - margin, leverage, position.UpdatedMs);
    }

    public ExchangeWallet ToContract(AccountState account) => new(
        account.Initial, account.Balance, account.RealizedPnl, account.Fees, account.Funding, UnrealizedPnl(account), Math.Max(0, Free(account)),
        account.UpdatedMs);
}
