using Granary.Engine.Orders;

namespace Granary.Venues.Binance;

/// <summary>A trigger order's event as it was read, without its client id, which stands in the frame as bytes.</summary>
internal struct UserTrigger
{
    public string Symbol;
    public long VenueId;
    public TriggerOrderStatus Status;
    public OrderSide Side;
    public bool IsStop;
    public decimal TriggerPrice;
    public decimal Quantity;

    /// <summary>Whether it closes the whole position; then it has no quantity of its own.</summary>
    public bool ClosesPosition;

    public bool ReduceOnly;
    public long OrderId;
    public string Reason;
}
