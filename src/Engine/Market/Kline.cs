namespace Granary.Engine.Market;

/// <summary>One candle as the venue publishes it. Exact decimals; prices in quote units, volumes in base units.</summary>
/// <param name="OpenTimeMs">Start of the interval, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Open">First price of the interval; the previous close when nothing traded.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Sum of quantities, base units; 0 when nothing traded.</param>
/// <param name="CloseTimeMs">Last millisecond of the interval.</param>
/// <param name="QuoteVolume">Sum of price times quantity, quote units.</param>
/// <param name="TradeCount">Single trades in the interval.</param>
/// <param name="TakerBuyVolume">Volume in which the taker bought, base units.</param>
/// <param name="TakerBuyQuoteVolume">Quote volume in which the taker bought.</param>
public readonly record struct Kline(
    long OpenTimeMs,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal Volume,
    long CloseTimeMs,
    decimal QuoteVolume,
    int TradeCount,
    decimal TakerBuyVolume,
    decimal TakerBuyQuoteVolume);
