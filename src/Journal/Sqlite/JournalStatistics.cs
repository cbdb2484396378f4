namespace Granary.Journal.Sqlite;

/// <summary>Counters of a journal since it was opened.</summary>
/// <param name="RecordsCommitted">Records in committed transactions, ignored duplicates included.</param>
/// <param name="GroupsCommitted">Transactions committed.</param>
/// <param name="GroupRecordsLargest">Records in the largest transaction.</param>
/// <param name="RecordsStale">Records refused because their epoch was stale.</param>
/// <param name="RecordsLost">Records that were queued without waiting and could not be stored.</param>
/// <param name="RecordsQueued">Records waiting for the writer now.</param>
/// <param name="LastError">The last failure to store, or empty.</param>
public sealed record JournalStatistics(
    long RecordsCommitted, long GroupsCommitted, int GroupRecordsLargest, long RecordsStale, long RecordsLost, int RecordsQueued, string LastError);
