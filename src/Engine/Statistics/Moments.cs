using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Granary.Engine.Statistics;

/// <summary>
/// Sums and deviations of whole windows, computed afresh each time (two passes). A running variance is not used on purpose: after an outlier has
/// passed through it, what is left of it is rounding dust. The order of the additions is fixed (four accumulators of four lanes, whatever the
/// processor offers), so that results are the same bits on every machine.
/// </summary>
public static class Moments
{
    private const int Lanes = 4;
    private const int Block = 4 * Lanes;

    /// <summary>The sum of the items; 0 when there are none.</summary>
    public static double Sum(ReadOnlySpan<double> items)
    {
        ref var start = ref MemoryMarshal.GetReference(items);
        Vector256<double> a = default, b = default, c = default, d = default;
        var i = 0;
        for (; i <= items.Length - Block; i += Block)
        {
            a += Vector256.LoadUnsafe(ref start, (nuint)i);
            b += Vector256.LoadUnsafe(ref start, (nuint)(i + Lanes));
            c += Vector256.LoadUnsafe(ref start, (nuint)(i + (2 * Lanes)));
            d += Vector256.LoadUnsafe(ref start, (nuint)(i + (3 * Lanes)));
        }
        for (; i <= items.Length - Lanes; i += Lanes) a += Vector256.LoadUnsafe(ref start, (nuint)i);
        var sum = Total((a + b) + (c + d));
        for (; i < items.Length; i++) sum += items[i];
        return sum;
    }

    /// <summary>The standard deviation with n - 1 in the denominator (formulas §0.4).</summary>
    /// <param name="items">Two items or more.</param>
    public static double StandardDeviation(ReadOnlySpan<double> items) => Math.Sqrt(Deviations(items).Squares / (items.Length - 1));

    /// <summary>How many standard deviations the last item lies from the mean of all of them (formulas §0.5); 0 when they do not vary.</summary>
    /// <param name="items">Two items or more; the last one is scored.</param>
    public static double ZScore(ReadOnlySpan<double> items)
    {
        var (centre, offset, squares) = Deviations(items);
        var deviation = Math.Sqrt(squares / (items.Length - 1));
        return deviation > 0 ? (items[^1] - centre - offset) / deviation : 0;
    }

    /// <summary>Least-squares slope of y over x, with intercept and through the origin (formulas §2.6); 0 where the denominator is 0.</summary>
    /// <param name="x">The explaining series, one item or more.</param>
    /// <param name="y">The explained series, as long as <paramref name="x"/>.</param>
    public static (double WithIntercept, double ThroughOrigin) Slopes(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var n = x.Length;
        double meanX = Sum(x) / n, meanY = Sum(y) / n;
        ref var startX = ref MemoryMarshal.GetReference(x);
        ref var startY = ref MemoryMarshal.GetReference(y);
        Vector256<double> centreX = Vector256.Create(meanX), centreY = Vector256.Create(meanY);
        Vector256<double> lanesXx = default, lanesXy = default, lanesDx = default, lanesDy = default, lanesRawXx = default, lanesRawXy = default;
        var i = 0;
        for (; i <= n - Lanes; i += Lanes)
        {
            Vector256<double> a = Vector256.LoadUnsafe(ref startX, (nuint)i), b = Vector256.LoadUnsafe(ref startY, (nuint)i);
            Vector256<double> u = a - centreX, v = b - centreY;
            lanesDx += u;
            lanesDy += v;
            lanesXx += u * u;
            lanesXy += u * v;
            lanesRawXx += a * a;
            lanesRawXy += a * b;
        }
        double xx = Total(lanesXx), xy = Total(lanesXy), dx = Total(lanesDx), dy = Total(lanesDy);
        double rawXx = Total(lanesRawXx), rawXy = Total(lanesRawXy);
        for (; i < n; i++)
        {
            double u = x[i] - meanX, v = y[i] - meanY;
            dx += u;
            dy += v;
            xx += u * u;
            xy += u * v;
            rawXx += x[i] * x[i];
            rawXy += x[i] * y[i];
        }
        xx -= dx * dx / n;
        xy -= dx * dy / n;
        return (xx > 0 ? xy / xx : 0, rawXx > 0 ? rawXy / rawXx : 0);
    }

    /// <summary>
    /// The mean, as a centre near it plus a small offset that a double of the mean's size could not hold, and the sum of squared deviations from it.
    /// </summary>
    private static (double Centre, double Offset, double Squares) Deviations(ReadOnlySpan<double> items)
    {
        var n = items.Length;
        var guess = Sum(items) / n;
        ref var start = ref MemoryMarshal.GetReference(items);
        var centre = Vector256.Create(guess);
        Vector256<double> first = default, second = default, squares = default, squaresOdd = default;
        var i = 0;
        for (; i <= n - (2 * Lanes); i += 2 * Lanes)
        {
            var even = Vector256.LoadUnsafe(ref start, (nuint)i) - centre;
            var odd = Vector256.LoadUnsafe(ref start, (nuint)(i + Lanes)) - centre;
            first += even;
            second += odd;
            squares += even * even;
            squaresOdd += odd * odd;
        }
        var sum = Total(first + second);
        var sumSquares = Total(squares + squaresOdd);
        for (; i < n; i++)
        {
            var deviation = items[i] - guess;
            sum += deviation;
            sumSquares += deviation * deviation;
        }

        // The first pass rounds; the deviations' own sum says by how much, and both results are corrected for it.
        return (guess, sum / n, Math.Max(sumSquares - (sum * sum / n), 0));
    }

    /// <summary>The sum of four lanes in a fixed order.</summary>
    internal static double Total(Vector256<double> lanes) =>
        (lanes.GetElement(0) + lanes.GetElement(1)) + (lanes.GetElement(2) + lanes.GetElement(3));
}
