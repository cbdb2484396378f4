using System.Runtime.CompilerServices;
using Granary.Engine.Market;

namespace Granary.Tape.Rows;

/// <summary>
/// Reads numbers eight digits at a step. Every byte of a field is looked at; what is not surely a number of the plain form that public files have is
/// refused, and then a careful parser decides. 16 bytes before a field must be readable.
/// </summary>
internal static class Digits
{
    private const ulong Zeros = 0x3030_3030_3030_3030, Dots = 0x2E2E_2E2E_2E2E_2E2E, Ones = 0x0101_0101_0101_0101, Highs = 0x8080_8080_8080_8080;

    // By the digits behind the point, plus 1; the first is for none and no point.
    private static readonly long[] Scales = [Fixed8.One, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    /// <summary>Reads a whole number of 1 to 16 digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadInteger(ref byte text, int start, int end, out long value)
    {
        var length = end - start;
        var low = Load(ref text, end - 8) ^ Zeros;
        if (length <= 8)
        {
            // An empty field shifts by 64, which C# takes for 0; it is refused all the same.
            low &= ulong.MaxValue << (64 - (8 * length));
            value = Combine(low);
            return length > 0 && AreDigits(low);
        }
        var high = (Load(ref text, end - 16) ^ Zeros) & (ulong.MaxValue << (128 - (8 * length)));
        value = (Combine(high) * 100_000_000) + Combine(low);
        return length <= 16 && AreDigits(high) & AreDigits(low);
    }

    /// <summary>Reads a decimal number without sign of up to 16 characters and at most eight decimals; the result is below 10^18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadE8(ref byte text, int start, int end, out long e8)
    {
        var length = end - start;
        if (length <= 8)
        {
            var shift = 64 - (8 * length);
            var low = (Load(ref text, end - 8) ^ Zeros) & (ulong.MaxValue << shift);
            // '.' ^ '0' marks the point; without one, all eight characters are of the whole part.
            var places = PlacesOf(low, out var point);
            low = DropPoint(low, point);
            e8 = Combine(low) * Scale(places);
            return length > (places >= 0 ? 1 : 0) && AreDigits(low);
        }
        return TryReadLongE8(ref text, start, end, out e8);
    }

    private static bool TryReadLongE8(ref byte text, int start, int end, out long e8)
    {
        e8 = 0;
        var length = end - start;
        if (length > 16) return false;
        var low = Load(ref text, end - 8) ^ Zeros;
        var high = (Load(ref text, end - 16) ^ Zeros) & (ulong.MaxValue << (128 - (8 * length)));
        var places = PlacesOf(low, out var point);
        if (places >= 0)
        {
            // The digits before the point move one place on, the last of the higher word into the lower one.
            low = DropPoint(low, point) | (high >> 56);
            high <<= 8;
        }
        else if ((byte)(high >> 56) == ('.' ^ '0'))
        {
            places = 8;
            high <<= 8;
        }
        else places = -1;
        if (!(AreDigits(high) & AreDigits(low))) return false;
        if (length - (places >= 0 ? 1 + places : 0) > 10) return false;
        e8 = ((Combine(high) * 100_000_000) + Combine(low)) * Scale(places);
        return true;
    }

    /// <summary>Digits behind the point, or -1 without one; <paramref name="point"/> has the point's byte set to FF, or is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlacesOf(ulong digits, out ulong point)
    {
        var other = digits ^ (Dots ^ Zeros);
        var found = (other - Ones) & ~other & Highs;
        if (found == 0)
        {
            point = 0;
            return -1;
        }
        found &= 0 - found;
        point = (found >> 7) * 0xFF;
        return System.Numerics.BitOperations.LeadingZeroCount(found) >> 3;
    }

    /// <summary>Takes the point out and moves what stands before it one place towards the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DropPoint(ulong digits, ulong point)
    {
        if (point == 0) return digits;
        var before = (point & (0 - point)) - 1;
        return ((digits & before) << 8) | (digits & ~(before | point));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Scale(int places) => Scales[places + 1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ref byte text, int at)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));
        return BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong digits) => (((digits + 0x7676_7676_7676_7676) | digits) & Highs) == 0;

    /// <summary>The number of eight digits, the first in the lowest byte: pairs, then fours, then all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Combine(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        const ulong Pairs = 0x0000_00FF_0000_00FF;
        return (long)((((digits & Pairs) * 0x000F_4240_0000_0064) + (((digits >> 16) & Pairs) * 0x0000_2710_0000_0001)) >> 32);
    }
}
