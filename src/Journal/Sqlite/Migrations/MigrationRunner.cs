using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Sqlite.Migrations;

/// <summary>
/// Brings a journal's schema to the newest step, each step in one transaction with its own bookkeeping. The small part of DbUp or FluentMigrator that is
/// needed here.
/// </summary>
internal static class MigrationRunner
{
    /// <summary>Applies the steps that are missing.</summary>
    /// <returns>How many were applied.</returns>
    /// <exception cref="JournalException">The journal was written by a newer build, or an applied step differs from the one built in.</exception>
    public static int Apply(SqliteConnection connection, string file, IReadOnlyList<Migration> migrations, TimeProvider time)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_ms INTEGER NOT NULL)
            """);
        var applied = connection.Query<(long Version, string Name, string Checksum)>(
            "SELECT version, name, checksum FROM schema_migrations ORDER BY version").AsList();
        for (var i = 0; i < applied.Count; i++)
        {
            var (version, name, checksum) = applied[i];
            if (i >= migrations.Count)
            {
                var known = migrations.Count == 0 ? "none" : migrations[^1].Name;
                throw new JournalException(
                    $"{file}: the journal was written by a newer build: its schema has step {name}, this build knows steps up to {known}; run the newer build");
            }
            if (version != migrations[i].Version || checksum != migrations[i].Checksum)
            {
                throw new JournalException(
                    $"{file}: schema step {name} of the journal is not the step {migrations[i].Name} of this build; run the build that wrote it");
            }
        }

        for (var i = applied.Count; i < migrations.Count; i++) Apply(connection, file, migrations[i], i + 1, time);
        return migrations.Count - applied.Count;
    }

    private static void Apply(SqliteConnection connection, string file, Migration migration, int expectedVersion, TimeProvider time)
    {
        if (migration.Version != expectedVersion)
        {
            throw new JournalException(
                $"schema step {migration.Name} has number {migration.Version} and must have {expectedVersion}: number the steps without gaps");
        }
        using var transaction = connection.BeginTransaction(deferred: false);
        try
        {
            connection.Execute(migration.Sql, transaction: transaction);
            connection.Execute(
                "INSERT INTO schema_migrations (version, name, checksum, applied_ms) VALUES (@Version, @Name, @Checksum, @AppliedMs)",
                new { migration.Version, migration.Name, migration.Checksum, AppliedMs = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {migration.Version}"), transaction: transaction);
            transaction.Commit();
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(file, $"apply schema step {migration.Name}", error);
        }
    }
}
