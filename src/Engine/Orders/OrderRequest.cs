namespace Granary.Engine.Orders;

/// <summary>An order as it is sent to a venue.</summary>
/// <param name="ClientOrderId">Our deterministic id, 1 to 36 characters of [.A-Za-z0-9:/_-].</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Limit or market.</param>
/// <param name="TimeInForce">Meaningful for limit orders only.</param>
/// <param name="Quantity">Base units, a multiple of the symbol's step, above 0.</param>
/// <param name="Price">Quote units, a multiple of the symbol's tick, above 0; null for market orders.</param>
/// <param name="ReduceOnly">The order may only make the position smaller.</param>
public sealed record OrderRequest(
    string ClientOrderId,
    string Symbol,
    OrderSide Side,
    OrderType Type,
    TimeInForce TimeInForce,
    decimal Quantity,
    decimal? Price,
    bool ReduceOnly)
{
    /// <summary>+1 for a buy, -1 for a sell.</summary>
    public int Sign => (int)Side;
}
