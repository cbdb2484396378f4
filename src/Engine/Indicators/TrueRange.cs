using Granary.Engine.Snapshots;

namespace Granary.Engine.Indicators;

/// <summary>True range: max(H-L, |H-C₋₁|, |L-C₋₁|) (formulas §2.8). The first candle has none (§5.1).</summary>
public sealed class TrueRange
{
    private double? _previousClose;

    /// <summary>Takes a candle and returns its true range, in the unit of the prices; null for the first one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A price is not finite.</exception>
    public double? Add(double high, double low, double close)
    {
        Require.Finite(high);
        Require.Finite(low);
        Require.Finite(close);
        double? range = _previousClose is { } previous ? Math.Max(high - low, Math.Max(Math.Abs(high - previous), Math.Abs(low - previous))) : null;
        _previousClose = close;
        return range;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(TrueRange), 1);
        writer.WriteOptional(_previousClose);
    }

    /// <summary>Reads a state into this range.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or not of a true range.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(TrueRange), 1);
        _previousClose = reader.ReadOptionalDouble();
    }
}
