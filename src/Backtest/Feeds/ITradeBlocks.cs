using Granary.Engine.Market;

namespace Granary.Backtest.Feeds;

/// <summary>Trades of one symbol in blocks, by rising id and time.</summary>
public interface ITradeBlocks : IDisposable
{
    /// <summary>Reads the next trades, valid until the next call.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="Tape.TapeException">The file is damaged; the message names file and line.</exception>
    bool TryRead(out ReadOnlySpan<AggTrade> trades);
}
