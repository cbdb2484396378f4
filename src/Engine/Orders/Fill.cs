namespace Granary.Engine.Orders;

/// <summary>One execution of one of the account's orders; unique by (symbol, trade id).</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="TradeId">The venue's trade id; unique per symbol.</param>
/// <param name="ClientOrderId">Client id of the order; empty when the venue's history does not carry it.</param>
/// <param name="VenueOrderId">The venue's order id.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units, above 0.</param>
/// <param name="Fee">In the fee asset; positive is paid.</param>
/// <param name="FeeAsset">Usually USDT.</param>
/// <param name="RealizedPnl">As the venue computed it, before the fee.</param>
/// <param name="IsMaker">Whether our order was resting.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
public sealed record Fill(
    string Symbol,
    long TradeId,
    string ClientOrderId,
    long VenueOrderId,
    OrderSide Side,
    decimal Price,
    decimal Quantity,
    decimal Fee,
    string FeeAsset,
    decimal RealizedPnl,
    bool IsMaker,
    long TimeMs)
{
    /// <summary>Quantity with the sign of the side.</summary>
    public decimal SignedQuantity => (int)Side * Quantity;
}
