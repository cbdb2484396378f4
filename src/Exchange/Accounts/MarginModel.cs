using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>
/// Initial and maintenance margin of accounts at the mark; decimals only. Formulas: Binance's margin article (FAQ 87fa7ee33b574f7084d42bd2ce2e463b).
/// </summary>
internal static class MarginModel
{
    /// <summary>A market order is assumed to trade this fraction beyond the best opposite price.</summary>
    private const decimal MarketSlip = 0.0005m;

    /// <summary>A limit sell is assumed to trade at least this multiple of the last price.</summary>
    private const decimal SellLimitFactor = 1.0015m;

    public static decimal PositionMargin(PositionState leg) => leg.Notional / leg.Owner.Leverage;

    public static decimal PositionMargin(SymbolAccount book)
    {
        var sum = 0m;
        foreach (var leg in book.Legs)
            if (!leg.IsFlat) sum += PositionMargin(leg);
        return sum;
    }

    /// <summary>
    /// Initial margin of positions and open orders together, netted per symbol in one-way mode: the larger of what buys and what sells could make of it.
    /// </summary>
    public static decimal SymbolMargin(SymbolAccount book, PositionSide side = PositionSide.Both, decimal bidsMore = 0, decimal asksMore = 0)
    {
        if (!book.Account.IsHedged) return LegMargin(book.Leg(PositionSide.Both), bidsMore, asksMore);
        var (longBids, shortAsks) = side == PositionSide.Long ? (bidsMore, 0m) : (0m, asksMore);
        return LegMargin(book.Leg(PositionSide.Long), longBids, 0) + LegMargin(book.Leg(PositionSide.Short), 0, shortAsks);
    }

    /// <summary>Initial margin of one position with its open orders.</summary>
    public static decimal LegMargin(PositionState leg, decimal bidsMore = 0, decimal asksMore = 0)
    {
        var (bids, asks) = OpenNotional(leg);
        var signed = leg.Quantity * leg.Symbol.MarkOrLast;
        return Math.Max(Math.Abs(signed), Math.Max(Math.Abs(signed + bids + bidsMore), Math.Abs(signed - asks - asksMore))) / leg.Owner.Leverage;
    }

    public static decimal CrossBalance(AccountState account)
    {
        var balance = account.Balance;
        foreach (var book in account.Symbols)
            if (book.IsIsolated)
                foreach (var leg in book.Legs) balance -= leg.IsolatedWallet;
        return balance;
    }

    /// <summary>Margin balance and maintenance margin of the crossed positions.</summary>
    public static (decimal Balance, decimal Maintenance) Cross(AccountState account)
    {
        var balance = CrossBalance(account);
        var maintenance = 0m;
        foreach (var book in account.Symbols)
        {
            if (book.IsIsolated) continue;
            foreach (var leg in book.Legs)
            {
                if (leg.IsFlat) continue;
                balance += leg.UnrealizedPnl;
                maintenance += leg.Maintenance;
            }
        }
        return (balance, maintenance);
    }

    /// <summary>Cross margin balance minus all initial margins that it must hold; may be negative.</summary>
    public static decimal Free(AccountState account)
    {
        var free = Cross(account).Balance;
        foreach (var book in account.Symbols)
        {
            if (book.IsIdle) continue;
            free -= SymbolMargin(book);
            // An isolated position holds its own.
            if (book.IsIsolated) free += PositionMargin(book);
        }
        return free;
    }

    /// <summary>What may be withdrawn: unrealised profits stay.</summary>
    public static decimal WithdrawMax(AccountState account) => Math.Max(0, Math.Min(CrossBalance(account), Free(account)));

    /// <summary>
    /// Throws -2027 when the order could make the position larger than the leverage allows, and -2019 when it needs more margin than the account has: the
    /// growth of the symbol's margin plus the loss at once.
    /// </summary>
    /// <param name="leg">The position that the order is for.</param>
    /// <param name="order">The order; one that can only reduce needs nothing.</param>
    /// <param name="opposite">Best opposite price; 0 when there is none.</param>
    /// <exception cref="ExchangeException">-2027 or -2019.</exception>
    public static void CheckOrder(PositionState leg, NewOrder order, decimal opposite)
    {
        if (order.ReduceOnly || AccountOrder.Reduces(leg.Side, order.Side)) return;
        var book = leg.Owner;
        var mark = leg.Symbol.MarkOrLast;
        var last = Fixed8.ToDecimal(leg.Symbol.State.LastPriceE8);
        var buys = order.Side == OrderSide.Buy;
        var best = opposite != 0 ? opposite : mark;
        var assumed = order.Type == OrderType.Market ? best * (1 + ((int)order.Side * MarketSlip))
            : buys ? order.Price
            : Math.Max(order.Price, Math.Max(last * SellLimitFactor, mark));
        var value = order.Quantity * assumed;
        var (bids, asks) = OpenNotional(leg);
        var exposure = ((int)order.Side * leg.Quantity * mark) + value + (buys ? bids : asks);
        if (exposure > book.Brackets.NotionalMax(book.Leverage)) throw Refusals.PositionTooLarge();
        var need = SymbolMargin(book, leg.Side, buys ? value : 0, buys ? 0 : value) - SymbolMargin(book);
        if (need <= 0) return;
        var closing = Math.Sign(leg.Quantity) == -(int)order.Side ? Math.Min(order.Quantity, Math.Abs(leg.Quantity)) : 0;
        var openLoss = mark == 0 ? 0 : (order.Quantity - closing) * Math.Abs(Math.Min(0, (int)order.Side * (mark - assumed)));
        if (need + openLoss > Free(leg.Account)) throw Refusals.InsufficientMargin();
    }

    public static ExchangePosition ToContract(PositionState leg)
    {
        var book = leg.Owner;
        var margin = PositionMargin(leg);
        var maintenance = leg.Maintenance;
        var (heldBy, held) = book.IsIsolated || leg.IsFlat ? (leg.IsolatedBalance, maintenance) : Cross(leg.Account);
        return new ExchangePosition(
            leg.Symbol.Name, leg.Quantity, leg.EntryPrice, leg.Symbol.MarkOrLast, leg.UnrealizedPnl, LiquidationPrice.Of(leg), margin, maintenance,
            LegMargin(leg) - margin, book.Leverage, leg.UpdatedMs)
        {
            PositionSide = leg.Side,
            MarginType = book.MarginType,
            IsolatedWallet = leg.IsolatedWallet,
            BreakEvenPrice = leg.BreakEvenPrice,
            RealizedPnl = leg.RealizedPnl,
            MarginRatio = leg.IsFlat ? 0 : heldBy <= 0 ? 1 : decimal.Round(held / heldBy, 8),
            NotionalMax = book.Brackets.NotionalMax(book.Leverage),
        };
    }

    public static ExchangeWallet ToContract(AccountState account)
    {
        decimal unrealized = 0, crossUnrealized = 0, positions = 0, symbols = 0, maintenance = 0;
        var free = CrossBalance(account);
        var cross = free;
        foreach (var book in account.Symbols)
        {
            if (book.IsIdle) continue;
            var positionMargin = PositionMargin(book);
            var symbolMargin = SymbolMargin(book);
            positions += positionMargin;
            symbols += symbolMargin;
            free -= book.IsIsolated ? symbolMargin - positionMargin : symbolMargin;
            foreach (var leg in book.Legs)
            {
                if (leg.IsFlat) continue;
                unrealized += leg.UnrealizedPnl;
                maintenance += leg.Maintenance;
                if (!book.IsIsolated) crossUnrealized += leg.UnrealizedPnl;
            }
        }
        free += crossUnrealized;
        return new ExchangeWallet(
            account.Initial, account.Balance, account.RealizedPnl, account.Fees, account.Funding, unrealized, Math.Max(0, free), account.UpdatedMs)
        {
            Transfers = account.Deposits - account.Withdrawals,
            InsuranceClear = account.InsuranceClear,
            CrossBalance = cross,
            CrossUnrealizedPnl = crossUnrealized,
            PositionMargin = positions,
            OpenOrderMargin = symbols - positions,
            MaintenanceMargin = maintenance,
            WithdrawMax = Math.Max(0, Math.Min(cross, free)),
        };
    }

    /// <summary>Price times open quantity of the position's resting bids and asks that could make it larger.</summary>
    private static (decimal Bids, decimal Asks) OpenNotional(PositionState leg)
    {
        decimal bids = 0, asks = 0;
        foreach (var order in leg.Owner.Orders)
        {
            if (order.OnlyReduces || order.PositionSide != leg.Side) continue;
            var value = Fixed8.ToDecimal(order.RemainingE8) * order.Price;
            if (order.Side == OrderSide.Buy) bids += value;
            else asks += value;
        }
        return (bids, asks);
    }
}
