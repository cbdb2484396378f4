using Granary.Engine.Snapshots;

namespace Granary.Engine.Indicators;

/// <summary>
/// The symmetric CUSUM filter (formulas §7.9): two sums of returns, one that never falls below 0 and one that never rises above it. An event is when one
/// leaves ±h; only that side starts again. The fall is looked at first.
/// </summary>
public sealed class CusumFilter
{
    private readonly double _threshold;
    private double _up;
    private double _down;

    /// <summary>A filter without returns.</summary>
    /// <param name="threshold">h, in the unit of the returns, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not above 0.</exception>
    public CusumFilter(double threshold) => _threshold = Require.Positive(threshold);

    /// <summary>Takes a return and says whether it made an event: 1 up, -1 down, 0 none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The return is not finite.</exception>
    public int Add(double logReturn)
    {
        Require.Finite(logReturn);
        _up = Math.Max(0, _up + logReturn);
        _down = Math.Min(0, _down + logReturn);
        if (_down < -_threshold)
        {
            _down = 0;
            return -1;
        }
        if (_up > _threshold)
        {
            _up = 0;
            return 1;
        }
        return 0;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(CusumFilter), 1);
        writer.Write(_threshold);
        writer.Write(_up);
        writer.Write(_down);
    }

    /// <summary>Reads a state into this filter, which must have the threshold of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another threshold, damaged, or not of a CUSUM filter.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(CusumFilter), 1);
        Require.Same(ref reader, _threshold, "the threshold of a CUSUM filter");
        _up = reader.ReadDouble();
        _down = reader.ReadDouble();
    }
}
