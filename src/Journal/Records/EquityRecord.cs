namespace Granary.Journal.Records;

/// <summary>A point of an account's equity curve.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Wallet">Wallet balance.</param>
/// <param name="UnrealizedPnl">At mark prices.</param>
/// <param name="State">Trading state.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
public sealed record EquityRecord(string Account, decimal Wallet, decimal UnrealizedPnl, string State, long TimeMs) : JournalRecord;
