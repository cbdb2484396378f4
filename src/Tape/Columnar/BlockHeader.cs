using System.Buffers.Binary;

namespace Granary.Tape.Columnar;

/// <summary>The first 64 bytes of a block.</summary>
/// <param name="Bytes">Length of the block with this header; a multiple of 8.</param>
/// <param name="Rows">Rows, 1 to <see cref="RowsMax"/>.</param>
/// <param name="Number">Number of the block in its file, from 0.</param>
/// <param name="IdMin">Lowest id.</param>
/// <param name="IdMax">Highest id.</param>
/// <param name="TimeMin">Lowest time.</param>
/// <param name="TimeMax">Highest time.</param>
/// <param name="BodyChecksum">Of the bytes behind the header.</param>
/// <param name="FileChecksum">The checksum of the file's header.</param>
internal readonly record struct BlockHeader(
    int Bytes, int Rows, uint Number, long IdMin, long IdMax, long TimeMin, long TimeMax, uint BodyChecksum, uint FileChecksum)
{
    public const int HeaderBytes = 64, RowsMax = 65_536, BytesMax = 1 << 28;

    /// <summary>Eight bytes that a reader may load beyond the last packed value.</summary>
    public const int GuardBytes = 8;

    public static ReadOnlySpan<byte> Magic => "GBLK"u8;

    public void Write(Span<byte> bytes)
    {
        bytes[..HeaderBytes].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Rows);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], IdMin);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], IdMax);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], TimeMin);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], TimeMax);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[48..], BodyChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[52..], FileChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[60..], Checksum.Of(bytes[..60]));
    }

    /// <returns>False when the bytes are no block header of the file, whatever else they are.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, uint fileChecksum, int columns, out BlockHeader header)
    {
        header = default;
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic)) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]) != Checksum.Of(bytes[..60])) return false;
        header = new BlockHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[48..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[52..]));
        var bytesMin = HeaderBytes + (columns * ColumnHeader.Bytes) + GuardBytes;
        return header.FileChecksum == fileChecksum && header.Rows is >= 1 and <= RowsMax && header.Bytes >= bytesMin && header.Bytes <= BytesMax
            && header.Bytes % 8 == 0;
    }
}
