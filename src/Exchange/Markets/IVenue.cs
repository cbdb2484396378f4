using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Markets;

/// <summary>Where one symbol's orders meet: a real book, or a recorded market. Called inside the exchange's gate.</summary>
public interface IVenue
{
    /// <summary>Best bid and ask now.</summary>
    BookTicker Ticker(long timeMs);

    /// <summary>The book now, best first, at most <paramref name="limit"/> levels a side.</summary>
    DepthSnapshot Depth(int limit, long timeMs);

    /// <summary>Whether an order at this limit would trade at once.</summary>
    bool WouldTake(OrderSide side, long priceE8);

    /// <summary>Whether the account's order could trade whole, at once, at its limit or better.</summary>
    /// <param name="owner">The account's owner number.</param>
    /// <param name="side">Buy or sell.</param>
    /// <param name="limitE8">Limit, times 10^8.</param>
    /// <param name="quantityE8">Quantity, times 10^8.</param>
    /// <param name="selfTrade">Whether resting orders of the account are in the way.</param>
    bool CanFill(int owner, OrderSide side, long limitE8, long quantityE8, SelfTradePrevention selfTrade);

    /// <summary>Matches an accepted order; fills and expiry are told to the host before the call returns.</summary>
    /// <param name="order">The order.</param>
    /// <param name="limitE8">Its price, or the take bound of a market order, times 10^8.</param>
    /// <param name="workableE8">What of it may trade: less than its quantity only for reduce-only orders larger than the position.</param>
    void Submit(AccountOrder order, long limitE8, long workableE8);

    /// <summary>The next fill id of the symbol, for a fill outside the book.</summary>
    long TakeFillId();

    /// <summary>Takes a resting order away.</summary>
    void Remove(AccountOrder order);

    /// <summary>Puts back an order that rested before a restart.</summary>
    /// <param name="order">The order.</param>
    /// <param name="workableE8">What of it may trade, times 10^8.</param>
    void Restore(AccountOrder order, long workableE8);
}
