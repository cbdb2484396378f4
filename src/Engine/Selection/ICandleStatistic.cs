using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Selection;

/// <summary>
/// One number about one symbol, kept up to date candle by candle: what factors and filters have in common. Not safe for concurrent use.
/// </summary>
public interface ICandleStatistic
{
    /// <summary>Takes the next closed candle. Candles come in the order of time, each once, without holes.</summary>
    void Add(in Kline candle);

    /// <summary>Writes the state.</summary>
    void Write(SnapshotWriter writer);

    /// <summary>Reads a state into this statistic, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window or statistic, or damaged.</exception>
    void Restore(ref SnapshotReader reader);
}
