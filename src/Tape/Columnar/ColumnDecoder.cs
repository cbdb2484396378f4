using System.Buffers.Binary;

namespace Granary.Tape.Columnar;

/// <summary>Decodes the columns of a block, each when it is asked for.</summary>
internal sealed class ColumnDecoder
{
    private readonly IReadOnlyList<ColumnSpec> _specs;
    private readonly ColumnHeader[] _headers;
    private readonly ColumnData[] _data;
    private readonly bool[] _isDecoded;
    private long[] _excess = [];
    private int _rows;

    public ColumnDecoder(IReadOnlyList<ColumnSpec> specs)
    {
        _specs = specs;
        _headers = new ColumnHeader[specs.Count];
        _data = [.. specs.Select(_ => new ColumnData())];
        _isDecoded = new bool[specs.Count];
    }

    /// <summary>Begins with another block, whose checksum has been compared.</summary>
    /// <returns>The first column whose header is wrong and what is wrong with it; null when there is none.</returns>
    public (ColumnSpec Column, string Fault)? Begin(ReadOnlySpan<byte> block, int rows)
    {
        _rows = rows;
        for (var i = 0; i < _headers.Length; i++)
        {
            _headers[i] = ColumnHeader.Read(block[(BlockHeader.HeaderBytes + (i * ColumnHeader.Bytes))..]);
            _isDecoded[i] = false;
            if (_headers[i].Check(_specs[i], rows, _specs.Count, block.Length) is { } fault) return (_specs[i], fault);
            if (_headers[i].Encoding == ColumnEncoding.Relative && !CanRelate(_headers[i], _specs[i].Reference)) return (_specs[i], "does not agree with its reference");
        }
        return null;
    }

    /// <summary>The values of a column.</summary>
    /// <returns>Null when they cannot be what the schema says; <see cref="Begin"/> has found the rest.</returns>
    public ColumnData? Decode(ReadOnlySpan<byte> block, int column)
    {
        var data = _data[column];
        if (_isDecoded[column]) return data;
        ref readonly var header = ref _headers[column];
        data.Places = header.Places;
        data.IsWide = header.Encoding == ColumnEncoding.Wide;
        data.Reserve(_rows, data.IsWide);
        if (data.IsWide)
        {
            if (!DecodeWide(block, header, data.Wide)) return null;
        }
        else
        {
            ColumnData? reference = null;
            if (header.Encoding is ColumnEncoding.Chained or ColumnEncoding.Relative && (reference = Decode(block, _specs[column].Reference)) is null) return null;
            DecodeIntegers(block, header, data.Integers, reference);
            if (!FitsByHeader(_specs[column].Type, header) && !Fits(_specs[column].Type, data.Integers.AsSpan(0, _rows))) return null;
        }
        _isDecoded[column] = true;
        return data;
    }

    private bool CanRelate(in ColumnHeader header, int reference) =>
        _headers[reference].Encoding != ColumnEncoding.Wide && _headers[reference].Places == header.Places;

    /// <summary>Whether no residual of this width can lead outside the type, so that the values need not be looked at.</summary>
    private static bool FitsByHeader(ColumnType type, in ColumnHeader header)
    {
        var most = type switch { ColumnType.Flag => 1, ColumnType.Integer32 => int.MaxValue, _ => long.MaxValue };
        if (most == long.MaxValue) return true;
        var bits = header.Width + header.ExcessWidth;
        return header.Encoding == ColumnEncoding.Values && header.Base >= 0 && bits < 32 && header.Base <= most - ((1L << bits) - 1);
    }

    private static bool Fits(ColumnType type, ReadOnlySpan<long> values)
    {
        if (type is not (ColumnType.Integer32 or ColumnType.Flag)) return true;
        var outside = 0L;
        if (type == ColumnType.Flag)
        {
            foreach (var value in values) outside |= value & ~1L;
        }
        else
        {
            foreach (var value in values) outside |= value ^ (int)value;
        }
        return outside == 0;
    }

    private bool DecodeWide(ReadOnlySpan<byte> block, in ColumnHeader header, decimal[] values)
    {
        for (var i = 0; i < _rows; i++)
        {
            var cell = block.Slice(header.Offset + (16 * i), 16);
            if (cell[12] > 28 || cell[13] > 1) return false;
            values[i] = new decimal(
                BinaryPrimitives.ReadInt32LittleEndian(cell), BinaryPrimitives.ReadInt32LittleEndian(cell[4..]), BinaryPrimitives.ReadInt32LittleEndian(cell[8..]),
                cell[13] == 1, cell[12]);
        }
        return true;
    }

    private void DecodeIntegers(ReadOnlySpan<byte> block, in ColumnHeader header, long[] target, ColumnData? reference)
    {
        var groups = target.AsSpan(0, (_rows + 7) & ~7);
        var isSum = header.Encoding is ColumnEncoding.Deltas or ColumnEncoding.Chained;
        BitPacking.Unpack(block[header.Offset..], header.Width, isSum ? header.Step : header.Base, groups);
        if (header.Exceptions > 0) AddExceptions(block, header, target);
        var values = target.AsSpan(0, _rows);
        if (header.Encoding == ColumnEncoding.Deltas) Sum(values, header.Base);
        else if (header.Encoding == ColumnEncoding.Chained) SumChained(values, reference!.Integers.AsSpan(0, _rows), header.Base);
        else if (header.Encoding == ColumnEncoding.Relative) AddAll(values, reference!.Integers.AsSpan(0, _rows));
    }

    private void AddExceptions(ReadOnlySpan<byte> block, in ColumnHeader header, long[] target)
    {
        var room = (header.Exceptions + 7) & ~7;
        if (_excess.Length < room) _excess = new long[room];
        var positions = block[(header.Offset + ColumnHeader.Padded(BitPacking.Bytes(_rows, header.Width)))..];
        var packed = positions[ColumnHeader.Padded(2 * header.Exceptions)..];
        BitPacking.Unpack(packed, header.ExcessWidth, 0, _excess.AsSpan(0, room));
        var values = target.AsSpan(0, _rows);
        for (var i = 0; i < header.Exceptions; i++)
        {
            var position = BinaryPrimitives.ReadUInt16LittleEndian(positions[(2 * i)..]);
            if (position < values.Length) values[position] += _excess[i] << header.Width;
        }
    }

    private static void Sum(Span<long> values, long sum)
    {
        foreach (ref var value in values) value = sum += value;
    }

    private static void SumChained(Span<long> values, ReadOnlySpan<long> other, long sum)
    {
        if (values.Length == 0 || other.Length < values.Length) return;
        values[0] += sum;
        for (var i = 1; i < values.Length; i++) values[i] += values[i - 1] + other[i - 1];
    }

    private static void AddAll(Span<long> values, ReadOnlySpan<long> other)
    {
        for (var i = 0; i < values.Length; i++) values[i] += other[i];
    }
}
