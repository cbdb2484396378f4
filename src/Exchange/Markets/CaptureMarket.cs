namespace Granary.Exchange.Markets;

/// <summary>
/// Recorded socket streams, one capture per symbol, merged by receive time: trades, best quotes, book changes and mark prices come out as they were
/// recorded. Each single trade becomes an aggregate trade with its own id (less the number of trades so far that the aggregate stream does not carry, so
/// that ids have no hole). Without a mark price stream the mark is the last price.
/// </summary>
public sealed class CaptureMarket : RecordedMarket
{
    /// <inheritdoc/>
    public override string Kind => "capture";

    private protected override IRecordedSymbol OpenSymbol(IMarketHost host, ListedSymbol symbol, string? file) => new CaptureSymbol(host, symbol, file);
}
