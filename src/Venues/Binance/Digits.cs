using System.Numerics;
using System.Runtime.CompilerServices;

namespace Granary.Venues.Binance;

/// <summary>
/// Eight characters at a time in one 64-bit word, first character in the lowest byte. The masks mark the highest bit of a byte; above the lowest mark they may
/// mark too much, so only the lowest one counts.
/// </summary>
internal static class Digits
{
    private const ulong HighBits = 0x8080_8080_8080_8080;
    private const ulong LowBits = 0x0101_0101_0101_0101;

    // An array, not a span property: without optimisation the latter would be made anew at each use.
    private static readonly long[] _powersOfTen = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    /// <summary>How many of the eight characters come before the first that is no digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ulong word)
    {
        var values = word ^ (LowBits * '0');
        return BitOperations.TrailingZeroCount(((values + (LowBits * 0x76)) | values) & HighBits) >> 3;
    }

    /// <summary>The number that the first characters are.</summary>
    /// <param name="word">The characters.</param>
    /// <param name="count">How many are digits, 1 to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Value(ulong word, int count) => Fold((word ^ (LowBits * '0')) << (64 - (count << 3)));

    /// <summary>The number that the first characters are with zeros behind them up to eight digits: of the decimals 25 that is 25000000.</summary>
    /// <param name="word">The characters.</param>
    /// <param name="count">How many are digits, 1 to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ValuePadded(ulong word, int count) => Fold((word ^ (LowBits * '0')) & (ulong.MaxValue >> (64 - (count << 3))));

    /// <summary>A number with further digits behind it.</summary>
    /// <param name="value">The number.</param>
    /// <param name="word">The characters behind it.</param>
    /// <param name="count">How many of these are digits, 1 to 7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Append(long value, ulong word, int count) => (value * _powersOfTen[count]) + Value(word, count);

    /// <summary>How many of the eight characters come before the first that is a quote, a backslash, or no printable ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountPlain(ulong word)
    {
        var quote = word ^ (LowBits * '"');
        var backslash = word ^ (LowBits * '\\');
        var marks = ((quote - LowBits) & ~quote) | ((backslash - LowBits) & ~backslash) | ((word - (LowBits * 0x20)) & ~word) | word;
        return BitOperations.TrailingZeroCount(marks & HighBits) >> 3;
    }

    // Digits to pairs, pairs to fours, fours to eight: three multiplications.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Fold(ulong values)
    {
        const ulong Mask = 0x0000_00FF_0000_00FF;
        values = (values * 10) + (values >> 8);
        return (long)((((values & Mask) * 0x000F_4240_0000_0064) + (((values >> 16) & Mask) * 0x0000_2710_0000_0001)) >> 32);
    }
}
