using Granary.Engine.Orders;

namespace Granary.Venues.Binance;

/// <summary>An order's event as it was read, without its client id, which stands in the frame as bytes.</summary>
internal struct UserOrder
{
    public string Symbol;
    public long VenueOrderId;
    public OrderStatus Status;
    public OrderSide Side;

    /// <summary>The venue's word for the type, from which a liquidation is told.</summary>
    public string Type;

    /// <summary>The venue's word for what happened (TRADE, CALCULATED, ...).</summary>
    public string Execution;

    public TimeInForce TimeInForce;
    public decimal Quantity;
    public decimal Price;
    public decimal Executed;
    public decimal AveragePrice;
    public bool ReduceOnly;

    /// <summary>Whether the members from TradeId on hold: something was executed.</summary>
    public bool HasFill;

    public long TradeId;
    public decimal LastPrice;
    public decimal LastQuantity;
    public decimal Fee;
    public string FeeAsset;
    public decimal RealizedPnl;
    public bool IsMaker;
}
