namespace Granary.Journal.Sqlite;

/// <summary>What a completed append survives.</summary>
public enum JournalDurability
{
    /// <summary>The death of the process, not of the machine: a commit reaches the operating system (WAL, synchronous NORMAL).</summary>
    Process,

    /// <summary>The loss of power as well: a commit reaches the disk before it is acknowledged (WAL, synchronous FULL).</summary>
    Power,
}
