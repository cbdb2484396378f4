namespace Granary.Journal.Records;

/// <summary>What a strategy proposed and what the risk gate said, with the features it rested on.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="IntentId">Deterministic id of the intent.</param>
/// <param name="Kind">Entry or Exit.</param>
/// <param name="Side">Buy or Sell.</param>
/// <param name="Strength">Signal strength.</param>
/// <param name="BarIndex">Bar on which it was decided.</param>
/// <param name="Outcome">Approved or Refused.</param>
/// <param name="Reason">Refusal reason code, or empty.</param>
/// <param name="Detail">Refusal detail, or the approved order's client id.</param>
/// <param name="Why">The conditions with their values, JSON.</param>
/// <param name="Features">The bar's features, JSON.</param>
/// <param name="MarketTimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="TimeMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
public sealed record DecisionRecord(
    string Account, string Symbol, string Strategy, string IntentId, string Kind, string Side, double Strength, long BarIndex, string Outcome,
    string Reason, string Detail, string Why, string Features, long MarketTimeMs, long TimeMs) : JournalRecord;
