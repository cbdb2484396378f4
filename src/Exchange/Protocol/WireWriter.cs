using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Granary.Exchange.Protocol;

/// <summary>
/// Writes compact JSON as Binance spells it: decimals are strings with a fixed scale. Not thread-safe; reuse one per writer. Commas place themselves:
/// one is written before a value unless the text ends in an opening bracket, a colon or a comma.
/// </summary>
internal sealed class WireWriter
{
    private const int DecimalBytesMax = 40;

    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>The bytes written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public WireWriter Reset()
    {
        _length = 0;
        return this;
    }

    /// <summary>Copies what was written to an array of its own.</summary>
    public byte[] ToArray() => Written.ToArray();

    public WireWriter BeginObject() => Separate().Raw("{"u8);

    public WireWriter EndObject() => Raw("}"u8);

    public WireWriter BeginArray() => Separate().Raw("["u8);

    public WireWriter EndArray() => Raw("]"u8);

    /// <summary>Writes a member's name; it must not need escaping.</summary>
    public WireWriter Name(ReadOnlySpan<byte> name) => Separate().Raw("\""u8).Raw(name).Raw("\":"u8);

    /// <summary>Appends bytes as they are, with no comma.</summary>
    public WireWriter Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
        return this;
    }

    /// <summary>A complete JSON value.</summary>
    public WireWriter Value(ReadOnlySpan<byte> json) => Separate().Raw(json);

    public WireWriter Text(string text)
    {
        Separate();
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' or '"' or '\\') return Raw(JsonSerializer.SerializeToUtf8Bytes(text));
        }
        var room = Room(text.Length + 2);
        room[0] = (byte)'"';
        Encoding.ASCII.GetBytes(text, room[1..]);
        room[text.Length + 1] = (byte)'"';
        _length += text.Length + 2;
        return this;
    }

    public WireWriter Number(long value)
    {
        Separate();
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        _length += written;
        return this;
    }

    /// <summary>A bare decimal number without trailing zeros.</summary>
    public WireWriter Number(decimal value)
    {
        Separate();
        WriteDecimal(value, 0);
        return this;
    }

    public WireWriter Bool(bool value) => Separate().Raw(value ? "true"u8 : "false"u8);

    /// <summary>
    /// A decimal as a string with at least <paramref name="scale"/> decimals. Digits beyond the scale are kept, never rounded, so that sums of what was
    /// published stay exact; only zeros beyond it are dropped.
    /// </summary>
    public WireWriter Decimal(decimal value, int scale)
    {
        Separate().Raw("\""u8);
        WriteDecimal(value, scale);
        return Raw("\""u8);
    }

    /// <summary>An E8 number as a string with at least <paramref name="scale"/> (0 to 8) decimals; digits beyond the scale are kept.</summary>
    public WireWriter E8(long e8, int scale)
    {
        Separate();
        var room = Room(32);
        var at = 0;
        room[at++] = (byte)'"';
        var magnitude = (UInt128)(e8 < 0 ? -(Int128)e8 : e8);
        if (e8 < 0) room[at++] = (byte)'-';
        var (whole, fraction) = ((ulong)(magnitude / 100_000_000), (uint)(ulong)(magnitude % 100_000_000));
        Utf8Formatter.TryFormat(whole, room[at..], out var digits);
        at += digits;
        var decimals = 8;
        while (decimals > scale && fraction % 10 == 0)
        {
            fraction /= 10;
            decimals--;
        }
        if (decimals > 0)
        {
            room[at] = (byte)'.';
            for (var i = decimals; i > 0; i--)
            {
                room[at + i] = (byte)('0' + (fraction % 10));
                fraction /= 10;
            }
            at += decimals + 1;
        }
        room[at++] = (byte)'"';
        _length += at;
        return this;
    }

    private WireWriter Separate()
    {
        if (_length > 0 && _buffer[_length - 1] is not ((byte)'{' or (byte)'[' or (byte)':' or (byte)',')) Raw(","u8);
        return this;
    }

    private void WriteDecimal(decimal value, int scale)
    {
        if (value.Scale < scale) value += new decimal(0, 0, 0, false, (byte)scale);
        Utf8Formatter.TryFormat(value, Room(DecimalBytesMax), out var written);
        var excess = value.Scale - scale;
        while (excess > 0 && _buffer[_length + written - 1] == (byte)'0')
        {
            written--;
            excess--;
        }
        if (_buffer[_length + written - 1] == (byte)'.') written--;
        _length += written;
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _length < bytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        return _buffer.AsSpan(_length);
    }
}
