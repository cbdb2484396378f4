using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>
/// CFO(n), Chande's forecast oscillator (formulas §6.2): 100·(C-L)/C, L the value of the least-squares line through the last n prices at the last of them.
/// Each window is computed on its own, from distances to its last price: the result is small beside the prices, and running sums would lose it.
/// </summary>
public sealed class ForecastOscillator
{
    private readonly RollingWindow _prices;

    /// <summary>An oscillator without prices.</summary>
    /// <param name="window">n, 1 to 100,000. The line through a single price is that price: the oscillator of n = 1 is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public ForecastOscillator(int window) => _prices = new RollingWindow(Require.Window(window));

    /// <summary>Takes a price and returns the oscillator, per cent; null before n prices.</summary>
    /// <param name="price">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The price is not above 0 or not finite.</exception>
    public double? Add(double price)
    {
        _prices.Push(Require.Positive(price));
        var n = _prices.Capacity;
        if (_prices.Count < n) return null;

        // The line's last value is linear in the prices: price i of 0..n-1 has the weight (6i - 2n + 4)/(n(n+1)), and the weights add up to 1.
        double sum = 0, lost = 0;
        var prices = _prices.Newest(n);
        for (var i = 0; i < n; i++) CompensatedSum.Add(ref sum, ref lost, ((6.0 * i) - (2.0 * n) + 4) * (price - prices[i]));
        return 100 * (sum + lost) / ((double)n * (n + 1)) / price;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(ForecastOscillator), 1);
        _prices.Write(writer);
    }

    /// <summary>Reads a state into this oscillator, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window, damaged, or not of a forecast oscillator.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(ForecastOscillator), 1);
        _prices.Restore(ref reader);
    }
}
