using System.Buffers.Binary;
using System.Numerics;

namespace Granary.Tape.Columnar;

/// <summary>Encodes the columns of a block: tries what a column allows and takes the smallest, the first one among equals.</summary>
internal sealed class ColumnEncoder
{
    private ulong[] _excess = [];
    private ulong[] _residuals = [];
    private ulong[] _best = [];

    /// <summary>Encodes one column behind <paramref name="offset"/>.</summary>
    /// <param name="spec">The column.</param>
    /// <param name="data">Its values, decimals already as integers or wide.</param>
    /// <param name="reference">The values of the column that it refers to, or null when it has none or cannot be held against it in this block.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="block">The block being made, with room.</param>
    /// <param name="offset">Where the data go.</param>
    public ColumnHeader Encode(ColumnSpec spec, ColumnData data, ColumnData? reference, int rows, Span<byte> block, int offset)
    {
        if (data.IsWide) return EncodeWide(data, rows, block, offset);
        if (_residuals.Length < rows) (_residuals, _best) = (new ulong[rows], new ulong[rows]);
        var values = data.Integers.AsSpan(0, rows);
        var best = Plan.None;
        Consider(ref best, ColumnEncoding.Values, values, default);
        Consider(ref best, ColumnEncoding.Deltas, values, default);
        if (reference is not null) Consider(ref best, spec.ReferenceEncoding, values, reference.Integers.AsSpan(0, rows));
        return Write(best, data.Places, rows, block, offset);
    }

    private static ColumnHeader EncodeWide(ColumnData data, int rows, Span<byte> block, int offset)
    {
        for (var i = 0; i < rows; i++)
        {
            var (magnitude, negative, places) = Decimals.Normalize(data.Wide[i]);
            var cell = block.Slice(offset + (16 * i), 16);
            BinaryPrimitives.WriteUInt128LittleEndian(cell, magnitude);
            cell[12] = (byte)places;
            cell[13] = negative ? (byte)1 : (byte)0;
        }
        return new ColumnHeader(ColumnEncoding.Wide, 0, 0, 0, offset, 16 * rows, 0, 0, 0);
    }

    private void Consider(ref Plan best, ColumnEncoding encoding, ReadOnlySpan<long> values, ReadOnlySpan<long> other)
    {
        var rows = values.Length;
        var residuals = _residuals.AsSpan(0, rows);
        var least = long.MaxValue;
        // All arithmetic is modulo 2^64: what overflows here comes back when it is added up.
        for (var i = 0; i < rows; i++)
        {
            var residual = encoding switch
            {
                ColumnEncoding.Values => values[i],
                ColumnEncoding.Relative => values[i] - other[i],
                // The first residual is made the least one below; it says nothing, base does.
                _ when i == 0 => long.MaxValue,
                ColumnEncoding.Deltas => values[i] - values[i - 1],
                _ => values[i] - values[i - 1] - other[i - 1],
            };
            residuals[i] = (ulong)residual;
            least = Math.Min(least, residual);
        }
        var isSum = encoding is ColumnEncoding.Deltas or ColumnEncoding.Chained;
        if (isSum)
        {
            if (rows == 1) least = 0;
            residuals[0] = (ulong)least;
        }
        Span<int> lengths = stackalloc int[65];
        lengths.Clear();
        foreach (ref var residual in residuals)
        {
            residual -= (ulong)least;
            lengths[64 - BitOperations.LeadingZeroCount(residual)]++;
        }
        var plan = Plan.Of(encoding, rows, lengths) with { Base = isSum ? values[0] - least : least, Step = isSum ? least : 0 };
        if (plan.Bytes >= best.Bytes) return;
        best = plan;
        (_residuals, _best) = (_best, _residuals);
    }

    private ColumnHeader Write(in Plan plan, int places, int rows, Span<byte> block, int offset)
    {
        var residuals = _best.AsSpan(0, rows);
        var header = new ColumnHeader(
            plan.Encoding, plan.Width, plan.ExcessWidth, places, offset, ColumnHeader.DataBytes(rows, plan.Width, plan.Exceptions, plan.ExcessWidth),
            plan.Exceptions, plan.Base, plan.Step);
        var positions = offset + ColumnHeader.Padded(BitPacking.Bytes(rows, plan.Width));
        if (plan.Exceptions > 0)
        {
            if (_excess.Length < plan.Exceptions) _excess = new ulong[plan.Exceptions];
            var count = 0;
            for (var i = 0; i < rows; i++)
            {
                var excess = residuals[i] >> plan.Width;
                if (excess == 0) continue;
                BinaryPrimitives.WriteUInt16LittleEndian(block[(positions + (2 * count))..], (ushort)i);
                _excess[count++] = excess;
                residuals[i] &= (1UL << plan.Width) - 1;
            }
            var excesses = positions + ColumnHeader.Padded(2 * count);
            BitPacking.Pack(_excess.AsSpan(0, count), plan.ExcessWidth, block.Slice(excesses, BitPacking.Bytes(count, plan.ExcessWidth)));
        }
        BitPacking.Pack(residuals, plan.Width, block.Slice(offset, BitPacking.Bytes(rows, plan.Width)));
        return header;
    }

    private readonly record struct Plan(ColumnEncoding Encoding, int Width, int ExcessWidth, int Exceptions, int Bytes, long Base, long Step)
    {
        public static readonly Plan None = new(default, 0, 0, 0, int.MaxValue, 0, 0);

        /// <summary>The width at which packed values and exceptions together are smallest; of equal ones the largest width, which has the fewest exceptions.</summary>
        public static Plan Of(ColumnEncoding encoding, int rows, ReadOnlySpan<int> lengths)
        {
            var widest = 64;
            while (widest > 0 && lengths[widest] == 0) widest--;
            var best = None;
            var exceptions = 0;
            for (var width = widest; width >= 0; width--)
            {
                var bytes = ColumnHeader.DataBytes(rows, width, exceptions, exceptions == 0 ? 0 : widest - width);
                if (bytes < best.Bytes) best = new Plan(encoding, width, exceptions == 0 ? 0 : widest - width, exceptions, bytes, 0, 0);
                exceptions += lengths[width];
            }
            return best;
        }
    }
}
