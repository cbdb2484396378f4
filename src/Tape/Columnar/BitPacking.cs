using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Granary.Tape.Columnar;

/// <summary>
/// Unsigned integers of 0 to 64 bits one after another, lowest bit first; value i begins at bit i * width. Eight values are width bytes, and packed data are
/// whole groups of eight, the missing values 0.
/// </summary>
internal static class BitPacking
{
    /// <summary>Length of the packed values in bytes.</summary>
    public static int Bytes(int count, int width) => (count + 7) / 8 * width;

    /// <summary>Packs values that have no bit above <paramref name="width"/>; <paramref name="packed"/> has <see cref="Bytes"/> bytes, all of which are written.</summary>
    public static void Pack(ReadOnlySpan<ulong> values, int width, Span<byte> packed)
    {
        packed.Clear();
        if (width == 0) return;
        var word = 0UL;
        var filled = 0;
        var at = 0;
        foreach (var value in values)
        {
            word |= value << filled;
            filled += width;
            if (filled < 64) continue;
            BinaryPrimitives.WriteUInt64LittleEndian(packed[at..], word);
            at += 8;
            filled -= 64;
            word = filled == 0 ? 0 : value >> (width - filled);
        }
        for (; filled > 0; filled -= 8, word >>= 8) packed[at++] = (byte)word;
    }

    /// <summary>
    /// Unpacks whole groups of eight and adds <paramref name="add"/> to each value, modulo 2^64. Reads up to eight bytes beyond the packed ones.
    /// </summary>
    /// <param name="packed">The packed values and at least eight bytes behind them.</param>
    /// <param name="width">Bits of a value.</param>
    /// <param name="add">Added to each.</param>
    /// <param name="values">Takes the values; a whole number of groups.</param>
    public static void Unpack(ReadOnlySpan<byte> packed, int width, long add, Span<long> values)
    {
        var groups = values.Length / 8;
        if (width == 0)
        {
            values.Fill(add);
            return;
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(packed.Length, (groups * width) + 8);
        ref var source = ref MemoryMarshal.GetReference(packed);
        ref var target = ref MemoryMarshal.GetReference(values);
        if (Avx2.IsSupported && BitConverter.IsLittleEndian && width <= 14) UnpackFours(ref source, width, add, groups, ref target);
        else if (Avx2.IsSupported && BitConverter.IsLittleEndian && width <= 28) UnpackTwos(ref source, width, add, groups, ref target);
        else if (width <= 57) UnpackOnes(ref source, width, add, groups, ref target);
        else UnpackLong(ref source, width, add, groups, ref target);
    }

    private static ulong Load(ref byte source, int offset)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, offset));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    // Up to 14 bits: four values and the bits before them lie within one word.
    private static void UnpackFours(ref byte source, int width, long add, int groups, ref long target)
    {
        var w = (ulong)width;
        var low = Vector256.Create(0, w, 2 * w, 3 * w);
        var high = low + Vector256.Create((ulong)(4 * width & 7));
        var highOffset = 4 * width >> 3;
        var mask = Vector256.Create((1UL << width) - 1);
        var adds = Vector256.Create(add);
        for (var group = 0; group < groups; group++)
        {
            var a = Avx2.ShiftRightLogicalVariable(Vector256.Create(Load(ref source, 0)), low) & mask;
            var b = Avx2.ShiftRightLogicalVariable(Vector256.Create(Load(ref source, highOffset)), high) & mask;
            (a.AsInt64() + adds).StoreUnsafe(ref target);
            (b.AsInt64() + adds).StoreUnsafe(ref target, 4);
            source = ref Unsafe.Add(ref source, width);
            target = ref Unsafe.Add(ref target, 8);
        }
    }

    // Up to 28 bits: two values and the bits before them lie within one word.
    private static void UnpackTwos(ref byte source, int width, long add, int groups, ref long target)
    {
        int second = 2 * width >> 3, third = 4 * width >> 3, fourth = 6 * width >> 3;
        var w = (ulong)width;
        ulong s1 = (ulong)(2 * width & 7), s2 = (ulong)(4 * width & 7), s3 = (ulong)(6 * width & 7);
        var low = Vector256.Create(0, w, s1, s1 + w);
        var high = Vector256.Create(s2, s2 + w, s3, s3 + w);
        var mask = Vector256.Create((1UL << width) - 1);
        var adds = Vector256.Create(add);
        for (var group = 0; group < groups; group++)
        {
            var a = Vector256.Create(Vector128.Create(Load(ref source, 0)), Vector128.Create(Load(ref source, second)));
            var b = Vector256.Create(Vector128.Create(Load(ref source, third)), Vector128.Create(Load(ref source, fourth)));
            ((Avx2.ShiftRightLogicalVariable(a, low) & mask).AsInt64() + adds).StoreUnsafe(ref target);
            ((Avx2.ShiftRightLogicalVariable(b, high) & mask).AsInt64() + adds).StoreUnsafe(ref target, 4);
            source = ref Unsafe.Add(ref source, width);
            target = ref Unsafe.Add(ref target, 8);
        }
    }

    // Up to 57 bits: a value and the up to seven bits before it lie within one word.
    private static void UnpackOnes(ref byte source, int width, long add, int groups, ref long target)
    {
        var mask = (1UL << width) - 1;
        for (var group = 0; group < groups; group++)
        {
            for (var i = 0; i < 8; i++)
            {
                var bit = i * width;
                Unsafe.Add(ref target, i) = add + (long)((Load(ref source, bit >> 3) >> (bit & 7)) & mask);
            }
            source = ref Unsafe.Add(ref source, width);
            target = ref Unsafe.Add(ref target, 8);
        }
    }

    private static void UnpackLong(ref byte source, int width, long add, int groups, ref long target)
    {
        var mask = ulong.MaxValue >> (64 - width);
        for (var group = 0; group < groups; group++)
        {
            for (var i = 0; i < 8; i++)
            {
                int offset = i * width >> 3, shift = i * width & 7;
                var value = Load(ref source, offset) >> shift;
                if (shift + width > 64) value |= (ulong)Unsafe.Add(ref source, offset + 8) << (64 - shift);
                Unsafe.Add(ref target, i) = add + (long)(value & mask);
            }
            source = ref Unsafe.Add(ref source, width);
            target = ref Unsafe.Add(ref target, 8);
        }
    }
}
