using System.Buffers.Binary;
using System.IO.Compression;

namespace Granary.Tape.Files;

/// <summary>
/// Unpacks a gzip file (RFC 1952), one member or several, and compares each member's length and checksum. The framework's GZipStream takes a file that is
/// cut off for one that ends; this does not.
/// </summary>
/// <param name="file">The file, at its beginning; not disposed.</param>
internal sealed class GzipText(FileStream file) : IDisposable
{
    /// <summary>More than the inflater reads ahead: the end of a member lies this far before the file's position at most.</summary>
    private const int ReadAheadMax = 1 << 17;

    private const int HeaderTextMax = 1 << 16;
    private const int TrailerBytes = 8;

    private DeflateStream? _member;
    private long _memberStart;
    private Crc32 _checksum;
    private uint _length;

    /// <returns>The number of bytes read, 0 at the end.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or ends early.</exception>
    public int Read(Span<byte> buffer)
    {
        while (true)
        {
            if (_member is null)
            {
                if (!StartMember()) return 0;
            }
            var count = _member!.Read(buffer);
            _checksum.Append(buffer[..count]);
            _length += (uint)count;
            if (count > 0) return count;
            EndMember();
        }
    }

    public void Dispose() => _member?.Dispose();

    private bool StartMember()
    {
        if (file.Position > 0 && IsPaddingToEnd()) return false;
        Span<byte> header = stackalloc byte[10];
        file.ReadExactly(header);
        if (header is not [0x1F, 0x8B, 8, ..]) throw new InvalidDataException("no gzip member begins here");
        var flags = header[3];
        if ((flags & 4) != 0)
        {
            Span<byte> size = stackalloc byte[2];
            file.ReadExactly(size);
            file.Position += BinaryPrimitives.ReadUInt16LittleEndian(size);
        }
        if ((flags & 8) != 0) SkipText();
        if ((flags & 16) != 0) SkipText();
        if ((flags & 2) != 0) file.Position += 2;
        (_memberStart, _checksum, _length) = (file.Position, default, 0);
        _member = new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true);
        return true;
    }

    // How much the inflater has read ahead is not told. But what must follow the member, its checksum and its length, is known by now: so it is looked for.
    private void EndMember()
    {
        _member!.Dispose();
        _member = null;
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);

        var end = Math.Min(file.Position + TrailerBytes, file.Length);
        var start = Math.Max(_memberStart, end - TrailerBytes - ReadAheadMax);
        var window = new byte[end - start];
        file.Position = start;
        file.ReadExactly(window);
        var at = window.AsSpan().IndexOf(trailer);
        if (at < 0) throw new InvalidDataException("a gzip member ends early or differs from its checksum");
        file.Position = start + at + TrailerBytes;
    }

    private bool IsPaddingToEnd()
    {
        var position = file.Position;
        int value;
        do
        {
            value = file.ReadByte();
        }
        while (value == 0);
        file.Position = position;
        return value < 0;
    }

    private void SkipText()
    {
        for (var count = 0; count < HeaderTextMax; count++)
        {
            var value = file.ReadByte();
            if (value == 0) return;
            if (value < 0) break;
        }
        throw new InvalidDataException("a gzip header does not end");
    }
}
