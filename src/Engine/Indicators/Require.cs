using System.Runtime.CompilerServices;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Indicators;

/// <summary>What every indicator demands of its parameters, its input and its snapshot.</summary>
internal static class Require
{
    /// <summary>The longest window that may be configured: 100,000 items.</summary>
    public const int WindowMax = 100_000;

    /// <summary>A window of <paramref name="min"/> to <see cref="WindowMax"/> items.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside that range.</exception>
    public static int Window(int window, int min = 1, [CallerArgumentExpression(nameof(window))] string? name = null) =>
        window >= min && window <= WindowMax
            ? window
            : throw new ArgumentOutOfRangeException(name, window, FormattableString.Invariant($"expected {min} to {WindowMax} items"));

    /// <summary>A finite number. One that is not would stay in a recursive average for good.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or not a number.</exception>
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "expected a finite number");

    /// <summary>A finite number above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, infinite, or not a number.</exception>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "expected a finite number above 0");

    /// <summary>Reads a parameter that must be the one of the kernel that is being restored.</summary>
    /// <exception cref="InvalidDataException">The snapshot was taken with another parameter.</exception>
    public static void Same(ref SnapshotReader reader, int expected, string indicator)
    {
        var found = reader.ReadInt32();
        if (found != expected) throw new InvalidDataException($"snapshot holds {indicator} over {found} items, expected {expected}");
    }

    /// <summary>Reads a parameter that must be, bit for bit, the one of the kernel that is being restored.</summary>
    /// <exception cref="InvalidDataException">The snapshot was taken with another parameter.</exception>
    public static void Same(ref SnapshotReader reader, double expected, string parameter)
    {
        var found = reader.ReadDouble();
        if (BitConverter.DoubleToInt64Bits(found) != BitConverter.DoubleToInt64Bits(expected))
            throw new InvalidDataException(FormattableString.Invariant($"snapshot was taken with {parameter} = {found}, expected {expected}"));
    }

    /// <summary>Reads how many items were taken.</summary>
    /// <exception cref="InvalidDataException">The number is below 0 or above the largest possible.</exception>
    public static int Count(ref SnapshotReader reader, int max, string indicator)
    {
        var count = reader.ReadInt32();
        return count >= 0 && count <= max
            ? count
            : throw new InvalidDataException($"snapshot of {indicator} is damaged: it claims {count} items of at most {max}");
    }
}
