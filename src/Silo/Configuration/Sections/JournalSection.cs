using Granary.Journal.Sqlite;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>The journal.</summary>
public sealed record JournalSection
{
    /// <summary>Folder of the journal, made when missing; folder name, default ./data.</summary>
    [FilePath]
    public string Path { get; init; } = "./data";

    /// <summary>What a record survives once it counts as written; Process, Power, default Power.</summary>
    public JournalDurability Durability { get; init; } = JournalDurability.Power;

    /// <summary>Records that may wait for the writer before callers wait too; 1 to 10,000,000, default 10,000.</summary>
    [Within(1, 10_000_000)]
    public int QueueMax { get; init; } = 10_000;
}
