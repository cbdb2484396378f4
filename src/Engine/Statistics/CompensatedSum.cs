namespace Granary.Engine.Statistics;

/// <summary>
/// Sums that do not lose the small items beside the large ones (Neumaier's form of Kahan's summation): the result is as good as if it had been added in
/// twice the precision and rounded once. One item after the other, so the bits are the same on every machine.
/// </summary>
public static class CompensatedSum
{
    /// <summary>The sum of the items; 0 when there are none.</summary>
    /// <param name="items">Finite numbers.</param>
    public static double Of(ReadOnlySpan<double> items)
    {
        double sum = 0, lost = 0;
        foreach (var item in items) Add(ref sum, ref lost, item);
        return sum + lost;
    }

    /// <summary>The sum of the items' squares; 0 when there are none.</summary>
    /// <param name="items">Finite numbers whose squares are finite.</param>
    public static double OfSquares(ReadOnlySpan<double> items)
    {
        double sum = 0, lost = 0;
        foreach (var item in items) Add(ref sum, ref lost, item * item);
        return sum + lost;
    }

    /// <summary>Adds one item to a running sum and to what the sum's rounding has lost so far; the result is the sum of both.</summary>
    public static void Add(ref double sum, ref double lost, double item)
    {
        var total = sum + item;
        lost += Math.Abs(sum) >= Math.Abs(item) ? sum - total + item : item - total + sum;
        sum = total;
    }
}
