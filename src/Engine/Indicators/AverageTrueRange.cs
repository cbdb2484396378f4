using Granary.Engine.Snapshots;

namespace Granary.Engine.Indicators;

/// <summary>
/// ATR in both forms: Wilder's (formulas §7.5, §5.1: seeded with the mean of the first n true ranges, then (previous·(n-1) + TR)/n) and the simple mean of
/// the last true ranges (§2.8). Each has its own window. The first candle has no true range for Wilder's form; in the simple mean it counts with its high -
/// low.
/// </summary>
public sealed class AverageTrueRange
{
    private readonly TrueRange _range = new();
    private readonly SeededExponentialAverage _wilder;
    private readonly SimpleMovingAverage _simple;

    /// <summary>An average without candles.</summary>
    /// <param name="wilderWindow">n of Wilder's form, 1 to 100,000.</param>
    /// <param name="simpleWindow">True ranges in the simple mean, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window is outside its range.</exception>
    public AverageTrueRange(int wilderWindow, int simpleWindow)
    {
        _wilder = SeededExponentialAverage.Wilder(wilderWindow);
        _simple = new SimpleMovingAverage(simpleWindow);
    }

    /// <summary>The true range of the last candle; null for the first one.</summary>
    public double? Range { get; private set; }

    /// <summary>Wilder's average, in the unit of the prices; null before candle n + 1.</summary>
    public double? Wilder => _wilder.Value;

    /// <summary>The simple mean, in the unit of the prices; null before its window is full.</summary>
    public double? Simple => _simple.Value;

    /// <summary>Takes a candle and returns <see cref="Wilder"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A price is not finite.</exception>
    public double? Add(double high, double low, double close)
    {
        Range = _range.Add(high, low, close);
        _simple.Add(Range ?? (high - low));
        return Range is { } range ? _wilder.Add(range) : null;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(AverageTrueRange), 1);
        _range.Write(writer);
        _wilder.Write(writer);
        _simple.Write(writer);
        writer.WriteOptional(Range);
    }

    /// <summary>Reads a state into this average, which must have the windows of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of other windows, damaged, or not of an average true range.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(AverageTrueRange), 1);
        _range.Restore(ref reader);
        _wilder.Restore(ref reader);
        _simple.Restore(ref reader);
        Range = reader.ReadOptionalDouble();
    }
}
