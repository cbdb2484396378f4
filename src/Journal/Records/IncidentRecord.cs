namespace Granary.Journal.Records;

/// <summary>An anomaly in words: what was seen, what was done, what state resulted.</summary>
/// <param name="Scope">What it concerns, for example account main or symbol BTCUSDT.</param>
/// <param name="Kind">Short stable name, for example StreamLost.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Done">What was done.</param>
/// <param name="Result">What state resulted.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
public sealed record IncidentRecord(string Scope, string Kind, string Seen, string Done, string Result, long TimeMs) : JournalRecord;
