using Granary.Engine.Market;

namespace Granary.Tape.Rows;

/// <summary>Reads single fields of UTF-8 text.</summary>
internal static class Fields
{
    /// <summary>2009-01-01 and 2100-01-01, milliseconds: before the one there was no market, after the other it is not the time.</summary>
    private const long TimeMsMin = 1_230_768_000_000, TimeMsMax = 4_102_444_800_000;

    /// <summary>Reads a whole number of up to 18 digits without sign.</summary>
    public static bool TryParseId(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 18) return false;
        foreach (var c in text)
        {
            var digit = (uint)(c - '0');
            if (digit > 9) return false;
            value = (value * 10) + digit;
        }
        return true;
    }

    public static bool TryParseFlag(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.Length == 4;
        return text.Length switch
        {
            4 => text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8),
            5 => text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8),
            _ => false,
        };
    }

    /// <summary>Reads a Unix time whose digits tell its unit: 13 milliseconds, 16 microseconds, 19 nanoseconds.</summary>
    /// <returns>False when it is no such number or outside 2009 to 2100.</returns>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        var digits = text.Length;
        if (digits is not (13 or 16 or 19)) return false;
        // 18 digits first: 19 could overflow before the range is checked.
        if (!TryParseId(text[..Math.Min(digits, 18)], out var value)) return false;
        var scale = digits switch { 13 => 1L, 16 => 1_000L, _ => 100_000L };
        if (value / scale is < TimeMsMin or >= TimeMsMax) return false;
        if (digits < 19)
        {
            nanoseconds = value * (digits == 13 ? 1_000_000L : 1_000L);
            return true;
        }
        var last = (uint)(text[18] - '0');
        nanoseconds = (value * 10) + last;
        return last <= 9;
    }

    /// <summary>Reads a Unix time in the unit its digits tell, in whole milliseconds (cut off, not rounded).</summary>
    /// <returns>The unit; none when it is no such number or outside 2009 to 2100.</returns>
    public static TimeUnit ParseTimeMs(ReadOnlySpan<byte> text, out long milliseconds)
    {
        if (text.Length == (int)TimeUnit.Seconds)
        {
            var isTime = TryParseId(text, out var seconds);
            milliseconds = seconds * 1_000;
            return isTime && IsPlausible(milliseconds) ? TimeUnit.Seconds : TimeUnit.None;
        }
        var isFine = TryParseTime(text, out var nanoseconds);
        milliseconds = nanoseconds / 1_000_000;
        return isFine ? (TimeUnit)text.Length : TimeUnit.None;
    }

    /// <summary>Whether the time lies between 2009 and 2100.</summary>
    public static bool IsPlausible(long milliseconds) => milliseconds is >= TimeMsMin and < TimeMsMax;

    /// <summary>Reads a plain decimal number ("-12.345", no exponent, no blanks) of up to 28 digits; exact.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        if (Fixed8.TryParse(text, out var e8))
        {
            value = Fixed8.ToDecimal(e8);
            return true;
        }
        value = 0;
        var isNegative = text.StartsWith("-"u8);
        UInt128 magnitude = 0;
        var (digits, places) = (0, -1);
        foreach (var c in isNegative ? text[1..] : text)
        {
            if (c == (byte)'.' && places < 0)
            {
                places = 0;
                continue;
            }
            var digit = (uint)(c - '0');
            if (digit > 9 || ++digits > 28) return false;
            magnitude = (magnitude * 10) + digit;
            if (places >= 0) places++;
        }
        if (digits == 0) return false;
        value = new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), isNegative, (byte)Math.Max(places, 0));
        return true;
    }
}
