namespace Granary.Venues.Binance;

/// <summary>What a frame of a market stream turned out to be.</summary>
public enum MarketFrameKind
{
    /// <summary>Not understood; the frame's reason says why.</summary>
    Malformed,

    /// <summary>An aggregate trade.</summary>
    AggTrade,

    /// <summary>A single trade of the market (X is MARKET or absent).</summary>
    Trade,

    /// <summary>Changes of the order book.</summary>
    Depth,

    /// <summary>Best bid and ask.</summary>
    BookTicker,

    /// <summary>Mark price.</summary>
    MarkPrice,

    /// <summary>A candle, running or closed.</summary>
    Kline,

    /// <summary>The answer to a SUBSCRIBE.</summary>
    Answer,

    /// <summary>A well-formed event of another kind, or of a symbol that was not asked for; the frame's reason names it.</summary>
    Unhandled,
}
