using Granary.Engine.Market;

namespace Granary.Journal.Candles;

/// <summary>Closed candles of one length of many symbols, and the record of what was selected from them. Safe for concurrent use.</summary>
public interface ICandleStore
{
    /// <summary>Length of the candles.</summary>
    KlineInterval Interval { get; }

    /// <summary>The newest candles of a symbol, oldest first; holes stay holes.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="count">At most so many.</param>
    /// <exception cref="JournalException">The file cannot be read.</exception>
    IReadOnlyList<Kline> Read(string symbol, int count);

    /// <summary>Open time of a symbol's newest candle; null without any.</summary>
    /// <exception cref="JournalException">The file cannot be read.</exception>
    long? LastOpenMs(string symbol);

    /// <summary>Keeps closed candles, all or none; one that is there already is replaced. What is beyond the bound is dropped, oldest first.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="candles">In any order.</param>
    /// <exception cref="ArgumentException">A candle does not open at a multiple of the interval.</exception>
    /// <exception cref="JournalException">They cannot be stored.</exception>
    void Append(string symbol, IReadOnlyList<Kline> candles);

    /// <summary>Keeps the record of a run; one of the same time is replaced.</summary>
    /// <param name="closeMs">End of the run's candle, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="body">JSON.</param>
    /// <exception cref="JournalException">It cannot be stored.</exception>
    void AppendRun(long closeMs, string body);

    /// <summary>Records of runs, newest first.</summary>
    /// <param name="count">At most so many.</param>
    /// <exception cref="JournalException">The file cannot be read.</exception>
    IReadOnlyList<StoredRun> ReadRuns(int count);
}
