using Granary.Engine.Market;

namespace Granary.Journal.Candles;

/// <summary>A store of candles.</summary>
public sealed record CandleStoreOptions
{
    /// <summary>Folder of the file candles.db; made when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Length of the candles; a store holds one length. Default an hour.</summary>
    public KlineInterval Interval { get; init; } = KlineInterval.Hour;

    /// <summary>Candles kept of each symbol, the newest; 1 to 100,000, default 2,000.</summary>
    public int CandlesMax { get; init; } = 2_000;

    /// <summary>Runs of the selection kept, the newest; 1 to 1,000,000, default 1,000.</summary>
    public int RunsMax { get; init; } = 1_000;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        if (CandlesMax is < 1 or > 100_000) throw new ArgumentException($"{nameof(CandlesMax)} was {CandlesMax}, expected 1 to 100000");
        if (RunsMax is < 1 or > 1_000_000) throw new ArgumentException($"{nameof(RunsMax)} was {RunsMax}, expected 1 to 1000000");
    }
}
