using Granary.Engine.Snapshots;

namespace Granary.Engine.Indicators;

/// <summary>
/// An exponential average that starts, at item n, with the mean of the first n items: the EMA of the classic indicators (formulas §7.2) and Wilder's
/// average (§7.3, §7.5). <see cref="Statistics.ExponentialAverage"/> is the other kind, which starts with the first item.
/// </summary>
public sealed class SeededExponentialAverage
{
    private readonly int _window;
    private readonly double _weight;
    private readonly double _weightUnit;
    private int _seedCount;
    private double _first;
    private double _offsets;

    private SeededExponentialAverage(int window, double weight, double weightUnit) => (_window, _weight, _weightUnit) = (window, weight, weightUnit);

    /// <summary>The average after the last item; null during the first n - 1 items.</summary>
    public double? Value { get; private set; }

    /// <summary>EMA(n): the newest item has the weight 2/(n+1).</summary>
    /// <param name="window">n, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public static SeededExponentialAverage Ema(int window) => new(Require.Window(window), 2, window + 1.0);

    /// <summary>Wilder's average: (previous·(n-1) + item)/n.</summary>
    /// <param name="window">n, 1 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public static SeededExponentialAverage Wilder(int window) => new(Require.Window(window), 1, window);

    /// <summary>Takes an item and returns the new average; null before n items.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The item is not finite.</exception>
    public double? Add(double item)
    {
        Require.Finite(item);
        if (Value is { } value) return Value = value + ((item - value) * _weight / _weightUnit);

        // Summed as distances from the first item, so that the mean of equal items is that item, without rounding dust.
        if (_seedCount == 0) _first = item;
        _offsets += item - _first;
        if (++_seedCount == _window) Value = _first + (_offsets / _window);
        return Value;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SeededExponentialAverage), 1);
        writer.Write(_window);
        writer.Write(_weight);
        writer.Write(_seedCount);
        writer.Write(_first);
        writer.Write(_offsets);
        writer.WriteOptional(Value);
    }

    /// <summary>Reads a state into this average, which must be of the kind and window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another kind or window, damaged, or not of a seeded exponential average.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(SeededExponentialAverage), 1);
        Require.Same(ref reader, _window, "an exponential average");
        Require.Same(ref reader, _weight, "the weight of an exponential average");
        _seedCount = Require.Count(ref reader, _window, "an exponential average");
        _first = reader.ReadDouble();
        _offsets = reader.ReadDouble();
        Value = reader.ReadOptionalDouble();
        if (Value.HasValue != (_seedCount == _window))
            throw new InvalidDataException("snapshot of an exponential average is damaged: seed and value contradict");
    }
}
