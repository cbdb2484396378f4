using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>
/// RVI(n), the relative vigor index (formulas §6.4; not the relative volatility index of the same letters): the smoothed mean of close - open over that of
/// high - low, 0 when no candle has a range, and its signal line. Smoothing is (a₀ + 2a₁ + 2a₂ + a₃)/6.
/// </summary>
public sealed class RelativeVigorIndex
{
    private const int SmoothingWindow = 4;

    private readonly RollingWindow _bodies = new(SmoothingWindow);
    private readonly RollingWindow _ranges = new(SmoothingWindow);
    private readonly RollingWindow _smoothBodies;
    private readonly RollingWindow _smoothRanges;
    private readonly RollingWindow _values = new(SmoothingWindow);

    /// <summary>An index without candles.</summary>
    /// <param name="window">n, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public RelativeVigorIndex(int window)
    {
        _smoothBodies = new RollingWindow(Require.Window(window));
        _smoothRanges = new RollingWindow(window);
    }

    /// <summary>The index after the last candle; null before candle n + 3.</summary>
    public double? Value => _values.Count > 0 ? _values.Newest(1)[0] : null;

    /// <summary>The signal line: the smoothed index; null before candle n + 6.</summary>
    public double? Signal => Smooth(_values);

    /// <summary>Takes a candle and returns the new <see cref="Value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A price is not finite.</exception>
    public double? Add(double open, double high, double low, double close)
    {
        Require.Finite(open);
        Require.Finite(high);
        Require.Finite(low);
        Require.Finite(close);
        _bodies.Push(close - open);
        _ranges.Push(high - low);
        if (Smooth(_bodies) is not { } body || Smooth(_ranges) is not { } range) return null;
        _smoothBodies.Push(body);
        _smoothRanges.Push(range);
        var window = _smoothRanges.Capacity;
        if (_smoothRanges.Count < window) return null;
        var ranges = CompensatedSum.Of(_smoothRanges.Newest(window));
        _values.Push(ranges == 0 ? 0 : CompensatedSum.Of(_smoothBodies.Newest(window)) / ranges);
        return Value;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(RelativeVigorIndex), 1);
        _bodies.Write(writer);
        _ranges.Write(writer);
        _smoothBodies.Write(writer);
        _smoothRanges.Write(writer);
        _values.Write(writer);
    }

    /// <summary>Reads a state into this index, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window, damaged, or not of a relative vigor index.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(RelativeVigorIndex), 1);
        _bodies.Restore(ref reader);
        _ranges.Restore(ref reader);
        _smoothBodies.Restore(ref reader);
        _smoothRanges.Restore(ref reader);
        _values.Restore(ref reader);
    }

    private static double? Smooth(RollingWindow items)
    {
        if (items.Count < SmoothingWindow) return null;
        var last = items.Newest(SmoothingWindow);
        return (last[3] + (2 * last[2]) + (2 * last[1]) + last[0]) / 6;
    }
}
