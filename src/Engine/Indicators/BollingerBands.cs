using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>Bollinger bands (n, k): the mean of n prices and k standard deviations (n - 1 in the denominator, formulas §0.4) to either side of it.</summary>
public sealed class BollingerBands
{
    private readonly RollingWindow _prices;
    private readonly double _width;

    /// <summary>Bands without prices.</summary>
    /// <param name="window">n, 2 to 100,000, usually 20.</param>
    /// <param name="width">k, standard deviations from the mean to either band, above 0, usually 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public BollingerBands(int window, double width)
    {
        _prices = new RollingWindow(Require.Window(window, 2));
        _width = Require.Positive(width);
    }

    /// <summary>Takes a price and returns the bands; null before n prices. They have no width when all prices are equal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The price is not finite.</exception>
    public BollingerBand? Add(double price)
    {
        _prices.Push(Require.Finite(price));
        var window = _prices.Capacity;
        if (_prices.Count < window) return null;
        if (_prices.AreEqual(window)) return new BollingerBand(price, price, price);
        var prices = _prices.Newest(window);
        var middle = CompensatedSum.Of(prices) / window;
        var reach = _width * Moments.StandardDeviation(prices);
        return new BollingerBand(middle, middle + reach, middle - reach);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(BollingerBands), 1);
        writer.Write(_width);
        _prices.Write(writer);
    }

    /// <summary>Reads a state into these bands, which must have the parameters of those that were written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of other parameters, damaged, or not of Bollinger bands.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(BollingerBands), 1);
        Require.Same(ref reader, _width, "the width of Bollinger bands");
        _prices.Restore(ref reader);
    }
}
