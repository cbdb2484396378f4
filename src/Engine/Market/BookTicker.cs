namespace Granary.Engine.Market;

/// <summary>The best bid and ask at one moment (bookTicker).</summary>
/// <param name="UpdateId">Order book update id; rises.</param>
/// <param name="TimeMs">Transaction time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="BidPriceE8">Best bid, times 10^8; 0 when the side is empty.</param>
/// <param name="BidQuantityE8">Quantity at the best bid, times 10^8.</param>
/// <param name="AskPriceE8">Best ask, times 10^8; 0 when the side is empty.</param>
/// <param name="AskQuantityE8">Quantity at the best ask, times 10^8.</param>
public readonly record struct BookTicker(
    long UpdateId, long TimeMs, long BidPriceE8, long BidQuantityE8, long AskPriceE8, long AskQuantityE8)
{
    /// <summary>Best bid in quote units.</summary>
    public decimal BidPrice => Fixed8.ToDecimal(BidPriceE8);

    /// <summary>Best ask in quote units.</summary>
    public decimal AskPrice => Fixed8.ToDecimal(AskPriceE8);
}
