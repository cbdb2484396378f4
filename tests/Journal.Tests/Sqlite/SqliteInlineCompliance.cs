using Granary.Journal.Sqlite;
using Granary.Journal.Tests.Compliance;
using Granary.Journal.Tests.Support;

namespace Granary.Journal.Tests.Sqlite;

public sealed class SqliteInlineCompliance : JournalCompliance
{
    [Fact]
    public async Task Every_call_is_finished_when_it_returns()
    {
        var journal = SqliteJournal.Open(
            new SqliteJournalOptions(Folder["sync"]) { Mode = JournalMode.Inline, Durability = JournalDurability.Process }, new FixedTime(Samples.T0));
        var acquiring = journal.AcquireEpochAsync("x");
        acquiring.IsCompletedSuccessfully.ShouldBeTrue();
        var epoch = await acquiring;
        journal.AppendAsync([Samples.Order()], epoch).IsCompletedSuccessfully.ShouldBeTrue();
        journal.EnqueueAsync([Samples.Incident()], epoch).IsCompletedSuccessfully.ShouldBeTrue();
        journal.FlushAsync().IsCompletedSuccessfully.ShouldBeTrue();
        journal.Reader.GetOrdersAsync(null, null, 1).IsCompletedSuccessfully.ShouldBeTrue();
        journal.Reader.GetContentHashAsync().IsCompletedSuccessfully.ShouldBeTrue();
        journal.DisposeAsync().IsCompletedSuccessfully.ShouldBeTrue();
    }

    protected override ValueTask<IJournal> OpenAsync(string place) => ValueTask.FromResult<IJournal>(
        SqliteJournal.Open(
            new SqliteJournalOptions(Folder[place]) { Mode = JournalMode.Inline, Durability = JournalDurability.Process }, new FixedTime(Samples.T0)));
}
