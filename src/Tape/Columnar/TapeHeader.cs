using System.Buffers.Binary;
using System.Text;

namespace Granary.Tape.Columnar;

/// <summary>The first 64 bytes of a tape.</summary>
/// <param name="Kind">What its rows are.</param>
/// <param name="Columns">Columns of a row.</param>
/// <param name="Symbol">The symbol; at most 40 bytes of UTF-8.</param>
/// <param name="Checksum">Of the bytes before it; every block repeats it, so that blocks of different files do not mix.</param>
internal readonly record struct TapeHeader(TapeKind Kind, int Columns, string Symbol, uint Checksum)
{
    public const int Bytes = 64, SymbolBytesMax = 40, Version = 1;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Begins with a byte that is no text, and holds both line ends: a transfer as text destroys it visibly.</summary>
    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'G', (byte)'R', (byte)'T', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file that begins with the bytes says of itself that it is a tape.</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <exception cref="ArgumentException">The symbol is empty, too long or no text.</exception>
    public static byte[] Write(TapeKind kind, int columns, string symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        var bytes = new byte[Bytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(10), (ushort)kind);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(12), (ushort)columns);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(14), Bytes);
        var text = Utf8.GetBytes(symbol);
        if (text.Length > SymbolBytesMax || text.Contains((byte)0))
            throw new ArgumentException($"'{symbol}' is no symbol of at most {SymbolBytesMax} bytes", nameof(symbol));
        text.CopyTo(bytes, 16);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), Columnar.Checksum.Of(bytes.AsSpan(0, 60)));
        return bytes;
    }

    /// <exception cref="TapeException">The bytes are no header of this version, or are damaged.</exception>
    public static TapeHeader Read(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) throw new TapeException(file, 0, "", TapeDefect.FileEmpty, "the file is empty; record or convert it again");
        if (!bytes.StartsWith(Magic[..Math.Min(Magic.Length, bytes.Length)]))
            throw new TapeException(file, 0, "", TapeDefect.LayoutUnknown, "the file does not begin like a columnar tape; check the path, or convert it first");
        if (bytes.Length < Bytes)
            throw new TapeException(file, 0, "", TapeDefect.FileDamaged, $"the file ends after {bytes.Length} bytes, within its header; record or convert it again");
        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]);
        if (checksum != Columnar.Checksum.Of(bytes[..60]))
            throw new TapeException(file, 0, "", TapeDefect.FileDamaged, "the header at byte 0 differs from its checksum; copy the file again from where it came");
        if (version != Version)
            throw new TapeException(file, 0, "", TapeDefect.LayoutUnknown, $"the tape has version {version}, known is {Version}; use a newer Granary or convert it again");
        var symbol = bytes.Slice(16, SymbolBytesMax);
        var end = symbol.IndexOf((byte)0);
        try
        {
            return new TapeHeader(
                (TapeKind)BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[12..]),
                Utf8.GetString(end < 0 ? symbol : symbol[..end]), checksum);
        }
        catch (ArgumentException error)
        {
            throw new TapeException(file, 0, "", TapeDefect.FileDamaged, "the symbol in the header is no text; record or convert it again", error);
        }
    }
}
