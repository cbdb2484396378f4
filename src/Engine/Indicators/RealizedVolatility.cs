using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>Realised volatility over the last n log returns, with the part that came by jumps (formulas §7.10).</summary>
public sealed class RealizedVolatility
{
    private readonly RollingWindow _returns;

    /// <summary>A volatility without returns.</summary>
    /// <param name="window">n, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public RealizedVolatility(int window) => _returns = new RollingWindow(Require.Window(window));

    /// <summary>Takes a log return and returns the variation of the window; null before n returns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The return is not finite.</exception>
    public RealizedVariation? Add(double logReturn)
    {
        _returns.Push(Require.Finite(logReturn));
        var window = _returns.Capacity;
        if (_returns.Count < window) return null;
        var returns = _returns.Newest(window);
        var variance = CompensatedSum.OfSquares(returns);
        if (window == 1) return new RealizedVariation(variance, null, null);
        var products = 0.0;
        for (var i = 1; i < returns.Length; i++) products += Math.Abs(returns[i]) * Math.Abs(returns[i - 1]);
        var bipower = Math.PI / 2 * window / (window - 1) * products;
        return new RealizedVariation(variance, bipower, variance == 0 ? 0 : Math.Max(variance - bipower, 0) / variance);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(RealizedVolatility), 1);
        _returns.Write(writer);
    }

    /// <summary>Reads a state into this volatility, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window, damaged, or not of a realised volatility.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(RealizedVolatility), 1);
        _returns.Restore(ref reader);
    }
}
