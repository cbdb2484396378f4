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

    /// <summary>Reads a Unix time as <see cref="TryParseTime"/> does, in whole milliseconds (cut off, not rounded).</summary>
    public static bool TryParseTimeMs(ReadOnlySpan<byte> text, out long milliseconds)
    {
        var isTime = TryParseTime(text, out var nanoseconds);
        milliseconds = nanoseconds / 1_000_000;
        return isTime;
    }
}
