using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Matching;

/// <summary>An order as it is handed to the book.</summary>
/// <param name="Side">Buy or sell.</param>
/// <param name="Rule">What happens to the part that does not trade at once.</param>
/// <param name="PriceE8">Limit, times 10^8, above 0. A market order is an immediate order whose limit is its take bound.</param>
/// <param name="QuantityE8">Quantity, times 10^8, above 0.</param>
/// <param name="Owner">Above 0 for an account: its orders never trade with each other. 0 for the background market, which may trade with itself.</param>
/// <param name="ReduceOnly">Whether the resting order must be asked for its limit before it trades.</param>
/// <param name="Tag">Handed back with every trade.</param>
/// <param name="SelfTrade">What ends when the order meets a resting one of its owner.</param>
public readonly record struct BookRequest(
    OrderSide Side, MatchRule Rule, long PriceE8, long QuantityE8, int Owner = 0, bool ReduceOnly = false, object? Tag = null,
    SelfTradePrevention SelfTrade = SelfTradePrevention.None);
