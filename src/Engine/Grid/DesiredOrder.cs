using Granary.Engine.Orders;

namespace Granary.Engine.Grid;

/// <summary>A real order that should rest, or be sent at market: one price with all virtual orders that want it.</summary>
internal struct DesiredOrder
{
    /// <summary>Buy or sell.</summary>
    public OrderSide Side;

    /// <summary>Price, E8; 0 for a market order.</summary>
    public long PriceE8;

    /// <summary>Base units, E8: the sum of the virtual orders.</summary>
    public long QuantityE8;

    /// <summary>The part of <see cref="QuantityE8"/> that opens: its entries.</summary>
    public long OpeningE8;

    /// <summary>Whether it may only make the position smaller.</summary>
    public bool IsReduceOnly;

    /// <summary>Whether it goes at market.</summary>
    public bool IsMarket;

    /// <summary>The order that carries its first virtual order that is carried; 0 for none. No two desired orders have the same.</summary>
    public long CarrierId;

    /// <summary>Whether an order that carries one of its virtual orders is on its way: nothing is done until that is answered.</summary>
    public bool IsWaiting;

    /// <summary>Its first virtual order's place among the legs.</summary>
    public int FirstLeg;

    /// <summary>Its last one's.</summary>
    public int LastLeg;
}
