using Granary.Engine.Snapshots;

namespace Granary.Engine.Indicators;

/// <summary>RSI(n) by Wilder (formulas §7.3): 100·G/(G+L) of the averaged gains and losses; 50 when nothing moved.</summary>
public sealed class RelativeStrengthIndex
{
    private readonly SeededExponentialAverage _gains;
    private readonly SeededExponentialAverage _losses;
    private double? _previous;

    /// <summary>An index without prices.</summary>
    /// <param name="window">n, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public RelativeStrengthIndex(int window)
    {
        _gains = SeededExponentialAverage.Wilder(window);
        _losses = SeededExponentialAverage.Wilder(window);
    }

    /// <summary>Takes a price and returns the index, 0 to 100; null before n changes, that is before price n + 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The price is not finite.</exception>
    public double? Add(double price)
    {
        Require.Finite(price);
        var change = price - _previous;
        _previous = price;
        if (change is not { } moved) return null;
        var (gain, loss) = (_gains.Add(Math.Max(moved, 0)), _losses.Add(Math.Max(-moved, 0)));
        return gain + loss == 0 ? 50 : 100 * gain / (gain + loss);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(RelativeStrengthIndex), 1);
        writer.WriteOptional(_previous);
        _gains.Write(writer);
        _losses.Write(writer);
    }

    /// <summary>Reads a state into this index, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window, damaged, or not of a relative strength index.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(RelativeStrengthIndex), 1);
        _previous = reader.ReadOptionalDouble();
        _gains.Restore(ref reader);
        _losses.Restore(ref reader);
    }
}
