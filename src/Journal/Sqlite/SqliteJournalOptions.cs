namespace Granary.Journal.Sqlite;

/// <summary>How a SQLite journal is kept.</summary>
/// <param name="Folder">The folder that holds the journal; created when missing. The file in it is granary.db.</param>
public sealed record SqliteJournalOptions(string Folder)
{
    /// <summary>What a completed append survives.</summary>
    public JournalDurability Durability { get; init; } = JournalDurability.Power;

    /// <summary>Which thread commits.</summary>
    public JournalMode Mode { get; init; } = JournalMode.Background;

    /// <summary>Records that may wait for the writer, 1 or more; when full, callers wait in line. A larger append waits for an empty queue.</summary>
    public int QueueRecordsMax { get; init; } = 10_000;

    /// <summary>Records committed in one transaction at most, 1 or more; an append is never split, so a larger one is a group of its own.</summary>
    public int GroupRecordsMax { get; init; } = 1_000;

    /// <summary>Reads that run at the same time, 1 to 64; further ones wait in line.</summary>
    public int ReadersMax { get; init; } = 4;

    /// <summary>How long a statement waits for another program's lock on the file, 1 second or more, in whole seconds.</summary>
    public TimeSpan LockWaitMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Size that the file may reach, bytes, 1 MiB or more. Beyond it appends fail with a <see cref="JournalException"/>, so that the engine stops opening
    /// positions before the disk is full. Default 64 GiB.
    /// </summary>
    public long FileBytesMax { get; init; } = 64L << 30;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Folder)) throw new ArgumentException("Folder is empty: name the journal's folder", nameof(Folder));
        Check(QueueRecordsMax, 1, 10_000_000, nameof(QueueRecordsMax));
        Check(GroupRecordsMax, 1, 1_000_000, nameof(GroupRecordsMax));
        Check(ReadersMax, 1, 64, nameof(ReadersMax));
        Check((long)LockWaitMax.TotalSeconds, 1, 3_600, nameof(LockWaitMax) + " (seconds)");
        Check(FileBytesMax, 1 << 20, 1L << 43, nameof(FileBytesMax));
        if (!Enum.IsDefined(Durability)) throw new ArgumentException($"Durability is {Durability}: use Process or Power", nameof(Durability));
        if (!Enum.IsDefined(Mode)) throw new ArgumentException($"Mode is {Mode}: use Background or Inline", nameof(Mode));
    }

    private static void Check(long value, long min, long max, string name)
    {
        if (value < min || value > max) throw new ArgumentException($"{name} is {value}: use {min} to {max}", name);
    }
}
