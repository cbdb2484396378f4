using System.Globalization;
using Dapper;
using Granary.Journal.Sqlite.Migrations;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Sqlite;

/// <summary>Opens the journal's file and its connections, and checks that it is one.</summary>
internal static class JournalFile
{
    /// <summary>"GRAN": marks the file as a journal of this program.</summary>
    private const long ApplicationId = 0x4752414E;

    /// <summary>A file up to this size is read through once at opening, so that damage is found before trading and not in the middle of it.</summary>
    private const long CheckedBytesMax = 256L << 20;

    private const int PageBytes = 4096;

    static JournalFile() => SQLitePCL.Batteries_V2.Init();

    public static SqliteConnection OpenWriter(string file, SqliteJournalOptions options, TimeProvider time)
    {
        CheckHeader(file);
        var connection = new SqliteConnection(ConnectionString(file, SqliteOpenMode.ReadWriteCreate, options));
        try
        {
            connection.Open();
            CheckIdentity(connection, file);
            Configure(connection, file, options);
            CheckContent(connection, file);
            MigrationRunner.Apply(connection, file, Migration.BuiltIn, time);
            connection.Execute(
                "INSERT INTO meta (name, value) VALUES ('created_ms', @Value) ON CONFLICT (name) DO NOTHING",
                new { Value = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) });
            return connection;
        }
        catch (Exception error)
        {
            connection.Dispose();
            if (error is SqliteException) throw SqliteErrors.Translate(file, "open the journal", error);
            throw;
        }
    }

    public static SqliteConnection OpenReader(string file, SqliteJournalOptions options)
    {
        var connection = new SqliteConnection(ConnectionString(file, SqliteOpenMode.ReadOnly, options));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string ConnectionString(string file, SqliteOpenMode mode, SqliteJournalOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = mode,
        Cache = SqliteCacheMode.Private,
        Pooling = false,
        DefaultTimeout = (int)options.LockWaitMax.TotalSeconds,
    }.ToString();

    // SQLite takes a file shorter than its header for an empty one and would write over it. With a rollback journal beside it (a kill while the file was
    // being made) the file is restored from that first.
    private static void CheckHeader(string file)
    {
        if (!File.Exists(file) || File.Exists(file + "-journal")) return;
        Span<byte> header = stackalloc byte[16];
        int count;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            count = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Translate(file, "open the journal", error);
        }
        if (count > 0 && !header[..count].SequenceEqual("SQLite format 3\0"u8))
            throw new JournalException($"{file}: the file is damaged or is no journal; restore a backup or move the file away to begin a new journal");
    }

    private static void CheckIdentity(SqliteConnection connection, string file)
    {
        var id = connection.ExecuteScalar<long>("PRAGMA application_id");
        if (id == ApplicationId) return;
        var tables = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master");
        if (id != 0 || tables != 0)
            throw new JournalException($"{file}: the file is a database of another program; name another folder or move the file away");
        connection.Execute($"PRAGMA application_id = {ApplicationId}");
    }

    private static void Configure(SqliteConnection connection, string file, SqliteJournalOptions options)
    {
        var mode = connection.ExecuteScalar<string>("PRAGMA journal_mode = WAL");
        if (!string.Equals(mode, "wal", StringComparison.OrdinalIgnoreCase))
            throw new JournalException($"{file}: the file system does not support a write-ahead log (journal mode {mode}); put the journal on a local disk");
        connection.Execute(options.Durability == JournalDurability.Power ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        // The writer checkpoints between groups instead of inside a commit that somebody waits for.
        connection.Execute("PRAGMA wal_autocheckpoint = 0");
        connection.Execute("PRAGMA journal_size_limit = 67108864");
        connection.Execute("PRAGMA cache_size = -16384");
        connection.Execute("PRAGMA temp_store = MEMORY");
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {options.FileBytesMax / PageBytes}"));
    }

    private static void CheckContent(SqliteConnection connection, string file)
    {
        if (new FileInfo(file).Length > CheckedBytesMax) return;
        var result = connection.ExecuteScalar<string>("PRAGMA quick_check(1)");
        if (result != "ok")
        {
            throw new JournalException(
                $"{file}: the file is damaged ({result}); keep a copy of the folder, and restore a backup or move the folder away to begin a new journal");
        }
    }
}
