using Granary.Engine.Market;

namespace Granary.Tape.Columnar;

/// <summary>Makes the bytes of a block from rows; the same bytes for the same rows, number and file.</summary>
internal sealed class BlockEncoder<TRow>(RowCodec<TRow> codec)
    where TRow : struct
{
    private readonly ColumnData[] _columns = [.. codec.Columns.Select(_ => new ColumnData())];
    private readonly ColumnEncoder _encoder = new();
    private byte[] _block = [];

    /// <summary>The block; valid until the next call.</summary>
    /// <param name="rows">1 to <see cref="BlockHeader.RowsMax"/> rows.</param>
    /// <param name="number">Number of the block in the file.</param>
    /// <param name="fileChecksum">Checksum of the file's header.</param>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<TRow> rows, uint number, uint fileChecksum)
    {
        var specs = codec.Columns;
        var offset = BlockHeader.HeaderBytes + (specs.Count * ColumnHeader.Bytes);
        // The largest encodings are 16 bytes a value for decimals and 8 for others, whole groups of eight.
        var bytesMax = offset + BlockHeader.GuardBytes;
        foreach (var spec in specs) bytesMax += (spec.Type == ColumnType.Decimal ? 16 : 8) * (rows.Length + 7);
        if (_block.Length < bytesMax) _block = new byte[bytesMax];
        Array.Clear(_block);
        for (var i = 0; i < specs.Count; i++) _columns[i].Reserve(rows.Length, specs[i].Type == ColumnType.Decimal);
        codec.Split(rows, _columns);
        Scale(rows.Length);
        var block = _block.AsSpan();
        for (var i = 0; i < specs.Count; i++)
        {
            var header = _encoder.Encode(specs[i], _columns[i], ReferenceOf(specs[i], _columns[i]), rows.Length, block, offset);
            header.Write(block[(BlockHeader.HeaderBytes + (i * ColumnHeader.Bytes))..]);
            offset += header.Length;
        }
        block = block[..(offset + BlockHeader.GuardBytes)];
        var ids = _columns[codec.IdColumn].Integers.AsSpan(0, rows.Length);
        var times = _columns[codec.TimeColumn].Integers.AsSpan(0, rows.Length);
        new BlockHeader(
            block.Length, rows.Length, number, Least(ids), Most(ids), Least(times), Most(times), Checksum.Of(block[BlockHeader.HeaderBytes..]), fileChecksum)
            .Write(block);
        return block;
    }

    /// <summary>Turns E8 numbers and decimals into integers with as few places as the block allows; columns held against another share its places.</summary>
    private void Scale(int rows)
    {
        var specs = codec.Columns;
        for (var i = 0; i < specs.Count; i++)
        {
            _columns[i].IsWide = false;
            _columns[i].Places = specs[i].Type switch
            {
                ColumnType.Scaled8 => PlacesOf(_columns[i].Integers.AsSpan(0, rows)),
                ColumnType.Decimal => PlacesOf(_columns[i].Wide.AsSpan(0, rows)),
                _ => 0,
            };
        }
        foreach (var (spec, column) in specs.Zip(_columns)) if (IsScaledWithReference(spec)) ShareUp(_columns[spec.Reference], column);
        foreach (var (spec, column) in specs.Zip(_columns)) if (IsScaledWithReference(spec)) ShareUp(column, _columns[spec.Reference]);
        for (var i = 0; i < specs.Count; i++)
        {
            if (specs[i].Type == ColumnType.Scaled8) Divide(_columns[i].Integers.AsSpan(0, rows), Decimals.PowersOfTen[Fixed8.Decimals - _columns[i].Places]);
            else if (specs[i].Type == ColumnType.Decimal) _columns[i].IsWide = !TryConvert(_columns[i], rows);
            if (_columns[i].IsWide) _columns[i].Places = 0;
        }
    }

    private static bool IsScaledWithReference(ColumnSpec spec) => spec.Type is ColumnType.Scaled8 or ColumnType.Decimal && spec.Reference >= 0;

    private static void ShareUp(ColumnData column, ColumnData other) => column.Places = Math.Max(column.Places, other.Places);

    private ColumnData? ReferenceOf(ColumnSpec spec, ColumnData column)
    {
        if (spec.Reference < 0) return null;
        var reference = _columns[spec.Reference];
        var isComparable = spec.ReferenceEncoding == ColumnEncoding.Chained || reference.Places == column.Places;
        return reference.IsWide || !isComparable ? null : reference;
    }

    private static int PlacesOf(ReadOnlySpan<long> valuesE8)
    {
        var places = 0;
        foreach (var value in valuesE8)
        {
            while (places < Fixed8.Decimals && value % Decimals.PowersOfTen[Fixed8.Decimals - places] != 0) places++;
        }
        return places;
    }

    private static int PlacesOf(ReadOnlySpan<decimal> values)
    {
        var places = 0;
        foreach (var value in values) places = Math.Max(places, Decimals.Normalize(value).Places);
        return places;
    }

    private static void Divide(Span<long> values, long divisor)
    {
        if (divisor == 1) return;
        foreach (ref var value in values) value /= divisor;
    }

    private static bool TryConvert(ColumnData column, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            if (!Decimals.TryToInteger(column.Wide[i], column.Places, out column.Integers[i])) return false;
        }
        return true;
    }

    private static long Least(ReadOnlySpan<long> values)
    {
        var least = values[0];
        foreach (var value in values) least = Math.Min(least, value);
        return least;
    }

    private static long Most(ReadOnlySpan<long> values)
    {
        var most = values[0];
        foreach (var value in values) most = Math.Max(most, value);
        return most;
    }
}
