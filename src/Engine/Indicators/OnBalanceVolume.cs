using Granary.Engine.Snapshots;

namespace Granary.Engine.Indicators;

/// <summary>OBV of formulas §7.7, exact: starts with the first volume, adds the volume of a rise and takes that of a fall.</summary>
public sealed class OnBalanceVolume
{
    private decimal? _previousClose;

    /// <summary>The running volume, base units; 0 before the first candle.</summary>
    public decimal Value { get; private set; }

    /// <summary>Takes a candle's close and volume and returns the new <see cref="Value"/>.</summary>
    /// <exception cref="OverflowException">The running volume left the range of a decimal.</exception>
    public decimal Add(decimal close, decimal volume)
    {
        var direction = _previousClose is { } previous ? close.CompareTo(previous) : 1;
        _previousClose = close;
        return Value += direction > 0 ? volume : direction < 0 ? -volume : 0;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(OnBalanceVolume), 1);
        writer.WriteOptional(_previousClose);
        writer.Write(Value);
    }

    /// <summary>Reads a state into this volume.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or not of an on-balance volume.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(OnBalanceVolume), 1);
        _previousClose = reader.ReadOptionalDecimal();
        Value = reader.ReadDecimal();
    }
}
