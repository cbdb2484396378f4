using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>The recording of market data.</summary>
public sealed record RecordingSection
{
    /// <summary>Whether what the market streams bring is recorded; true, false, default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>Folder of the tapes, a folder for each symbol in it; folder name, default the folder tape in that of the journal.</summary>
    [FilePath]
    public string Folder { get; init; } = "";

    /// <summary>What is recorded; aggTrades, bookTickers, markPrices, default aggTrades, bookTickers, markPrices.</summary>
    [OneOf("aggTrades", "bookTickers", "markPrices"), Entries(1, 3)]
    public IReadOnlyList<string> Kinds { get; init; } = ["aggTrades", "bookTickers", "markPrices"];

    /// <summary>Time between two writes of what has gathered, which is what a kill can lose, seconds; 1 to 3,600, default 5.</summary>
    [Within(1, 3_600)]
    public int FlushSeconds { get; init; } = 5;

    /// <summary>Days that tapes are kept, 0 is for ever; 0 to 36,500, default 0.</summary>
    [Within(0, 36_500)]
    public int DaysKept { get; init; }

    /// <summary>Rows, of some 50 bytes, that may wait for the disk before trades are lost; quotes may fill half of it; 1,000 to 100,000,000, default 1,000,000.</summary>
    [Within(1_000, 100_000_000)]
    public int QueueMax { get; init; } = 1_000_000;
}
