namespace Granary.Engine.Statistics;

/// <summary>
/// The standard normal distribution, accurate to about 1e-12 of the value: the error function by its series of positive terms near zero and by its continued
/// fraction in the tails.
/// </summary>
public static class NormalDistribution
{
    private const double SeriesMax = 3;

    /// <summary>Probability of a value of at most <paramref name="z"/>, 0 to 1.</summary>
    public static double Cumulative(double z) => 0.5 * Complement(-z / Math.Sqrt(2));

    /// <summary>The value that is not exceeded with a probability.</summary>
    /// <param name="p">Above 0, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public static double Quantile(double p)
    {
        if (!(p is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "expected above 0 and below 1");
        if (p == 0.5) return 0;
        if (p > 0.5) return -Quantile(1 - p);

        // A rational start good to 5e-4 (Abramowitz and Stegun 26.2.23), then Newton steps on the logarithm, which converge in the far tail too.
        var t = Math.Sqrt(-2 * Math.Log(p));
        var z = (((0.010328 * t) + 0.802853) * t) + 2.515517;
        z = (z / ((((((0.001308 * t) + 0.189269) * t) + 1.432788) * t) + 1)) - t;
        for (var i = 0; i < 6; i++)
        {
            var cumulative = Cumulative(z);
            var density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
            var step = Math.Log(cumulative / p) * cumulative / density;
            z -= step;
            if (Math.Abs(step) <= 1e-15 * Math.Abs(z)) break;
        }
        return z;
    }

    /// <summary>1 - erf(x).</summary>
    private static double Complement(double x) => x < 0 ? 2 - Complement(-x) : x < SeriesMax ? 1 - Series(x) : Tail(x);

    private static double Series(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 1; term > sum * 1e-18 && n < 200; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Tail(double x)
    {
        var fraction = x;
        for (var k = 120; k >= 1; k--) fraction = x + (0.5 * k / fraction);
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
