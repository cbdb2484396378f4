namespace Granary.Journal.Records;

/// <summary>A position after a fill or a reconciliation.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Quantity">Signed base units.</param>
/// <param name="CostBasis">Exact signed cost of the open quantity in quote units (entry price times quantity).</param>
/// <param name="RealizedPnl">Since the beginning, before fees.</param>
/// <param name="Fees">Since the beginning.</param>
/// <param name="LastTradeId">The last fill contained.</param>
/// <param name="Strategy">Who holds it, or empty.</param>
/// <param name="Guard">State of the position's protection (a kernel snapshot), or empty.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
public sealed record PositionRecord(
    string Account, string Symbol, decimal Quantity, decimal CostBasis, decimal RealizedPnl, decimal Fees, long LastTradeId, string Strategy, byte[] Guard,
    long TimeMs) : JournalRecord;
