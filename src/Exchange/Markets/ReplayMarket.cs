using Granary.Engine.Market;

namespace Granary.Exchange.Markets;

/// <summary>
/// Recorded trades, one tape per symbol. Trades keep the tape's ids; quotes are derived from them (<see cref="TapeReplayVenue"/>). The mark price is the
/// last price, published at the first trade of each interval.
/// </summary>
/// <param name="read">Reads a tape; faults may come while it is enumerated.</param>
/// <param name="isFault">Whether an exception is a fault of the file rather than of the program.</param>
public sealed class ReplayMarket(Func<string, IEnumerable<AggTrade>> read, Func<Exception, bool> isFault) : RecordedMarket
{
    /// <inheritdoc/>
    public override string Kind => "replay";

    private protected override IRecordedSymbol OpenSymbol(IMarketHost host, ListedSymbol symbol, string? file) =>
        new ReplaySymbol(host, symbol, () => file is null ? [] : read(file), isFault);
}
