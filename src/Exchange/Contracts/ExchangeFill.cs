using Granary.Engine.Orders;

namespace Granary.Exchange.Contracts;

/// <summary>One execution of an account's order.</summary>
/// <param name="TradeId">Unique per symbol.</param>
/// <param name="OrderId">The order.</param>
/// <param name="ClientOrderId">The order's client id.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Fee">In the quote asset, or in <see cref="FeeAsset"/>.</param>
/// <param name="RealizedPnl">Before the fee.</param>
/// <param name="IsMaker">Whether the order was resting.</param>
/// <param name="TimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
public sealed record ExchangeFill(
    long TradeId, long OrderId, string ClientOrderId, string Symbol, OrderSide Side, decimal Price, decimal Quantity, decimal Fee, decimal RealizedPnl,
    bool IsMaker, long TimeMs)
{
    /// <summary>Which position it changed.</summary>
    public PositionSide PositionSide { get; init; }

    /// <summary>What the fee was paid in; empty, the default, for the symbol's quote asset.</summary>
    public string FeeAsset { get; init; } = "";
}
