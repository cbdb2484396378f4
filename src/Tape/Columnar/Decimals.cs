namespace Granary.Tape.Columnar;

/// <summary>Decimals as integers and a number of places.</summary>
internal static class Decimals
{
    /// <summary>10^0 to 10^18.</summary>
    public static ReadOnlySpan<long> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>integer * 10^-places; exact.</summary>
    public static decimal FromInteger(long integer, int places)
    {
        var magnitude = integer < 0 ? 0UL - (ulong)integer : (ulong)integer;
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, integer < 0, (byte)places);
    }

    /// <summary>The same value without trailing zeros: a 96-bit magnitude, its sign and its places.</summary>
    public static (UInt128 Magnitude, bool IsNegative, int Places) Normalize(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var places = (parts[3] >> 16) & 0xFF;
        var negative = parts[3] < 0;
        if (parts[2] == 0)
        {
            var small = ((ulong)(uint)parts[1] << 32) | (uint)parts[0];
            if (small == 0) return (0, false, 0);
            while (places > 0)
            {
                var (quotient, rest) = Math.DivRem(small, 10UL);
                if (rest != 0) break;
                small = quotient;
                places--;
            }
            return (small, negative, places);
        }
        var magnitude = new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        while (places > 0)
        {
            var (quotient, rest) = UInt128.DivRem(magnitude, 10);
            if (rest != 0) break;
            magnitude = quotient;
            places--;
        }
        return (magnitude, negative, places);
    }

    /// <summary>value * 10^places as an integer.</summary>
    /// <returns>False when it does not fit 64 bits or has more places.</returns>
    public static bool TryToInteger(decimal value, int places, out long integer)
    {
        integer = 0;
        var (magnitude, negative, own) = Normalize(value);
        if (magnitude == 0) return true;
        var shift = places - own;
        if (shift is < 0 or > 18) return false;
        // 96 bits times 10^18 stay below 2^156: look before multiplying.
        if (magnitude > (ulong)long.MaxValue) return false;
        var product = magnitude * (ulong)PowersOfTen[shift];
        if (product > (ulong)long.MaxValue) return false;
        integer = negative ? -(long)(ulong)product : (long)(ulong)product;
        return true;
    }
}
