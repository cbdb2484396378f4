namespace Granary.Journal.Records;

/// <summary>
/// An order and its latest state. Appending one with a client order id that exists updates the state and adds an order event; the first one is what
/// "write before send" means.
/// </summary>
/// <param name="Account">Account name.</param>
/// <param name="ClientOrderId">Deterministic id; unique per account.</param>
/// <param name="Sequence">The account's order sequence number; 0 for foreign orders.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name, or EXTERNAL.</param>
/// <param name="IntentId">What the order is for.</param>
/// <param name="Purpose">Entry or Exit.</param>
/// <param name="Side">Buy or Sell.</param>
/// <param name="Type">Limit or Market.</param>
/// <param name="TimeInForce">Gtc, Ioc, Fok or Gtx.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Price">Quote units, or null.</param>
/// <param name="ReduceOnly">Whether it only reduces.</param>
/// <param name="Atr">ATR that sized it, or null.</param>
/// <param name="StopPrice">Protective stop of the position it opens, or null.</param>
/// <param name="Status">Name of the order status.</param>
/// <param name="VenueOrderId">0 until known.</param>
/// <param name="ExecutedQuantity">Base units.</param>
/// <param name="Detail">What happened: a venue's code and message, or empty.</param>
/// <param name="MarketTimeMs">Market time of the decision, milliseconds since the Unix epoch, UTC.</param>
/// <param name="TimeMs">Engine time of this state, milliseconds since the Unix epoch, UTC.</param>
public sealed record OrderRecord(
    string Account, string ClientOrderId, long Sequence, string Symbol, string Strategy, string IntentId, string Purpose, string Side, string Type,
    string TimeInForce, decimal Quantity, decimal? Price, bool ReduceOnly, double? Atr, decimal? StopPrice, string Status, long VenueOrderId,
    decimal ExecutedQuantity, string Detail, long MarketTimeMs, long TimeMs) : JournalRecord;
