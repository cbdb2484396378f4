using Granary.Engine.Orders;

namespace Granary.Exchange.Protocol;

/// <summary>Binance's words for enum values.</summary>
internal static class VenueWords
{
    public static ReadOnlySpan<byte> Quoted(OrderSide side) => side == OrderSide.Buy ? "\"BUY\""u8 : "\"SELL\""u8;

    public static ReadOnlySpan<byte> Quoted(OrderType type) => type == OrderType.Market ? "\"MARKET\""u8 : "\"LIMIT\""u8;

    public static ReadOnlySpan<byte> Quoted(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.Gtc => "\"GTC\""u8,
        TimeInForce.Ioc => "\"IOC\""u8,
        TimeInForce.Fok => "\"FOK\""u8,
        TimeInForce.Gtx => "\"GTX\""u8,
        _ => throw new ArgumentOutOfRangeException(nameof(timeInForce), timeInForce, "not a time in force"),
    };

    /// <summary>What the venue knows of an order; the engine's own doubts (pending, unknown) do not exist there.</summary>
    public static ReadOnlySpan<byte> Quoted(OrderStatus status) => status switch
    {
        OrderStatus.New => "\"NEW\""u8,
        OrderStatus.PartiallyFilled => "\"PARTIALLY_FILLED\""u8,
        OrderStatus.Filled => "\"FILLED\""u8,
        OrderStatus.Canceled => "\"CANCELED\""u8,
        OrderStatus.Expired => "\"EXPIRED\""u8,
        OrderStatus.Rejected => "\"REJECTED\""u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "not an order status of the venue"),
    };
}
