using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>
/// KAMA(n, fast, slow) by Kaufman (formulas §7.6): it follows the price by the square of a weight between 2/(slow+1) and 2/(fast+1), as the efficiency
/// ratio |C-Cₙ|/Σ|ΔC| says. It starts from price n, and its first value belongs to price n + 1. A still market has the ratio 1.
/// </summary>
public sealed class AdaptiveMovingAverage
{
    private readonly RollingWindow _prices;
    private readonly int _fast;
    private readonly int _slow;
    private double _average;

    /// <summary>An average without prices.</summary>
    /// <param name="window">n, changes in the efficiency ratio, 1 to 100,000.</param>
    /// <param name="fast">Span of the fastest average, 1 to 100,000, default 2.</param>
    /// <param name="slow">Span of the slowest average, 1 to 100,000, default 30.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public AdaptiveMovingAverage(int window, int fast = 2, int slow = 30)
    {
        _prices = new RollingWindow(Require.Window(window) + 1);
        _fast = Require.Window(fast);
        _slow = Require.Window(slow);
    }

    /// <summary>Takes a price and returns the average, in the unit of the prices; null before price n + 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The price is not finite.</exception>
    public double? Add(double price)
    {
        _prices.Push(Require.Finite(price));
        if (_prices.Count < _prices.Capacity)
        {
            _average = price;
            return null;
        }
        double fastest = 2.0 / (_fast + 1), slowest = 2.0 / (_slow + 1);
        var weight = (EfficiencyRatio() * (fastest - slowest)) + slowest;
        _average += weight * weight * (price - _average);
        return _average;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(AdaptiveMovingAverage), 1);
        writer.Write(_fast);
        writer.Write(_slow);
        _prices.Write(writer);
        writer.Write(_average);
    }

    /// <summary>Reads a state into this average, which must have the parameters of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of other parameters, damaged, or not of an adaptive moving average.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(AdaptiveMovingAverage), 1);
        Require.Same(ref reader, _fast, "an adaptive average whose fast span is");
        Require.Same(ref reader, _slow, "an adaptive average whose slow span is");
        _prices.Restore(ref reader);
        _average = reader.ReadDouble();
    }

    private double EfficiencyRatio()
    {
        var prices = _prices.Newest(_prices.Capacity);
        var path = 0.0;
        for (var i = 1; i < prices.Length; i++) path += Math.Abs(prices[i] - prices[i - 1]);
        return path == 0 ? 1 : Math.Abs(prices[^1] - prices[0]) / path;
    }
}
