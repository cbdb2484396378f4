using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Exchange.Markets;

/// <summary>A decoded message of a socket capture; which field is set follows from the kind.</summary>
internal readonly record struct CaptureEvent(CaptureKind Kind, long ReceivedMs)
{
    public AggTrade Trade { get; init; }

    /// <summary>False for trades that the aggregate stream does not carry.</summary>
    public bool IsMarketTrade { get; init; }

    public BookTicker Ticker { get; init; }

    public MarkPrice Mark { get; init; }

    public DepthUpdate? Update { get; init; }

    public DepthSnapshot? Snapshot { get; init; }

    /// <summary>The messages of one symbol in a capture; those of other symbols count as events of kind Other.</summary>
    /// <exception cref="TapeException">While enumerating: the file, a line or a message is wrong, or there is nothing of this symbol.</exception>
    public static IEnumerable<CaptureEvent> Read(string path, string symbol)
    {
        var prefix = symbol.ToLowerInvariant() + "@";
        var isThere = false;
        foreach (var frame in SocketCapture.Read(path))
        {
            var isOurs = frame.Stream.Length == 0 || frame.Stream.StartsWith(prefix, StringComparison.Ordinal);
            isThere |= isOurs && frame.Stream.Length != 0;
            yield return isOurs ? Decode(in frame) : new CaptureEvent(CaptureKind.Other, frame.ReceivedNs / 1_000_000);
        }
        if (!isThere)
        {
            throw new TapeException(
                path, 0, "stream", TapeDefect.MessageInvalid, $"holds no message of {symbol}; give this symbol the file that was recorded for it");
        }
    }

    private static CaptureEvent Decode(in CaptureFrame frame)
    {
        var bare = new CaptureEvent(frame.Kind, frame.ReceivedNs / 1_000_000);
        switch (frame.Kind)
        {
            case CaptureKind.Trade:
                var single = CaptureMessages.ReadTrade(in frame);
                return bare with { Trade = single.ToAggTrade(), IsMarketTrade = single.IsMarket };
            case CaptureKind.AggTrade: return bare with { Trade = CaptureMessages.ReadAggTrade(in frame), IsMarketTrade = true };
            case CaptureKind.BookTicker: return bare with { Ticker = CaptureMessages.ReadBookTicker(in frame) };
            case CaptureKind.MarkPrice: return bare with { Mark = CaptureMessages.ReadMarkPrice(in frame) };
            case CaptureKind.DepthUpdate: return bare with { Update = CaptureMessages.ReadDepthUpdate(in frame) };
            case CaptureKind.DepthSnapshot: return bare with { Snapshot = CaptureMessages.ReadDepthSnapshot(in frame) };
            default: return bare;
        }
    }
}
