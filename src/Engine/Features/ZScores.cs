using System.Runtime.InteropServices;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Features;

/// <summary>The z-scores of one bar: every <see cref="ZFeature"/> over every configured window (formulas §2.7). Equal when all bits are.</summary>
public sealed class ZScores : IEquatable<ZScores>
{
    /// <summary>Features that have z-scores: 15.</summary>
    public const int FeatureCount = (int)ZFeature.KyleLambda + 1;

    private readonly int[] _windows;
    private readonly double[] _values;

    /// <summary>Takes the arrays without copying them; they must not change afterwards.</summary>
    /// <param name="windows">The windows, in bars.</param>
    /// <param name="values">Feature by feature one value for each window; NaN for "no value".</param>
    internal ZScores(int[] windows, double[] values) => (_windows, _values) = (windows, values);

    /// <summary>Copies the rows of <see cref="ZScoreWindows"/>.</summary>
    internal static ZScores FromRows(int[] windows, ReadOnlySpan<double> rows)
    {
        var values = new double[FeatureCount * windows.Length];
        for (var i = 0; i < values.Length; i++) values[i] = rows[(i % windows.Length * ZScoreWindows.RowLength) + (i / windows.Length)];
        return new ZScores(windows, values);
    }

    /// <summary>The windows that were configured, in bars, rising.</summary>
    public IReadOnlyList<int> Windows => _windows;

    /// <summary>The z-score of a feature over a window; null while the window holds an item without a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature is unknown, or the window is not among <see cref="Windows"/>.</exception>
    public double? this[ZFeature feature, int window]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)feature, (uint)FeatureCount, nameof(feature));
            var place = Array.IndexOf(_windows, window);
            if (place < 0)
                throw new ArgumentOutOfRangeException(nameof(window), window, $"no z-score of that window; configured are {string.Join(", ", _windows)}");
            var value = _values[((int)feature * _windows.Length) + place];
            return double.IsNaN(value) ? null : value;
        }
    }

    /// <summary>Writes the z-scores.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(ZScores), 1);
        writer.Write(_windows.Length);
        foreach (var window in _windows) writer.Write(window);
        foreach (var value in _values) writer.Write(value);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or not of z-scores.</exception>
    public static ZScores Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(ZScores), 1);
        var count = reader.ReadInt32();
        if (count is < 0 or > PipelineOptions.ZWindowCountMax) throw new InvalidDataException($"snapshot of z-scores is damaged: it claims {count} windows");
        var windows = new int[count];
        foreach (ref var window in windows.AsSpan()) window = reader.ReadInt32();
        var values = new double[FeatureCount * count];
        foreach (ref var value in values.AsSpan()) value = reader.ReadDouble();
        return new ZScores(windows, values);
    }

    /// <inheritdoc/>
    public bool Equals(ZScores? other) =>
        other is not null && _windows.AsSpan().SequenceEqual(other._windows)
        && MemoryMarshal.AsBytes(_values.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(other._values.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ZScores);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(_values.AsSpan()));
        return hash.ToHashCode();
    }
}
