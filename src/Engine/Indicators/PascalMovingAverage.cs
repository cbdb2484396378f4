using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>PWMA(n) of formulas §6.3: the mean of n prices with the weights C(n-1, k)/2^(n-1) of Pascal's triangle.</summary>
public sealed class PascalMovingAverage
{
    private readonly RollingWindow _prices;
    private readonly double[] _weights;

    /// <summary>An average without prices.</summary>
    /// <param name="window">n, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public PascalMovingAverage(int window)
    {
        _prices = new RollingWindow(Require.Window(window));
        _weights = Weights(window);
    }

    /// <summary>Takes a price and returns the average, in the unit of the prices; null before n prices.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The price is not finite.</exception>
    public double? Add(double price)
    {
        _prices.Push(Require.Finite(price));
        var n = _prices.Capacity;
        if (_prices.Count < n) return null;

        // Summed as distances from the last price, so that the mean of equal prices is that price, without rounding dust.
        double sum = 0, lost = 0;
        var prices = _prices.Newest(n);
        for (var i = 0; i < n; i++) CompensatedSum.Add(ref sum, ref lost, _weights[i] * (prices[i] - price));
        return price + (sum + lost);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(PascalMovingAverage), 1);
        _prices.Write(writer);
    }

    /// <summary>Reads a state into this average, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window, damaged, or not of a Pascal average.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(PascalMovingAverage), 1);
        _prices.Restore(ref reader);
    }

    // From the largest weight outwards by the ratio of neighbours, then divided by their sum: C(n-1, k) itself leaves the range of a double at n = 1,031.
    private static double[] Weights(int n)
    {
        var weights = new double[n];
        var middle = (n - 1) / 2;
        weights[middle] = 1;
        for (var k = middle; k > 0; k--) weights[k - 1] = weights[k] * k / (n - k);
        for (var k = middle; k < n - 1; k++) weights[k + 1] = weights[k] * (n - 1 - k) / (k + 1);
        var total = CompensatedSum.Of(weights);
        for (var k = 0; k < n; k++) weights[k] /= total;
        return weights;
    }
}
