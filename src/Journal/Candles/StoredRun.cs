namespace Granary.Journal.Candles;

/// <summary>The record of a run of the selection.</summary>
/// <param name="CloseMs">End of its candle, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Body">JSON.</param>
public sealed record StoredRun(long CloseMs, string Body);
