using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Granary.Engine.Statistics;

/// <summary>The natural logarithm of a price ratio.</summary>
public static class LogReturn
{
    // Below this square of (p - q)/(p + q) the first term left out of the series is below 1e-24 of the result.
    private const double SquareMax = 1e-6;

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
        if (square > SquareMax) return Math.Log((double)priceE8 / previousE8);
        return 2 * u * (1 + (square * ((1.0 / 3) + (square * ((1.0 / 5) + (square * (1.0 / 7)))))));
    }

    /// <summary>Four of them at once, the same bits as one by one.</summary>
    /// <param name="pricesE8">The later prices.</param>
    /// <param name="previousE8">The earlier prices.</param>
    /// <param name="wanted">All bits set in the lanes that count; the others are 0 in the result and may hold anything.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Of(Vector256<long> pricesE8, Vector256<long> previousE8, Vector256<double> wanted)
    {
        var u = (Vector256.ConvertToDouble(pricesE8 - previousE8) / Vector256.ConvertToDouble(pricesE8 + previousE8)) & wanted;
        var square = u * u;
        if (Vector256.GreaterThanAny(square, Vector256.Create(SquareMax))) return OneByOne(pricesE8, previousE8, wanted);
        var series = (Vector256.Create(1.0 / 7) * square) + Vector256.Create(1.0 / 5);
        series = (series * square) + Vector256.Create(1.0 / 3);
        series = (series * square) + Vector256<double>.One;
        return (u + u) * series;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<double> OneByOne(Vector256<long> pricesE8, Vector256<long> previousE8, Vector256<double> wanted)
    {
        Span<double> results = stackalloc double[Vector256<double>.Count];
        for (var i = 0; i < results.Length; i++) results[i] = wanted.AsInt64()[i] == 0 ? 0 : Of(pricesE8[i], previousE8[i]);
        return Vector256.Create<double>(results);
    }
}
