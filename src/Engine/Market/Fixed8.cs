using System.Buffers.Text;

namespace Granary.Engine.Market;

/// <summary>
/// Exact fixed-point numbers with eight decimals, held in a <see cref="long"/> ("E8": the value times 10^8). Every price and quantity that
/// Binance publishes has at most eight decimals, so the trade path computes on scaled integers and converts to <see cref="decimal"/>,
/// exactly, where money is booked. Range: ±92,233,720,368.54775807. A product of two E8 numbers is an E16 number and needs <see cref="Int128"/>.
/// </summary>
public static class Fixed8
{
    /// <summary>10^8: the raw value of one.</summary>
    public const long One = 100_000_000;

    /// <summary>Decimals kept: 8.</summary>
    public const int Decimals = 8;

    /// <summary>The largest raw price or quantity that market data may carry (half the range), so that one more addition cannot overflow.</summary>
    public const long Max = long.MaxValue / 2;

    /// <summary>Converts an E8 number to the decimal of the same value, without trailing zeros; exact.</summary>
    public static decimal ToDecimal(long e8)
    {
        var magnitude = Magnitude(e8);
        var scale = Decimals;
        for (var digits = Decimals; digits > 0 && scale > 0; digits >>= 1)
        {
            var (quotient, rest) = Math.DivRem(magnitude, PowerOfTen(digits));
            if (rest != 0) continue;
            magnitude = quotient;
            scale -= digits;
        }
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, e8 < 0, (byte)scale);
    }

    /// <summary>
    /// Converts an E16 number (a product of two E8 numbers, or a sum of such) to the decimal of the same value, without trailing zeros; exact.
    /// </summary>
    /// <exception cref="OverflowException">The value does not fit the 96 bits of a decimal (more than 28 significant digits).</exception>
    public static decimal ToDecimalE16(Int128 e16)
    {
        var negative = Int128.IsNegative(e16);
        var magnitude = negative ? (UInt128)(-(e16 + 1)) + 1 : (UInt128)e16;
        var scale = 2 * Decimals;
        for (var digits = 2 * Decimals; digits > 0 && scale > 0; digits >>= 1)
        {
            var (quotient, rest) = UInt128.DivRem(magnitude, PowerOfTen(digits));
            if (rest != 0) continue;
            magnitude = quotient;
            scale -= digits;
        }
        if (magnitude >> 96 != 0) throw new OverflowException("the E16 number has more significant digits than a decimal holds");
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), negative, (byte)scale);
    }

    /// <summary>Converts a decimal to E8.</summary>
    /// <exception cref="OverflowException">The value is outside the range.</exception>
    /// <exception cref="ArgumentException">The value has more than eight decimals.</exception>
    public static long FromDecimal(decimal value)
    {
        var scaled = value * One;
        if (scaled != decimal.Truncate(scaled)) throw new ArgumentException($"{value} has more than {Decimals} decimals", nameof(value));
        return (long)scaled;
    }

    /// <summary>
    /// Reads a plain decimal number ("-12.345", no exponent, no blanks) from UTF-8 text.
    /// </summary>
    /// <returns>False when the text is empty, malformed, out of range, or has non-zero digits after the eighth decimal.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long e8)
    {
        e8 = 0;
        if (text.IsEmpty) return false;
        var negative = text[0] == (byte)'-';
        var i = negative ? 1 : 0;
        if (i == text.Length) return false;
        ulong value = 0;
        var digits = 0;
        for (; i < text.Length; i++)
        {
            var d = (uint)(text[i] - '0');
            if (d > 9) break;
            if (value > (ulong)Max / 10) return false;
            value = (value * 10) + d;
            digits++;
        }
        var scale = 0;
        if (i < text.Length && text[i] == (byte)'.')
        {
            i++;
            for (; i < text.Length; i++)
            {
                var d = (uint)(text[i] - '0');
                if (d > 9) return false;
                digits++;
                if (scale == Decimals)
                {
                    if (d != 0) return false;
                    continue;
                }
                if (value > (ulong)Max / 10) return false;
                value = (value * 10) + d;
                scale++;
            }
        }
        if (i != text.Length || digits == 0) return false;
        for (; scale < Decimals; scale++)
        {
            if (value > (ulong)Max / 10) return false;
            value *= 10;
        }
        e8 = negative ? -(long)value : (long)value;
        return true;
    }

    /// <summary>Writes the number as plain UTF-8 text without trailing zeros.</summary>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">The destination has fewer than 21 bytes and the text does not fit.</exception>
    public static int Format(long e8, Span<byte> destination) =>
        Utf8Formatter.TryFormat(ToDecimal(e8), destination, out var written)
            ? written
            : throw new ArgumentException("the destination is too short for the number", nameof(destination));

    private static ulong Magnitude(long e8) => e8 < 0 ? (ulong)-(e8 + 1) + 1 : (ulong)e8;

    private static ulong PowerOfTen(int digits) => digits switch
    {
        16 => 10_000_000_000_000_000,
        8 => 100_000_000,
        4 => 10_000,
        2 => 100,
        _ => 10,
    };
}
