using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>
/// CMF(n) of formulas §7.7: the volume of n candles, each weighted by where in its range the candle closed (-1 at the low, 1 at the high, 0 when it has no
/// range), over the whole volume; 0 when there is no volume.
/// </summary>
public sealed class ChaikinMoneyFlow
{
    private readonly RollingWindow _flows;
    private readonly RollingWindow _volumes;

    /// <summary>A money flow without candles.</summary>
    /// <param name="window">n, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public ChaikinMoneyFlow(int window)
    {
        _flows = new RollingWindow(Require.Window(window));
        _volumes = new RollingWindow(window);
    }

    /// <summary>Takes a candle and returns the money flow, -1 to 1; null before n candles.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    public double? Add(double high, double low, double close, double volume)
    {
        Require.Finite(high);
        Require.Finite(low);
        Require.Finite(close);
        Require.Finite(volume);
        _flows.Push(high == low ? 0 : ((close - low) - (high - close)) / (high - low) * volume);
        _volumes.Push(volume);
        var window = _volumes.Capacity;
        if (_volumes.Count < window) return null;
        var total = CompensatedSum.Of(_volumes.Newest(window));
        return total == 0 ? 0 : CompensatedSum.Of(_flows.Newest(window)) / total;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(ChaikinMoneyFlow), 1);
        _flows.Write(writer);
        _volumes.Write(writer);
    }

    /// <summary>Reads a state into this money flow, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window, damaged, or not of a money flow.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(ChaikinMoneyFlow), 1);
        _flows.Restore(ref reader);
        _volumes.Restore(ref reader);
    }
}
