using System.Buffers.Binary;
using System.Text;

namespace Granary.Engine.Snapshots;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote, in the same order.</summary>
/// <param name="bytes">The snapshot.</param>
public ref struct SnapshotReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Whether every byte has been read.</summary>
    public readonly bool AtEnd => _position == _bytes.Length;

    /// <summary>Checks the section's name and returns its version.</summary>
    /// <exception cref="InvalidDataException">
    /// Another section stands here, or its version is not <paramref name="versionMin"/> to <paramref name="versionMax"/>.
    /// </exception>
    public int Section(string name, int versionMax, int versionMin = 1)
    {
        var found = ReadString();
        if (found != name) throw new InvalidDataException($"snapshot section was '{found}', expected '{name}'");
        var version = ReadInt32();
        if (version < versionMin || version > versionMax)
            throw new InvalidDataException($"snapshot section '{name}' has version {version}, this build reads {versionMin} to {versionMax}");
        return version;
    }

    /// <summary>Reads a boolean.</summary>
    /// <exception cref="InvalidDataException">The byte is neither 0 nor 1.</exception>
    public bool ReadBoolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw new InvalidDataException($"snapshot is damaged: a boolean was {other}"),
    };

    /// <summary>Reads a 32-bit integer.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>Reads a 64-bit integer.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>Reads a 128-bit integer.</summary>
    public Int128 ReadInt128() => BinaryPrimitives.ReadInt128LittleEndian(Take(16));

    /// <summary>Reads a double by its bits.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>Reads a decimal with its scale.</summary>
    /// <exception cref="InvalidDataException">The four words are not those of a decimal.</exception>
    public decimal ReadDecimal()
    {
        Span<int> words = [ReadInt32(), ReadInt32(), ReadInt32(), ReadInt32()];
        try
        {
            return new decimal(words);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("snapshot is damaged: a decimal has an impossible scale", e);
        }
    }

    /// <summary>Reads a double that may be absent.</summary>
    public double? ReadOptionalDouble() => ReadBoolean() ? ReadDouble() : null;

    /// <summary>Reads a decimal that may be absent.</summary>
    public decimal? ReadOptionalDecimal() => ReadBoolean() ? ReadDecimal() : null;

    /// <summary>Reads a string.</summary>
    public string ReadString() => Encoding.UTF8.GetString(Take(ReadLength()));

    /// <summary>Reads a block of bytes without copying it.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadLength());

    private int ReadLength()
    {
        var length = ReadInt32();
        if (length < 0 || length > _bytes.Length - _position) throw new InvalidDataException("snapshot is truncated or damaged");
        return length;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position) throw new InvalidDataException("snapshot is truncated or damaged");
        var span = _bytes.Slice(_position, count);
        _position += count;
        return span;
    }
}
