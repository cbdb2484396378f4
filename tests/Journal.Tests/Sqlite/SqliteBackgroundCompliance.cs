using Granary.Journal.Sqlite;
using Granary.Journal.Tests.Compliance;
using Granary.Journal.Tests.Support;

namespace Granary.Journal.Tests.Sqlite;

public sealed class SqliteBackgroundCompliance : JournalCompliance
{
    protected override ValueTask<IJournal> OpenAsync(string place) => ValueTask.FromResult<IJournal>(
        SqliteJournal.Open(new SqliteJournalOptions(Folder[place]) { Durability = JournalDurability.Process }, new FixedTime(Samples.T0)));
}
