using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Granary.Tape.Files;

/// <summary>Finds the commas and line ends of a text, 64 bytes at a step. Whatever the processor, the result is the same.</summary>
internal static class MarkFinder
{
    /// <summary>Bytes looked at in one step; so many must be readable behind the text.</summary>
    public const int StepBytes = 64;

    /// <summary>Elements that the lists must have beyond one for each byte: the first, one more row, and what a step writes without need.</summary>
    public const int Spare = 2 + StepBytes;

    /// <param name="text">The block.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to end.</param>
    /// <param name="marks">Receives the place of each comma and line end, from element 1.</param>
    /// <param name="rowMarks">Receives the number of the mark at each line end, from element 1.</param>
    /// <returns>The number of marks plus 1, and the number of line ends.</returns>
    public static (int Marks, int Rows) Find(byte[] text, int start, int end, int[] marks, int[] rowMarks)
    {
        // The steps below write beyond what they count; the lists' sizes are checked here once.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, text.Length - StepBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end - start + Spare, Math.Min(marks.Length, rowMarks.Length));
        ref var source = ref MemoryMarshal.GetArrayDataReference(text);
        ref var mark = ref MemoryMarshal.GetArrayDataReference(marks);
        ref var rowMark = ref MemoryMarshal.GetArrayDataReference(rowMarks);
        var (markCount, rowCount) = (1, 0);
        for (var at = start; at < end; at += StepBytes)
        {
            var lineEnds = BitsOf(ref source, at, (byte)'\n');
            var all = lineEnds | BitsOf(ref source, at, (byte)',');
            if (end - at < StepBytes)
            {
                var inside = (1UL << (end - at)) - 1;
                lineEnds &= inside;
                all &= inside;
            }
            for (; lineEnds != 0; lineEnds &= lineEnds - 1)
            {
                var before = all & ((lineEnds & (0 - lineEnds)) - 1);
                Unsafe.Add(ref rowMark, ++rowCount) = markCount + BitOperations.PopCount(before);
            }
            // Eight at a time, needed or not: a loop that ends after each one's own number would be guessed wrong all the time.
            var count = BitOperations.PopCount(all);
            for (var written = 0; written < count; written += 8)
            {
                ref var target = ref Unsafe.Add(ref mark, markCount + written);
                for (var i = 0; i < 8; i++)
                {
                    Unsafe.Add(ref target, i) = at + BitOperations.TrailingZeroCount(all);
                    all &= all - 1;
                }
            }
            markCount += count;
        }
        return (markCount, rowCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BitsOf(ref byte source, int at, byte wanted)
    {
        if (Vector512.IsHardwareAccelerated) return Vector512.Equals(Vector512.LoadUnsafe(ref source, (nuint)at), Vector512.Create(wanted)).ExtractMostSignificantBits();
        var value = Vector256.Create(wanted);
        var low = Vector256.Equals(Vector256.LoadUnsafe(ref source, (nuint)at), value).ExtractMostSignificantBits();
        var high = Vector256.Equals(Vector256.LoadUnsafe(ref source, (nuint)at + 32), value).ExtractMostSignificantBits();
        return low | ((ulong)high << 32);
    }
}
