using Granary.Engine.Market;

namespace Granary.Engine.Bars;

/// <summary>The range of what closes a bar.</summary>
internal static class BarThreshold
{
    /// <summary>The threshold times 10^8.</summary>
    /// <exception cref="ArgumentException">It is not above 0, is above <see cref="Fixed8.Max"/>, or has more than eight decimals.</exception>
    public static long ToE8(decimal threshold)
    {
        var max = Fixed8.ToDecimal(Fixed8.Max);
        if (threshold <= 0 || threshold > max)
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, FormattableString.Invariant($"expected above 0 to {max}"));
        return Fixed8.FromDecimal(threshold);
    }

    /// <summary>Checks a threshold from a snapshot.</summary>
    /// <exception cref="InvalidDataException">It is outside the range.</exception>
    public static long Checked(long e8) =>
        e8 is > 0 and <= Fixed8.Max ? e8 : throw new InvalidDataException("snapshot is damaged: the threshold of a bar is out of bounds");
}
