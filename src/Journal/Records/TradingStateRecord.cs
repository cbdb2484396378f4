namespace Granary.Journal.Records;

/// <summary>An operator's or the engine's change of an account's trading state; the newest one is in force after a restart.</summary>
/// <param name="Account">Account name.</param>
/// <param name="State">Active, ReduceOnly or Halted.</param>
/// <param name="Reason">Why.</param>
/// <param name="Who">operator, or the rule that did it.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
public sealed record TradingStateRecord(string Account, string State, string Reason, string Who, long TimeMs) : JournalRecord;
