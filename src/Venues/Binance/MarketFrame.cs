using Granary.Engine.Market;

namespace Granary.Venues.Binance;

/// <summary>
/// What one frame of a market stream says. Meant to be kept and filled again: only the members that belong to <see cref="Kind"/> are written.
/// </summary>
public struct MarketFrame
{
    /// <summary>Which of the other members hold.</summary>
    public MarketFrameKind Kind;

    /// <summary>Position of the symbol in the list that the decoder was made with.</summary>
    public int SymbolIndex;

    /// <summary>The trade: of <see cref="MarketFrameKind.Trade"/> an aggregate of that one.</summary>
    public AggTrade Trade;

    /// <summary>The best bid and ask.</summary>
    public BookTicker Ticker;

    /// <summary>The mark price.</summary>
    public MarkPrice Mark;

    /// <summary>The changes of the book.</summary>
    public MarketDepth Depth;

    /// <summary>The candle.</summary>
    public Kline Candle;

    /// <summary>Whether the candle is over.</summary>
    public bool IsCandleClosed;

    /// <summary>Id of the request that is answered; -1 when the frame has none.</summary>
    public long AnswerId;

    /// <summary>The venue's error, or null when it accepted.</summary>
    public string? AnswerError;

    /// <summary>Why the frame is malformed or not handled.</summary>
    public string Reason;
}
