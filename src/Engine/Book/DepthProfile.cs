namespace Granary.Engine.Book;

/// <summary>The best levels of both sides (formulas §8.3).</summary>
/// <param name="Levels">How many of each side were looked at; a side with fewer counts with those it has.</param>
/// <param name="BidVolume">Sum of their bid quantities, base units.</param>
/// <param name="AskVolume">Sum of their ask quantities, base units.</param>
/// <param name="Imbalance">(bid volume - ask volume) / (bid volume + ask volume), -1 to 1; 0 when both are 0.</param>
/// <param name="BidSlope">
/// How fast the bid side fills away from the mid, base units per quote unit: the regression through the origin of the cumulative quantity on |price - mid|,
/// Σxy / Σx². Null without a mid or bids.
/// </param>
/// <param name="AskSlope">The same of the ask side.</param>
public readonly record struct DepthProfile(int Levels, decimal BidVolume, decimal AskVolume, double Imbalance, double? BidSlope, double? AskSlope)
{
    /// <summary>Computes the profile of sorted levels.</summary>
    /// <param name="bids">Bids, best first.</param>
    /// <param name="asks">Asks, best first.</param>
    /// <param name="levels">Levels of each side to look at, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of levels is below 1.</exception>
    public static DepthProfile Of(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        bids = bids[..Math.Min(levels, bids.Length)];
        asks = asks[..Math.Min(levels, asks.Length)];
        // Twice the mid times 10^8 is an integer, so that every distance from it is exact.
        long? doubleMid = bids.IsEmpty || asks.IsEmpty ? null : bids[0].PriceE8 + asks[0].PriceE8;
        var (bidVolume, bidSlope) = Side(bids, doubleMid);
        var (askVolume, askSlope) = Side(asks, doubleMid);
        return new DepthProfile(
            levels, BookAmount.ToDecimal(bidVolume), BookAmount.ToDecimal(askVolume), Quote.Share(bidVolume, askVolume), bidSlope, askSlope);
    }

    private static (Int128 Volume, double? Slope) Side(ReadOnlySpan<BookLevel> levels, long? doubleMid)
    {
        Int128 volume = 0;
        double products = 0, squares = 0;
        foreach (ref readonly var level in levels)
        {
            volume += level.QuantityE8;
            if (doubleMid is not { } mid) continue;
            var distance = (double)Int128.Abs(((Int128)2 * level.PriceE8) - mid);
            products += distance * (double)volume;
            squares += distance * distance;
        }
        // Distances are in halves of 10^-8 quote units and volumes in 10^-8 base units: one factor of two remains.
        return (volume, squares > 0 ? 2 * products / squares : null);
    }
}
