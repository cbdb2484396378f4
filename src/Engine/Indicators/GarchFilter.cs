using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>
/// The variance of the next return by GARCH(1,1) (formulas §7.8). The recursion starts, at the first return, from the mean of the first squared returns,
/// and publishes nothing before all of those have been seen: nothing looks ahead.
/// </summary>
public sealed class GarchFilter
{
    private readonly RollingWindow _seed;

    /// <summary>A filter without returns.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="warmUp">Returns whose mean square starts the recursion, 1 to 100,000, usually 100.</param>
    /// <exception cref="ArgumentException">A parameter is outside its range; the message names it.</exception>
    public GarchFilter(GarchParameters parameters, int warmUp)
    {
        parameters.Validate();
        Parameters = parameters;
        _seed = new RollingWindow(Require.Window(warmUp));
    }

    /// <summary>The parameters.</summary>
    public GarchParameters Parameters { get; }

    /// <summary>The variance forecast for the next return; null during warm-up.</summary>
    public double? VarianceNext { get; private set; }

    /// <summary>Takes a log return and returns the new <see cref="VarianceNext"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The return is not finite.</exception>
    public double? Add(double logReturn)
    {
        Require.Finite(logReturn);
        if (VarianceNext is { } variance) return VarianceNext = Parameters.Next(variance, logReturn);
        _seed.Push(logReturn);
        var warmUp = _seed.Capacity;
        if (_seed.Count < warmUp) return null;
        var returns = _seed.Newest(warmUp);
        var h = CompensatedSum.OfSquares(returns) / warmUp;
        foreach (var past in returns) h = Parameters.Next(h, past);
        return VarianceNext = h;
    }

    /// <summary>The variance of the return k steps ahead; null during warm-up.</summary>
    /// <param name="steps">k, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is below 1.</exception>
    public double? Forecast(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return VarianceNext is { } variance ? Parameters.Forecast(variance, steps) : null;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(GarchFilter), 1);
        writer.Write(Parameters.Omega);
        writer.Write(Parameters.Alpha);
        writer.Write(Parameters.Beta);
        _seed.Write(writer);
        writer.WriteOptional(VarianceNext);
    }

    /// <summary>Reads a state into this filter, which must have the parameters of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of other parameters, damaged, or not of a GARCH filter.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(GarchFilter), 1);
        Require.Same(ref reader, Parameters.Omega, "GARCH parameter Omega");
        Require.Same(ref reader, Parameters.Alpha, "GARCH parameter Alpha");
        Require.Same(ref reader, Parameters.Beta, "GARCH parameter Beta");
        _seed.Restore(ref reader);
        VarianceNext = reader.ReadOptionalDouble();
        if (VarianceNext.HasValue != (_seed.Count == _seed.Capacity))
            throw new InvalidDataException("snapshot of a GARCH filter is damaged: seed and variance contradict");
    }
}
