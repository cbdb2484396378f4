using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Backtest.Execution;

/// <summary>An order on its way to the simulated venue or resting there. Prices and quantities times 10^8.</summary>
internal sealed class WorkingOrder(Order source, long venueOrderId, string tag, decimal referencePrice, long decidedMs, long arrivalMs)
{
    public Order Source { get; } = source;

    public OrderRequest Request => Source.Request;

    public long VenueOrderId { get; } = venueOrderId;

    /// <summary>Why it was sent: the regime of an entry, the reason of an exit.</summary>
    public string Tag { get; } = tag;

    public decimal ReferencePrice { get; } = referencePrice;

    public long DecidedMs { get; } = decidedMs;

    public long ArrivalMs { get; } = arrivalMs;

    public int Sign { get; } = source.Request.Sign;

    public long PriceE8 { get; set; } = source.Request.Price is { } price ? Fixed8.FromDecimal(price) : 0;

    public long RemainingE8 { get; set; } = Fixed8.FromDecimal(source.Request.Quantity);

    public long ExecutedE8 { get; set; }

    /// <summary>What stands before it at its price.</summary>
    public double QueueAheadE8 { get; set; }

    /// <summary>What traded at its price since the level last changed: that part of the change is no cancellation.</summary>
    public double TradedE8 { get; set; }

    public bool IsResting { get; set; }

    /// <summary>
    /// The best price that the market offered when it was last matched: the book's other side, else the trade's price; 0 before.
    /// </summary>
    public long MarketE8 { get; set; }

    /// <summary>Whether a fill is better than the market offered. A resting order's own price may be better than the trade that goes through it.</summary>
    public bool IsBeyondMarket(decimal price) => !IsResting && MarketE8 > 0 && Sign * (price - Fixed8.ToDecimal(MarketE8)) < 0;

    /// <summary>When another price arrives; long.MaxValue for none.</summary>
    public long AmendMs { get; set; } = long.MaxValue;

    /// <summary>That price.</summary>
    public long AmendedE8 { get; set; }

    /// <summary>When a cancel arrives; long.MaxValue for none.</summary>
    public long CancelMs { get; set; } = long.MaxValue;
}
