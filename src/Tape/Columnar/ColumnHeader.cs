using System.Buffers.Binary;

namespace Granary.Tape.Columnar;

/// <summary>The 32 bytes that say how a column of a block is held.</summary>
/// <param name="Encoding">How values follow from residuals.</param>
/// <param name="Width">Bits of a residual, 0 to 64.</param>
/// <param name="ExcessWidth">Bits of what an exception has above <paramref name="Width"/>.</param>
/// <param name="Places">Decimal places: a value is integer * 10^-places.</param>
/// <param name="Offset">Of the data from the start of the block; a multiple of 8.</param>
/// <param name="Length">Of the data; a multiple of 8.</param>
/// <param name="Exceptions">Residuals that have more bits than <paramref name="Width"/>.</param>
/// <param name="Base">See <see cref="ColumnEncoding"/>.</param>
/// <param name="Step">See <see cref="ColumnEncoding"/>.</param>
internal readonly record struct ColumnHeader(
    ColumnEncoding Encoding, int Width, int ExcessWidth, int Places, int Offset, int Length, int Exceptions, long Base, long Step)
{
    public const int Bytes = 32;

    public void Write(Span<byte> bytes)
    {
        bytes[0] = (byte)Encoding;
        bytes[1] = (byte)Width;
        bytes[2] = (byte)ExcessWidth;
        bytes[3] = (byte)Places;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], Offset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Exceptions);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Base);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], Step);
    }

    public static ColumnHeader Read(ReadOnlySpan<byte> bytes) => new(
        (ColumnEncoding)bytes[0], bytes[1], bytes[2], bytes[3], BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));

    /// <summary>Bytes of the data of a column that is not wide: residuals, positions of the exceptions, what they have above.</summary>
    public static int DataBytes(int rows, int width, int exceptions, int excessWidth) =>
        Padded(BitPacking.Bytes(rows, width)) + Padded(2 * exceptions) + Padded(BitPacking.Bytes(exceptions, excessWidth));

    public static int Padded(int bytes) => (bytes + 7) & ~7;

    /// <returns>What is wrong, or null.</returns>
    public string? Check(ColumnSpec spec, int rows, int columns, int blockBytes)
    {
        if (Encoding > ColumnEncoding.Wide || Width > 64 || Width + ExcessWidth > 64 || Exceptions < 0 || Exceptions > rows) return "is encoded in no known way";
        if (Encoding is ColumnEncoding.Chained or ColumnEncoding.Relative && spec.ReferenceEncoding != Encoding) return "is encoded against a column that it has no relation to";
        if (Encoding == ColumnEncoding.Wide && spec.Type != ColumnType.Decimal) return "is held as decimals, but holds integers";
        if (Places > spec.PlacesMax) return "has too many decimal places";
        var first = BlockHeader.HeaderBytes + (columns * Bytes);
        if (Offset < first || Offset % 8 != 0 || Length < 0 || (long)Offset + Length > blockBytes - BlockHeader.GuardBytes) return "lies outside its block";
        var length = Encoding == ColumnEncoding.Wide ? 16L * rows : DataBytes(rows, Width, Exceptions, ExcessWidth);
        return length == Length ? null : "has a length that does not fit its encoding";
    }
}
