using Granary.Engine.Orders;

namespace Granary.Engine.Margin;

/// <summary>
/// The venue's margin arithmetic in one-way mode, exact decimals, mark prices. What the venue does not document (the prices that it assumes for market
/// orders) is marked as an assumption.
/// </summary>
public static class MarginMath
{
    /// <summary>Factor on the last price at which a short without a better price is assumed to open: 1.0015.</summary>
    public const decimal ShortPriceFactor = 1.0015m;

    /// <summary>Factor on the best price at which a market buy is assumed to open: 1.0005; an assumption.</summary>
    public const decimal MarketBuyFactor = 1.0005m;

    /// <summary>Initial margin of a notional, quote units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The leverage is below 1.</exception>
    public static decimal Initial(decimal notional, decimal leverage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leverage, 1);
        return notional / leverage;
    }

    /// <summary>
    /// The price at which the venue assumes an order to open when it charges margin: a limit buy's own; for a sell the highest of last price * 1.0015, mark
    /// and its own; for a market buy the best ask (or last price) * 1.0005.
    /// </summary>
    /// <param name="side">Side of the order.</param>
    /// <param name="limitPrice">Quote units; null for a market order.</param>
    /// <param name="lastPrice">Last price, or for a market buy better the best ask, quote units.</param>
    /// <param name="mark">Mark price, quote units.</param>
    public static decimal AssumedPrice(OrderSide side, decimal? limitPrice, decimal lastPrice, decimal mark) => side == OrderSide.Buy
        ? limitPrice ?? (lastPrice * MarketBuyFactor)
        : Math.Max(Math.Max(lastPrice * ShortPriceFactor, mark), limitPrice ?? 0);

    /// <summary>What an order loses at once against the mark, quote units, 0 or more: quantity * |min(0, side * (mark - price))|.</summary>
    public static decimal OpenLoss(OrderSide side, decimal quantity, decimal price, decimal mark) => quantity * Math.Max((int)side * (price - mark), 0);

    /// <summary>Cost to open an order: initial margin at the assumed price plus the open loss, quote units.</summary>
    /// <param name="side">Side of the order.</param>
    /// <param name="quantity">Base units, 0 or more.</param>
    /// <param name="price">Assumed price (see <see cref="AssumedPrice"/>), quote units.</param>
    /// <param name="mark">Mark price, quote units.</param>
    /// <param name="leverage">1 or more.</param>
    public static decimal CostToOpen(OrderSide side, decimal quantity, decimal price, decimal mark, decimal leverage) =>
        Initial(quantity * price, leverage) + OpenLoss(side, quantity, price, mark);

    /// <summary>The notional that margin is charged for, position and open orders netted: the larger of what all buys and all sells would make of it.</summary>
    /// <param name="position">Signed notional of the position, quote units.</param>
    /// <param name="bids">Notional of open buys that do not only reduce, quote units.</param>
    /// <param name="asks">Notional of open sells that do not only reduce, quote units.</param>
    public static decimal NettedNotional(decimal position, decimal bids, decimal asks) => Math.Max(Math.Abs(position + bids), Math.Abs(position - asks));

    /// <summary>What is left for new orders, quote units, 0 or more: cross wallet plus unrealised PnL less the initial margins.</summary>
    public static decimal Available(decimal crossWallet, decimal unrealizedPnl, decimal positionInitial, decimal orderInitial) =>
        Math.Max(crossWallet + unrealizedPnl - positionInitial - orderInitial, 0);

    /// <summary>Maintenance margin as a share of the margin balance: at 1 the venue liquidates. Null when the balance is not above 0.</summary>
    public static decimal? Ratio(decimal maintenance, decimal marginBalance) => marginBalance > 0 ? maintenance / marginBalance : null;

    /// <summary>
    /// The share that all prices may move against the book before the balance meets the maintenance margin of today's notionals:
    /// (balance - maintenance) / gross notional; negative when it is below already, null without a notional.
    /// </summary>
    public static decimal? LiquidationDistance(decimal marginBalance, decimal maintenance, decimal grossNotional) =>
        grossNotional > 0 ? (marginBalance - maintenance) / grossNotional : null;
}
