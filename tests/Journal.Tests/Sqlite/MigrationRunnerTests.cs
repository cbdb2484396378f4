using Dapper;
using Granary.Journal.Sqlite;
using Granary.Journal.Sqlite.Migrations;
using Granary.Journal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Tests.Sqlite;

public sealed class MigrationRunnerTests : IDisposable
{
    private static readonly Migration First = new(1, "0001_a", "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);");
    private static readonly Migration Second = new(2, "0002_b", "CREATE TABLE b (y INTEGER); INSERT INTO b SELECT x FROM a;");
    private readonly SqliteConnection _connection;

    public MigrationRunnerTests()
    {
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Steps_are_applied_once_and_in_order()
    {
        Apply(First).ShouldBe(1);
        Apply(First, Second).ShouldBe(1);
        Apply(First, Second).ShouldBe(0);
        _connection.ExecuteScalar<long>("SELECT count(*) FROM b").ShouldBe(1);
        _connection.Query<string>("SELECT name FROM schema_migrations ORDER BY version").ShouldBe(["0001_a", "0002_b"]);
        _connection.ExecuteScalar<long>("PRAGMA user_version").ShouldBe(2);
    }

    [Fact]
    public void A_step_that_fails_leaves_nothing_of_itself()
    {
        Apply(First);
        var bad = new Migration(2, "0002_bad", "CREATE TABLE c (z INTEGER); INSERT INTO missing VALUES (1);");
        var error = Should.Throw<JournalException>(() => Apply(First, bad));
        error.Message.ShouldContain("0002_bad");
        _connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'c'").ShouldBe(0);
        Apply(First, Second).ShouldBe(1);
    }

    [Fact]
    public void A_journal_of_a_newer_build_is_refused_by_name()
    {
        Apply(First, Second);
        var error = Should.Throw<JournalException>(() => Apply(First));
        error.Message.ShouldContain("newer build");
        error.Message.ShouldContain("0002_b");
        error.Message.ShouldContain("0001_a");
    }

    [Fact]
    public void A_changed_step_is_refused()
    {
        Apply(First);
        Should.Throw<JournalException>(() => Apply(First with { Sql = "CREATE TABLE a (x TEXT);" })).Message.ShouldContain("0001_a");
    }

    [Fact]
    public void Numbers_have_no_gaps()
    {
        Should.Throw<JournalException>(() => Apply(First, Second with { Version = 3 })).Message.ShouldContain("must have 2");
        Migration.BuiltIn.Select(m => m.Version).ShouldBe(Enumerable.Range(1, Migration.BuiltIn.Count));
        Migration.BuiltIn.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_opened_journal_of_a_newer_build_is_refused_and_left_alone()
    {
        using var folder = new TempFolder();
        var options = new SqliteJournalOptions(folder["a"]);
        var journal = SqliteJournal.Open(options, new FixedTime(Samples.T0));
        await journal.DisposeAsync();
        using (var connection = new SqliteConnection("Pooling=False;Data Source=" + journal.File))
        {
            connection.Open();
            connection.Execute("INSERT INTO schema_migrations VALUES (99, '0099_future', 'x', 0)");
        }
        Should.Throw<JournalException>(() => SqliteJournal.Open(options, new FixedTime(Samples.T0))).Message.ShouldContain("0099_future");
        // The refusal lets go of the folder.
        Should.Throw<JournalException>(() => SqliteJournal.Open(options, new FixedTime(Samples.T0))).Message.ShouldContain("0099_future");
    }

    private int Apply(params Migration[] migrations) => MigrationRunner.Apply(_connection, "test.db", migrations, new FixedTime(Samples.T0));
}
