namespace Granary.Engine.Orders;

/// <summary>Which way an order trades.</summary>
public enum OrderSide
{
    /// <summary>Buys the base asset.</summary>
    Buy = 1,

    /// <summary>Sells the base asset.</summary>
    Sell = -1,
}
