using Granary.Engine.Snapshots;

namespace Granary.Engine.Statistics;

/// <summary>EMA(n) of formulas §0.6: alpha = 2/(n+1), y0 = x0, y = alpha·x + (1-alpha)·y (pandas <c>ewm(span=n, adjust=False)</c>).</summary>
public sealed class ExponentialAverage
{
    private readonly int _span;

    /// <summary>An average without items.</summary>
    /// <param name="span">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is below 1.</exception>
    public ExponentialAverage(int span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, 1);
        _span = span;
    }

    /// <summary>Items taken so far.</summary>
    public long Count { get; private set; }

    /// <summary>The average; 0 before the first item.</summary>
    public double Value { get; private set; }

    /// <summary>Whether n items have been taken, from when on a signal may use the average.</summary>
    public bool IsWarm => Count >= _span;

    /// <summary>Takes an item and returns the new average.</summary>
    public double Push(double item)
    {
        var alpha = 2.0 / (_span + 1);
        Value = Count == 0 ? item : (alpha * item) + ((1 - alpha) * Value);
        Count++;
        return Value;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Write(_span);
        writer.Write(Count);
        writer.Write(Value);
    }

    /// <summary>Reads a state into this average, which must have the span of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another span, or damaged.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        var span = reader.ReadInt32();
        if (span != _span) throw new InvalidDataException($"snapshot holds an exponential average of span {span}, expected {_span}");
        Count = reader.ReadInt64();
        Value = reader.ReadDouble();
    }
}
