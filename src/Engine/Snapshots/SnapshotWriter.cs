using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Granary.Engine.Snapshots;

/// <summary>
/// Writes kernel state as little-endian bytes, so that a restored kernel continues bit for bit: doubles by their bits, decimals by their four words.
/// </summary>
public sealed class SnapshotWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The bytes written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>A copy of the bytes written so far.</summary>
    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Reset() => _buffer.ResetWrittenCount();

    /// <summary>Starts a section: its name and version are checked on reading, so that a foreign or newer snapshot is refused by name.</summary>
    public void Section(string name, int version)
    {
        Write(name);
        Write(version);
    }

    /// <summary>Writes one byte: 1 or 0.</summary>
    public void Write(bool value) => Span(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Writes four bytes.</summary>
    public void Write(int value) => BinaryPrimitives.WriteInt32LittleEndian(Span(4), value);

    /// <summary>Writes eight bytes.</summary>
    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(Span(8), value);

    /// <summary>Writes sixteen bytes.</summary>
    public void Write(Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Span(16), value);

    /// <summary>Writes the eight bytes of the double's bits.</summary>
    public void Write(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Span(8), value);

    /// <summary>Writes the four words of the decimal, scale included.</summary>
    public void Write(decimal value)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(value, words);
        foreach (var word in words) Write(word);
    }

    /// <summary>Writes whether there is a value, and the value.</summary>
    public void WriteOptional(double? value)
    {
        Write(value.HasValue);
        if (value is { } present) Write(present);
    }

    /// <summary>Writes whether there is a value, and the value.</summary>
    public void WriteOptional(decimal? value)
    {
        Write(value.HasValue);
        if (value is { } present) Write(present);
    }

    /// <summary>Writes length and UTF-8 bytes.</summary>
    public void Write(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Write(count);
        Encoding.UTF8.GetBytes(value, Span(count));
    }

    /// <summary>Writes length and bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(Span(bytes.Length));
    }

    private Span<byte> Span(int count)
    {
        var span = _buffer.GetSpan(count)[..count];
        _buffer.Advance(count);
        return span;
    }
}
