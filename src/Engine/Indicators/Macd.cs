using Granary.Engine.Snapshots;

namespace Granary.Engine.Indicators;

/// <summary>MACD(fast, slow, signal) of formulas §7.4: EMA(fast) - EMA(slow), each seeded on its own first prices, and the EMA of that difference.</summary>
public sealed class Macd
{
    private readonly SeededExponentialAverage _fast;
    private readonly SeededExponentialAverage _slow;
    private readonly SeededExponentialAverage _signal;

    /// <summary>A MACD without prices.</summary>
    /// <param name="fastWindow">Span of the fast EMA, 1 to 100,000.</param>
    /// <param name="slowWindow">Span of the slow EMA, 1 to 100,000.</param>
    /// <param name="signalWindow">Span of the signal line, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window is outside its range.</exception>
    public Macd(int fastWindow, int slowWindow, int signalWindow)
    {
        _fast = SeededExponentialAverage.Ema(fastWindow);
        _slow = SeededExponentialAverage.Ema(slowWindow);
        _signal = SeededExponentialAverage.Ema(signalWindow);
    }

    /// <summary>Fast minus slow average, in the unit of the prices; null until both exist.</summary>
    public double? Line => _fast.Value - _slow.Value;

    /// <summary>The average of <see cref="Line"/>; null until it exists.</summary>
    public double? Signal => _signal.Value;

    /// <summary><see cref="Line"/> minus <see cref="Signal"/>; null until both exist.</summary>
    public double? Histogram => Line - Signal;

    /// <summary>Takes a price and returns the new <see cref="Line"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The price is not finite.</exception>
    public double? Add(double price)
    {
        _fast.Add(price);
        _slow.Add(price);
        if (Line is { } line) _signal.Add(line);
        return Line;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(Macd), 1);
        _fast.Write(writer);
        _slow.Write(writer);
        _signal.Write(writer);
    }

    /// <summary>Reads a state into this MACD, which must have the windows of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of other windows, damaged, or not of a MACD.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(Macd), 1);
        _fast.Restore(ref reader);
        _slow.Restore(ref reader);
        _signal.Restore(ref reader);
    }
}
