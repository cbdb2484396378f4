namespace Granary.Journal.Records;

/// <summary>A fill; unique by account, symbol and trade id: appending the same one again is ignored.</summary>
/// <param name="Position">Place in the journal, rising; 0 when appending.</param>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="TradeId">The venue's trade id; below 0 for a synthetic fill, which no venue's is.</param>
/// <param name="ClientOrderId">Ours, a foreign one, or empty.</param>
/// <param name="VenueOrderId">The venue's order id.</param>
/// <param name="Strategy">Strategy name, or EXTERNAL.</param>
/// <param name="Side">Buy or Sell.</param>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Fee">Paid, in the fee asset.</param>
/// <param name="FeeAsset">Usually USDT.</param>
/// <param name="RealizedPnl">Before the fee, as the engine's ledger computed it.</param>
/// <param name="IsMaker">Whether our order was resting.</param>
/// <param name="TimeMs">The venue's time, milliseconds since the Unix epoch, UTC.</param>
public sealed record FillRecord(
    long Position, string Account, string Symbol, long TradeId, string ClientOrderId, long VenueOrderId, string Strategy, string Side, decimal Price,
    decimal Quantity, decimal Fee, string FeeAsset, decimal RealizedPnl, bool IsMaker, long TimeMs) : JournalRecord
{
    /// <summary>Whether it was inferred, because the venue's history could not show it, or takes such a one back.</summary>
    public bool IsSynthetic => TradeId < 0;
}
