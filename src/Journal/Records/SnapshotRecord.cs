namespace Granary.Journal.Records;

/// <summary>A kernel's state; the newest of an owner replaces the ones before.</summary>
/// <param name="Owner">For example symbol/BTCUSDT.</param>
/// <param name="Bytes">Kernel snapshot.</param>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
public sealed record SnapshotRecord(string Owner, byte[] Bytes, long TimeMs) : JournalRecord;
