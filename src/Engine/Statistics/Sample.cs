namespace Granary.Engine.Statistics;

/// <summary>
/// Statistics of a whole sample, computed once and with compensated sums: one item after the other, so the bits are the same on every machine. Undefined is
/// null (formulas §0.2).
/// </summary>
public static class Sample
{
    /// <summary>The mean; null without items.</summary>
    public static double? Mean(ReadOnlySpan<double> items) => items.IsEmpty ? null : CompensatedSum.Of(items) / items.Length;

    /// <summary>
    /// The standard deviation with n - 1 in the denominator (formulas §0.4); null with fewer than two items, exactly 0 when all are equal (§0.5).
    /// </summary>
    public static double? StandardDeviation(ReadOnlySpan<double> items)
    {
        if (items.Length < 2) return null;
        return IsConstant(items) ? 0 : Math.Sqrt(PowerSum(items, 2) / (items.Length - 1));
    }

    /// <summary>Whether all items are equal; true without items.</summary>
    public static bool IsConstant(ReadOnlySpan<double> items)
    {
        for (var i = 1; i < items.Length; i++)
        {
            if (items[i] != items[0]) return false;
        }
        return true;
    }

    /// <summary>Population skewness (formulas §9.8); null without variation.</summary>
    public static double? Skewness(ReadOnlySpan<double> items) => Standardised(items, 3);

    /// <summary>Population kurtosis, 3 for a normal distribution (formulas §9.8); null without variation.</summary>
    public static double? Kurtosis(ReadOnlySpan<double> items) => Standardised(items, 4);

    /// <summary>The quantile by linear interpolation between order statistics (formulas §0.7); null without items.</summary>
    /// <param name="sorted">Rising.</param>
    /// <param name="q">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range.</exception>
    public static double? Quantile(ReadOnlySpan<double> sorted, double q)
    {
        if (!(q is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(q), q, "expected 0 to 1");
        if (sorted.IsEmpty) return null;
        var place = q * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>
    /// Spearman's rank correlation, ties ranked by their average (formulas §9.6b); null with fewer than two pairs or when a side does not vary.
    /// </summary>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    public static double? RankCorrelation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"the sides have {x.Length} and {y.Length} items, expected as many", nameof(y));
        if (x.Length < 2 || IsConstant(x) || IsConstant(y)) return null;
        double[] a = Ranks(x), b = Ranks(y);
        var mean = (x.Length + 1) / 2.0;
        double both = 0, left = 0, right = 0;
        for (var i = 0; i < a.Length; i++)
        {
            both += (a[i] - mean) * (b[i] - mean);
            left += (a[i] - mean) * (a[i] - mean);
            right += (b[i] - mean) * (b[i] - mean);
        }
        return both / Math.Sqrt(left * right);
    }

    private static double[] Ranks(ReadOnlySpan<double> items)
    {
        var order = new int[items.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var keys = items.ToArray();
        Array.Sort(keys, order);
        var ranks = new double[items.Length];
        for (var i = 0; i < keys.Length;)
        {
            var end = i + 1;
            while (end < keys.Length && keys[end] == keys[i]) end++;
            for (var j = i; j < end; j++) ranks[order[j]] = (i + end + 1) / 2.0;
            i = end;
        }
        return ranks;
    }

    private static double? Standardised(ReadOnlySpan<double> items, int power)
    {
        if (items.Length < 2 || IsConstant(items)) return null;
        var variance = PowerSum(items, 2) / items.Length;
        return PowerSum(items, power) / items.Length / Math.Pow(variance, power / 2.0);
    }

    /// <summary>The sum of the powers of the deviations from the mean.</summary>
    private static double PowerSum(ReadOnlySpan<double> items, int power)
    {
        var mean = CompensatedSum.Of(items) / items.Length;
        double sum = 0, lost = 0;
        foreach (var item in items)
        {
            var deviation = item - mean;
            var square = deviation * deviation;
            CompensatedSum.Add(ref sum, ref lost, power switch { 2 => square, 3 => square * deviation, _ => square * square });
        }
        return sum + lost;
    }
}
