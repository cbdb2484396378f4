using Granary.Engine.Market;

namespace Granary.Engine.Book;

/// <summary>Best bid and ask with their sizes, and what follows from them alone (formulas §8.2).</summary>
/// <param name="BidPriceE8">Best bid in quote units, times 10^8; 0 when there is none.</param>
/// <param name="BidQuantityE8">Quantity there in base units, times 10^8.</param>
/// <param name="AskPriceE8">Best ask, times 10^8; 0 when there is none.</param>
/// <param name="AskQuantityE8">Quantity there, times 10^8.</param>
public readonly record struct Quote(long BidPriceE8, long BidQuantityE8, long AskPriceE8, long AskQuantityE8)
{
    /// <summary>The quote of a ticker event.</summary>
    public Quote(in BookTicker ticker)
        : this(ticker.BidPriceE8, ticker.BidQuantityE8, ticker.AskPriceE8, ticker.AskQuantityE8)
    {
    }

    /// <summary>Whether both sides have a price.</summary>
    public bool IsTwoSided => BidPriceE8 > 0 && AskPriceE8 > 0;

    /// <summary>Ask minus bid, quote units; null unless two-sided.</summary>
    public decimal? Spread => IsTwoSided ? Fixed8.ToDecimal(AskPriceE8 - BidPriceE8) : null;

    /// <summary>The middle between bid and ask, quote units; null unless two-sided.</summary>
    public double? Mid => IsTwoSided ? MidOf(this) : null;

    /// <summary>
    /// The mid weighted by size, (bid·q_ask + ask·q_bid) / (q_bid + q_ask), quote units (formulas §8.2); the mid when both sizes are 0; null unless two-sided.
    /// </summary>
    public double? Microprice => IsTwoSided ? MicropriceOf(this) : null;

    /// <summary>(q_bid - q_ask) / (q_bid + q_ask), -1 to 1; 0 when both sizes are 0 (formulas §8.2); null unless two-sided.</summary>
    public double? Imbalance => IsTwoSided ? Share(BidQuantityE8, AskQuantityE8) : null;

    /// <summary>(bid - ask) / (bid + ask) of two sizes; 0 when both are 0.</summary>
    internal static double Share(Int128 bid, Int128 ask) => bid + ask == 0 ? 0 : (double)(bid - ask) / (double)(bid + ask);

    // The sum of two prices below Fixed8.Max does not overflow, and one division by a power of ten rounds once.
    private static double MidOf(in Quote quote) => (quote.BidPriceE8 + quote.AskPriceE8) / (2.0 * Fixed8.One);

    private static double MicropriceOf(in Quote quote)
    {
        var total = (double)quote.BidQuantityE8 + quote.AskQuantityE8;
        if (total == 0) return MidOf(quote);
        // From the bid upwards, so that nothing cancels.
        return (quote.BidPriceE8 + ((quote.AskPriceE8 - quote.BidPriceE8) * (quote.BidQuantityE8 / total))) / Fixed8.One;
    }
}
