using Granary.Engine.Orders;

namespace Granary.Venues.Binance;

/// <summary>The venue's words for orders. Unknown words never throw: a foreign order may be of any kind, and words are added without notice.</summary>
internal static class OrderText
{
    /// <summary>A stop at market, the only kind of trigger order that is placed here.</summary>
    public const string StopMarket = "STOP_MARKET";

    /// <summary>CONTRACT_PRICE or MARK_PRICE.</summary>
    public static string Of(WorkingPrice price) => price == WorkingPrice.Mark ? "MARK_PRICE" : "CONTRACT_PRICE";

    /// <summary>BUY or SELL.</summary>
    public static string Of(OrderSide side) => side == OrderSide.Buy ? "BUY" : "SELL";

    /// <summary>LIMIT or MARKET.</summary>
    public static string Of(OrderType type) => type == OrderType.Limit ? "LIMIT" : "MARKET";

    /// <summary>GTC, IOC, FOK or GTX.</summary>
    public static string Of(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.Ioc => "IOC",
        TimeInForce.Fok => "FOK",
        TimeInForce.Gtx => "GTX",
        _ => "GTC",
    };

    /// <summary>Side of an order or trade.</summary>
    public static OrderSide Side(string text) => text switch
    {
        "BUY" => OrderSide.Buy,
        "SELL" => OrderSide.Sell,
        _ => throw new FormatException("the side is neither BUY nor SELL"),
    };

    /// <summary>Anything that trades without a price of its own is a market order; the rest (LIMIT, STOP, TAKE_PROFIT, LIQUIDATION) has a price.</summary>
    public static OrderType Type(string text) => text.EndsWith("MARKET", StringComparison.Ordinal) ? OrderType.Market : OrderType.Limit;

    /// <summary>GTD, GTE_GTC and what else rests count as good till cancelled; RPI is post-only.</summary>
    public static TimeInForce Tif(string text) => text switch
    {
        "IOC" => TimeInForce.Ioc,
        "FOK" => TimeInForce.Fok,
        "GTX" or "RPI" => TimeInForce.Gtx,
        _ => TimeInForce.Gtc,
    };

    /// <summary>
    /// The status. NEW_ADL and NEW_INSURANCE are reported with a liquidation's execution and stand as filled as they are. A word that is not known is
    /// <see cref="OrderStatus.Unknown"/>: live, and to be asked for.
    /// </summary>
    public static OrderStatus Status(string text, decimal executed, decimal ordered) => text switch
    {
        "NEW" => OrderStatus.New,
        "PARTIALLY_FILLED" => OrderStatus.PartiallyFilled,
        "FILLED" => OrderStatus.Filled,
        "CANCELED" => OrderStatus.Canceled,
        "EXPIRED" or "EXPIRED_IN_MATCH" => OrderStatus.Expired,
        "REJECTED" => OrderStatus.Rejected,
        "NEW_ADL" or "NEW_INSURANCE" => executed >= ordered && ordered > 0 ? OrderStatus.Filled : executed > 0 ? OrderStatus.PartiallyFilled : OrderStatus.New,
        _ => OrderStatus.Unknown,
    };

    /// <summary>
    /// Whether the venue placed the order: the type of a liquidation's order and the execution outside the book are its own marks; the client id then says
    /// which it was.
    /// </summary>
    public static ForcedClose Forced(string type, string execution, string clientOrderId) =>
        type != "LIQUIDATION" && execution != "CALCULATED" ? ForcedClose.None
        : clientOrderId.StartsWith("adl_autoclose", StringComparison.Ordinal) ? ForcedClose.Deleveraging
        : clientOrderId.StartsWith("settlement_autoclose", StringComparison.Ordinal) ? ForcedClose.Settlement
        : ForcedClose.Liquidation;

    /// <summary>The status of a trigger order (algoStatus); a word that is not known is <see cref="TriggerOrderStatus.Unknown"/>.</summary>
    public static TriggerOrderStatus TriggerStatus(string text) => text switch
    {
        "NEW" => TriggerOrderStatus.Waiting,
        "TRIGGERING" or "TRIGGERED" or "FINISHED" => TriggerOrderStatus.Triggered,
        "CANCELED" => TriggerOrderStatus.Canceled,
        "EXPIRED" => TriggerOrderStatus.Expired,
        "REJECTED" => TriggerOrderStatus.Rejected,
        _ => TriggerOrderStatus.Unknown,
    };
}
