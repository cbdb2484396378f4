using Microsoft.Data.Sqlite;

namespace Granary.Journal.Sqlite;

/// <summary>Turns errors of SQLite into errors that name the file and say what to do.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, TooBig = 18, Constraint = 19, Mismatch = 20,
        NotADatabase = 26;

    /// <summary>Whether the error concerns the record at hand only, so that the rest of its group may be stored.</summary>
    public static bool IsOfRecord(SqliteException error) => error.SqliteErrorCode is Constraint or Mismatch or TooBig;

    public static JournalException Translate(string file, string action, Exception error)
    {
        if (error is JournalException known) return known;
        var what = error is SqliteException sqlite ? Describe(sqlite) : Describe(error);
        return new JournalException($"{file}: cannot {action}: {what}", error);
    }

    private static string Describe(SqliteException error) => error.SqliteErrorCode switch
    {
        Busy or Locked => "another program holds a lock on the file; close it and try again",
        ReadOnly => "the file or its folder is read-only; grant write permission",
        IoError => $"the disk reported an error ({error.SqliteExtendedErrorCode}); check the disk and its free space",
        Corrupt => "the file is damaged; stop, keep a copy of the folder, and restore a backup or move the folder away to begin a new journal",
        NotADatabase => "the file is damaged or is no journal; restore a backup or move the file away to begin a new journal",
        Full => "the disk is full or the journal has reached its size limit (FileBytesMax); free space, raise the limit or move the journal away",
        CannotOpen => "the file cannot be opened; check the path and its permissions",
        Constraint => $"the record is not valid ({error.Message})",
        _ => error.Message,
    };

    private static string Describe(Exception error) => error switch
    {
        FormatException or OverflowException or InvalidCastException =>
            $"a stored value is damaged ({error.Message}); restore a backup or move the folder away to begin a new journal",
        UnauthorizedAccessException => "permission denied; grant read and write permission",
        _ => error.Message,
    };
}
