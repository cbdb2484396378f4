using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Binance's words for enum values.</summary>
internal static class VenueWords
{
    public static ReadOnlySpan<byte> Quoted(OrderSide side) => side == OrderSide.Buy ? "\"BUY\""u8 : "\"SELL\""u8;

    public static ReadOnlySpan<byte> Quoted(OrderType type) => type == OrderType.Market ? "\"MARKET\""u8 : "\"LIMIT\""u8;

    public static ReadOnlySpan<byte> Quoted(PositionSide side) => side switch
    {
        PositionSide.Long => "\"LONG\""u8,
        PositionSide.Short => "\"SHORT\""u8,
        _ => "\"BOTH\""u8,
    };

    /// <summary>The margin type as settings spell it.</summary>
    public static ReadOnlySpan<byte> Quoted(MarginType type) => type == MarginType.Isolated ? "\"ISOLATED\""u8 : "\"CROSSED\""u8;

    /// <summary>The margin type as positions spell it.</summary>
    public static ReadOnlySpan<byte> OfPosition(MarginType type) => type == MarginType.Isolated ? "\"isolated\""u8 : "\"cross\""u8;

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

    /// <summary>The status of an order; one that met its own account has a word of its own.</summary>
    public static ReadOnlySpan<byte> Status(ExchangeOrder order) => order.Terms.EndedInMatch ? "\"EXPIRED_IN_MATCH\""u8 : Quoted(order.Status);

    /// <summary>The time in force of an order; one with a date has a word of its own.</summary>
    public static ReadOnlySpan<byte> Force(TimeInForce timeInForce, OrderTerms terms) => terms.GoodTillMs != 0 ? "\"GTD\""u8 : Quoted(timeInForce);

    public static ReadOnlySpan<byte> Quoted(SelfTradePrevention mode) => mode switch
    {
        SelfTradePrevention.ExpireTaker => "\"EXPIRE_TAKER\""u8,
        SelfTradePrevention.ExpireMaker => "\"EXPIRE_MAKER\""u8,
        SelfTradePrevention.ExpireBoth => "\"EXPIRE_BOTH\""u8,
        _ => "\"NONE\""u8,
    };

    public static ReadOnlySpan<byte> Quoted(PriceMatch match) => match switch
    {
        PriceMatch.Opponent => "\"OPPONENT\""u8,
        PriceMatch.Opponent5 => "\"OPPONENT_5\""u8,
        PriceMatch.Opponent10 => "\"OPPONENT_10\""u8,
        PriceMatch.Opponent20 => "\"OPPONENT_20\""u8,
        PriceMatch.Queue => "\"QUEUE\""u8,
        PriceMatch.Queue5 => "\"QUEUE_5\""u8,
        PriceMatch.Queue10 => "\"QUEUE_10\""u8,
        PriceMatch.Queue20 => "\"QUEUE_20\""u8,
        _ => "\"NONE\""u8,
    };

    public static ReadOnlySpan<byte> Quoted(WorkingType type) => type == WorkingType.MarkPrice ? "\"MARK_PRICE\""u8 : "\"CONTRACT_PRICE\""u8;

    public static ReadOnlySpan<byte> Quoted(ConditionalType type) => type switch
    {
        ConditionalType.Stop => "\"STOP\""u8,
        ConditionalType.StopMarket => "\"STOP_MARKET\""u8,
        ConditionalType.TakeProfit => "\"TAKE_PROFIT\""u8,
        ConditionalType.TakeProfitMarket => "\"TAKE_PROFIT_MARKET\""u8,
        _ => "\"TRAILING_STOP_MARKET\""u8,
    };

    public static ReadOnlySpan<byte> Quoted(ConditionalStatus status) => status switch
    {
        ConditionalStatus.New => "\"NEW\""u8,
        ConditionalStatus.Triggering => "\"TRIGGERING\""u8,
        ConditionalStatus.Triggered => "\"TRIGGERED\""u8,
        ConditionalStatus.Finished => "\"FINISHED\""u8,
        ConditionalStatus.Canceled => "\"CANCELED\""u8,
        ConditionalStatus.Expired => "\"EXPIRED\""u8,
        _ => "\"REJECTED\""u8,
    };

    /// <summary>The type of an order in events, where liquidations have a word of their own.</summary>
    public static ReadOnlySpan<byte> EventType(ExchangeOrder order) =>
        order.Origin == OrderOrigin.Liquidation ? "\"LIQUIDATION\""u8 : Quoted(order.Type);

    /// <summary>The type that an order was asked for with: a conditional order's where one placed it.</summary>
    public static ReadOnlySpan<byte> OriginalType(ExchangeOrder order) => order.Terms.Origin is { } origin ? Quoted(origin) : Quoted(order.Type);
}
