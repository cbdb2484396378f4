namespace Granary.Engine.Statistics;

/// <summary>The natural logarithm of a price ratio.</summary>
public static class LogReturn
{
    /// <summary>
    /// ln(price / previous). Near 1 the logarithm of a rounded quotient has lost the digits that matter, so there the series
    /// 2·artanh((p - q)/(p + q)) is used, whose error is a few units in the last place of the result.
    /// </summary>
    /// <param name="priceE8">The later price, times 10^8, above 0 and at most half the range of <see cref="long"/>.</param>
    /// <param name="previousE8">The earlier price, likewise.</param>
    public static double Of(long priceE8, long previousE8)
    {
        var u = (double)(priceE8 - previousE8) / (priceE8 + previousE8);
        var square = u * u;
        if (square > 1e-6) return Math.Log((double)priceE8 / previousE8);

        // The first term left out is below 1e-24 of the result.
        return 2 * u * (1 + (square * ((1.0 / 3) + (square * ((1.0 / 5) + (square * (1.0 / 7)))))));
    }
}
