using Dapper;
using Granary.Journal.Records;
using Granary.Journal.Sqlite;
using Granary.Journal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Tests.Sqlite;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Both_modes_and_both_durabilities_store_the_same_content()
    {
        var hashes = new List<string>();
        foreach (var mode in Enum.GetValues<JournalMode>())
        {
            foreach (var durability in Enum.GetValues<JournalDurability>())
            {
                await using var journal = Open($"{mode}-{durability}", o => o with { Mode = mode, Durability = durability });
                for (var i = 0; i < 20; i++)
                {
                    await journal.EnqueueAsync([Samples.Decision("i-" + i), Samples.Equity(i)], null);
                    await journal.AppendAsync([Samples.Order("o-" + (i % 5), i), Samples.Fill(i / 2)], null);
                }
                hashes.Add(await journal.Reader.GetContentHashAsync());
            }
        }
        hashes.Count.ShouldBe(4);
        hashes.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_full_queue_makes_callers_wait_and_loses_nothing()
    {
        await using var journal = Open("a", o => o with { QueueRecordsMax = 4, GroupRecordsMax = 3, Durability = JournalDurability.Process });
        var writers = Enumerable.Range(0, 8).Select(async w =>
        {
            for (var i = 0; i < 50; i++)
            {
                if (i % 2 == 0) await journal.EnqueueAsync([Samples.Incident($"{w}-{i}"), Samples.Equity(i)], null);
                else await journal.AppendAsync([Samples.Incident($"{w}-{i}")], null);
            }
        });
        await Task.WhenAll(writers);
        await journal.FlushAsync();
        var kinds = (await journal.Reader.GetIncidentsAsync(1_000)).Select(i => i.Kind).Reverse().ToList();
        kinds.Count.ShouldBe(400);
        for (var w = 0; w < 8; w++) kinds.Where(k => k.StartsWith(w + "-", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, 50).Select(i => $"{w}-{i}"));
        journal.Statistics.RecordsCommitted.ShouldBe(600);
        journal.Statistics.GroupRecordsLargest.ShouldBeLessThanOrEqualTo(3);
        journal.Statistics.RecordsQueued.ShouldBe(0);
    }

    [Fact]
    public async Task Reads_run_beside_writes_and_see_whole_appends()
    {
        await using var journal = Open("a", o => o with { Durability = JournalDurability.Process, ReadersMax = 2 });
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++) await journal.AppendAsync([Samples.Incident("A" + i), Samples.Incident("B" + i)], null);
        });
        var reading = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!writing.IsCompleted) ((await journal.Reader.GetIncidentsAsync(1_000)).Count % 2).ShouldBe(0);
        }));
        await Task.WhenAll([writing, .. reading]);
        (await journal.Reader.GetIncidentsAsync(1_000)).Count.ShouldBe(600);
    }

    [Fact]
    public async Task Statistics_count_what_happened()
    {
        await using var journal = Open("a");
        var epoch = await journal.AcquireEpochAsync("x");
        await journal.AcquireEpochAsync("x");
        await journal.EnqueueAsync([Samples.Equity(), Samples.Equity()], epoch);
        await journal.EnqueueAsync([Samples.Order(status: "Nonsense")], null);
        await journal.AppendAsync([Samples.Equity()], null);
        var statistics = journal.Statistics;
        (statistics.RecordsCommitted, statistics.RecordsStale, statistics.RecordsLost).ShouldBe((1, 2, 1));
        statistics.LastError.ShouldContain("Nonsense");
    }

    [Fact]
    public async Task A_journal_at_its_size_limit_refuses_appends_and_keeps_what_it_has()
    {
        var journal = Open("a", o => o with { FileBytesMax = 1 << 20, Mode = JournalMode.Inline, Durability = JournalDurability.Process });
        var stored = 0;
        JournalException? refusal = null;
        while (refusal is null && stored < 10_000)
        {
            try
            {
                await journal.AppendAsync([Samples.Snapshot("owner-" + stored, new byte[10_000])], null);
                stored++;
            }
            catch (JournalException error)
            {
                refusal = error;
            }
        }
        refusal.ShouldNotBeNull().Message.ShouldContain("size limit");
        refusal.Message.ShouldContain(journal.File);
        stored.ShouldBeInRange(50, 110);
        await journal.DisposeAsync();

        await using var again = Open("a");
        (await again.Reader.GetSnapshotAsync("owner-" + (stored - 1))).ShouldNotBeNull();
        (await again.Reader.GetSnapshotAsync("owner-" + stored)).ShouldBeNull();
        await again.AppendAsync([Samples.Snapshot("owner-" + stored, 1)], null);
    }

    [Fact]
    public async Task A_second_writer_is_refused_until_the_first_ends()
    {
        var first = Open("a");
        var error = Should.Throw<JournalException>(() => Open("a"));
        error.Message.ShouldContain("in use");
        error.Message.ShouldContain(_folder["a"]);
        if (!OperatingSystem.IsWindows()) error.Message.ShouldContain($"process {Environment.ProcessId}");
        await first.DisposeAsync();
        await using var second = Open("a");
    }

    [Fact]
    public async Task A_file_locked_by_another_program_is_named()
    {
        await using (var journal = Open("a")) await journal.AppendAsync([Samples.Order()], null);
        using var other = new SqliteConnection($"Pooling=False;Data Source={_folder["a/granary.db"]}");
        other.Open();
        other.Execute("PRAGMA locking_mode = EXCLUSIVE");
        other.Execute("BEGIN EXCLUSIVE; CREATE TABLE foreign_table (x INTEGER); COMMIT");
        var error = Should.Throw<JournalException>(() => Open("a", o => o with { LockWaitMax = TimeSpan.FromSeconds(1) }));
        error.Message.ShouldContain("granary.db");
        error.Message.ShouldContain("close it");
    }

    [Theory]
    [InlineData("this is no database at all, but it is long enough to be looked at: " + "0123456789012345678901234567890123456789")]
    [InlineData("x")]
    public void A_file_that_is_no_database_is_named(string content)
    {
        Directory.CreateDirectory(_folder["a"]);
        File.WriteAllText(_folder["a/granary.db"], content);
        var error = Should.Throw<JournalException>(() => Open("a"));
        error.Message.ShouldContain("granary.db");
        error.Message.ShouldContain("damaged");
    }

    [Fact]
    public void A_database_of_another_program_is_refused_untouched()
    {
        Directory.CreateDirectory(_folder["a"]);
        using (var other = new SqliteConnection($"Pooling=False;Data Source={_folder["a/granary.db"]}"))
        {
            other.Open();
            other.Execute("CREATE TABLE theirs (x INTEGER)");
        }
        var before = File.ReadAllBytes(_folder["a/granary.db"]);
        Should.Throw<JournalException>(() => Open("a")).Message.ShouldContain("another program");
        File.ReadAllBytes(_folder["a/granary.db"]).ShouldBe(before);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_folder["file"], "");
        Should.Throw<JournalException>(() => Open("file")).Message.ShouldContain("file");
        Should.Throw<JournalException>(() => Open("file/below")).Message.ShouldContain("file");
    }

    [Fact]
    public async Task Damage_inside_the_file_is_found_at_opening()
    {
        await using (var journal = Open("a"))
            for (var i = 0; i < 200; i++) await journal.EnqueueAsync([Samples.Order("o-" + i, i), Samples.Fill(i)], null);
        var file = _folder["a/granary.db"];
        var content = File.ReadAllBytes(file);
        content.Length.ShouldBeGreaterThan(50_000);
        Array.Fill(content, (byte)0xA5, 4096 * 3, content.Length - (4096 * 3));
        File.WriteAllBytes(file, content);
        var error = Should.Throw<JournalException>(() => Open("a"));
        error.Message.ShouldContain("granary.db");
        error.Message.ShouldContain("damaged");
    }

    [Theory]
    [InlineData("QueueRecordsMax")]
    [InlineData("GroupRecordsMax")]
    [InlineData("ReadersMax")]
    [InlineData("LockWaitMax")]
    [InlineData("FileBytesMax")]
    [InlineData("Folder")]
    public void A_wrong_option_is_named(string name)
    {
        var options = new SqliteJournalOptions(name == "Folder" ? " " : _folder["a"]);
        options = name switch
        {
            "QueueRecordsMax" => options with { QueueRecordsMax = 0 },
            "GroupRecordsMax" => options with { GroupRecordsMax = 0 },
            "ReadersMax" => options with { ReadersMax = 65 },
            "LockWaitMax" => options with { LockWaitMax = TimeSpan.FromMilliseconds(999) },
            "FileBytesMax" => options with { FileBytesMax = 4096 },
            _ => options,
        };
        Should.Throw<ArgumentException>(() => SqliteJournal.Open(options, TimeProvider.System)).Message.ShouldContain(name);
    }

    [Fact]
    public async Task The_storage_keeps_its_own_times_out_of_the_content()
    {
        var hashes = new List<string>();
        foreach (var now in new[] { Samples.T0, Samples.T0 + 5_000_000 })
        {
            await using var journal = SqliteJournal.Open(new SqliteJournalOptions(_folder["t" + now]), new FixedTime(now));
            var epoch = await journal.AcquireEpochAsync("x");
            await journal.AppendAsync([Samples.Order(), Samples.Position()], epoch);
            hashes.Add(await journal.Reader.GetContentHashAsync());
        }
        hashes[0].ShouldBe(hashes[1]);
    }

    private SqliteJournal Open(string place, Func<SqliteJournalOptions, SqliteJournalOptions>? change = null)
    {
        var options = new SqliteJournalOptions(_folder[place]);
        return SqliteJournal.Open(change?.Invoke(options) ?? options, new FixedTime(Samples.T0));
    }
}
