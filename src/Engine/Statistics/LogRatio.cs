namespace Granary.Engine.Statistics;

/// <summary>The natural logarithm of a ratio of exact prices; what <see cref="LogReturn"/> is for scaled integers.</summary>
public static class LogRatio
{
    /// <summary>
    /// ln(price / previous). Near 1 the logarithm of a rounded quotient has lost the digits that matter, so there the series
    /// 2·artanh((p - q)/(p + q)) is used, whose error is a few units in the last place of the result.
    /// </summary>
    /// <param name="price">The later price, above 0.</param>
    /// <param name="previous">The earlier price, above 0.</param>
    public static double Of(decimal price, decimal previous)
    {
        var u = (double)(price - previous) / (double)(price + previous);
        var square = u * u;
        if (square > 1e-6) return Math.Log((double)price / (double)previous);

        // The first term left out is below 1e-24 of the result.
        return 2 * u * (1 + (square * ((1.0 / 3) + (square * ((1.0 / 5) + (square * (1.0 / 7)))))));
    }
}
