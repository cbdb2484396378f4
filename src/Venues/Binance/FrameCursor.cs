using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Granary.Engine.Market;

namespace Granary.Venues.Binance;

/// <summary>
/// Walks over a frame in the form that venues send: JSON without blanks and escapes. Every member takes what it is asked for and returns true, or returns
/// false where the text is anything else, valid or not; whoever asked then leaves the frame to a real JSON reader. What it takes is valid JSON.
/// </summary>
internal ref struct FrameCursor(ReadOnlySpan<byte> text, int position)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at = position;

    /// <summary>Index of the next byte.</summary>
    public readonly int Position => _at;

    /// <summary>Takes a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(byte expected)
    {
        if ((uint)_at >= (uint)_text.Length || _text[_at] != expected) return false;
        _at++;
        return true;
    }

    /// <summary>Takes a member's name and the colon behind it.</summary>
    /// <param name="key">The name's one or two characters, the first in the lower byte; 0 for a longer or an empty one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryKey(out int key)
    {
        key = 0;
        if (_at + 4 > _text.Length) return false;
        // "k": with k between; what may not stand in a name is turned away by name below.
        var word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_text), _at));
        if ((word & 0xFFFF_00FF) != ('"' | ((uint)'"' << 16) | ((uint)':' << 24)))
        {
            var at = _at;
            key = LongKey(_text, ref at);
            _at = at;
            return key >= 0;
        }
        key = (byte)(word >> 8);
        _at += 4;
        return key is >= 0x20 and < 0x80 and not '"' and not '\\';
    }

    /// <summary>Takes a text and returns what stands between its quotes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryText(out ReadOnlySpan<byte> text)
    {
        var start = _at + 1;
        if (start + 8 <= _text.Length && At(_at) == '"')
        {
            var plain = Digits.CountPlain(Word(start));
            if (plain < 8 && At(start + plain) == '"')
            {
                _at = start + plain + 1;
                text = _text.Slice(start, plain);
                return true;
            }
        }
        var at = _at;
        var isTaken = TryLongText(_text, ref at);
        text = isTaken ? _text[start..(at - 1)] : default;
        _at = at;
        return isTaken;
    }

    /// <summary>Takes an unsigned integer of at most 15 digits, or 18 near the end of the frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryInteger(out long value)
    {
        if (_at + 16 > _text.Length)
        {
            var at = _at;
            value = IntegerAtEnd(_text, ref at);
            _at = at;
            return value >= 0;
        }
        var word = Word(_at);
        var count = Digits.Count(word);
        value = 0;
        // A leading zero is a number only alone.
        if (count == 0 || (count > 1 && (byte)word == '0')) return false;
        value = Digits.Value(word, count);
        _at += count;
        if (count < 8) return true;
        word = Word(_at);
        count = Digits.Count(word);
        if (count == 8) return false;
        _at += count;
        if (count > 0) value = Digits.Append(value, word, count);
        return true;
    }

    /// <summary>Takes a text that is a decimal number; quick with at most seven digits before the point and at most eight behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFixed8(out long e8)
    {
        var start = _at;
        if (start + FixedLengthMax <= _text.Length && TryTake((byte)'"') && TryFixed8Body(out e8)) return true;
        var isTaken = TryAnyFixed8(_text, ref start, out var any);
        _at = start;
        e8 = any;
        return isTaken;
    }

    /// <summary>Takes true or false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFlag(out bool value)
    {
        var rest = _text[_at..];
        value = rest.StartsWith("true"u8);
        if (!value && !rest.StartsWith("false"u8)) return false;
        _at += value ? 4 : 5;
        return true;
    }

    /// <summary>Takes a text, a number, true, false or null that nobody needs; what it contains is not taken.</summary>
    public bool TrySkip()
    {
        if ((uint)_at >= (uint)_text.Length) return false;
        var first = _text[_at];
        if (first == '"') return TryText(out _);
        if (first is (byte)'t' or (byte)'f') return TryFlag(out _);
        if (first != 'n') return TryInteger(out _);
        if (!_text[_at..].StartsWith("null"u8)) return false;
        _at += 4;
        return true;
    }

    /// <summary>Takes what follows a member: a comma, or the end of the object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out bool isEnd)
    {
        isEnd = false;
        if ((uint)_at >= (uint)_text.Length) return false;
        var next = _text[_at++];
        isEnd = next == '}';
        return isEnd || next == ',';
    }

    /// <summary>Whether only the end of the wrapper, if there is one, is left.</summary>
    public readonly bool IsAtEnd(bool isWrapped) => isWrapped ? _at + 1 == _text.Length && _text[_at] == '}' : _at == _text.Length;

    /// <summary>Takes a price and a quantity, ["price","quantity"].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryLevel(out long price, out long quantity)
    {
        var start = _at;
        if (start + LevelLengthMax <= _text.Length && TryLevelBody(out price, out quantity)) return true;
        var isTaken = TryAnyLevel(_text, ref start, out var anyPrice, out var anyQuantity);
        _at = start;
        (price, quantity) = (anyPrice, anyQuantity);
        return isTaken;
    }

    // A quote, seven digits, the point, eight bytes that hold decimals or what comes behind them, and the closing quote.
    private const int FixedLengthMax = 18;

    // A vector, and a word from its last byte on.
    private const int LevelLengthMax = 40;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref byte At(int index) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_text), index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Word(int index) => Unsafe.ReadUnaligned<ulong>(ref At(index));

    /// <summary>The digits and the closing quote; the caller has seen to it that enough bytes are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFixed8Body(out long e8)
    {
        var word = Word(_at);
        var count = Digits.Count(word);
        e8 = 0;
        if ((uint)(count - 1) >= 7) return false;
        e8 = Digits.Value(word, count) * Fixed8.One;
        var separator = (byte)(word >> (count << 3));
        _at += count + 1;
        if (separator != '.') return separator == '"';
        word = Word(_at);
        count = Digits.Count(word);
        if (count == 0) return false;
        e8 += Digits.ValuePadded(word, count);
        _at += count + 1;
        return At(_at - 1) == '"';
    }

    /// <summary>
    /// A level inside one vector: where the quotes and points are is seen at once, so that no number has to wait for the one before it to be read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryLevelBody(out long price, out long quantity)
    {
        const uint Between = '"' | (',' << 8) | ('"' << 16);
        price = quantity = 0;
        var window = Vector256.LoadUnsafe(ref At(_at));
        var quotes = Vector256.Equals(window, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        var points = Vector256.Equals(window, Vector256.Create((byte)'.')).ExtractMostSignificantBits();
        var digits = Vector256.LessThanOrEqual(window - Vector256.Create((byte)'0'), Vector256.Create((byte)9)).ExtractMostSignificantBits();
        // The quotes of ["price","quantity"]: the first is the second byte, the third follows the second by two.
        var rest = quotes & (quotes - 1);
        var priceEnd = BitOperations.TrailingZeroCount(rest);
        rest &= rest - 1;
        rest &= rest - 1;
        var end = BitOperations.TrailingZeroCount(rest);
        if (end >= 31 || (Unsafe.ReadUnaligned<ushort>(ref At(_at)) != ('[' | ('"' << 8)))) return false;
        var quantityStart = priceEnd + 3;
        if ((Unsafe.ReadUnaligned<uint>(ref At(_at + priceEnd)) & 0xFF_FFFF) != Between || At(_at + end + 1) != ']') return false;
        if (!TryNumber(2, priceEnd, points, digits, out price) || !TryNumber(quantityStart, end, points, digits, out quantity)) return false;
        _at += end + 2;
        return true;
    }

    /// <summary>The number between two bytes of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryNumber(int start, int end, uint points, uint digits, out long e8)
    {
        e8 = 0;
        var inside = (uint.MaxValue << start) & ~(uint.MaxValue << end);
        points &= inside;
        // All digits but for at most one point.
        if (((digits | points) & inside) != inside || (points & (points - 1)) != 0) return false;
        var point = points == 0 ? end : BitOperations.TrailingZeroCount(points);
        var whole = point - start;
        if ((uint)(whole - 1) >= 8) return false;
        e8 = Digits.Value(Word(_at + start), whole) * Fixed8.One;
        var decimals = end - point - 1;
        if (decimals <= 0) return decimals < 0;
        if (decimals > 8) return false;
        e8 += Digits.ValuePadded(Word(_at + point + 1), decimals);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LongKey(ReadOnlySpan<byte> text, ref int at)
    {
        var start = at + 1;
        if (!TryLongText(text, ref at)) return -1;
        var key = at - 1 - start == 2 ? text[start] | (text[start + 1] << 8) : 0;
        return Take(text, ref at, (byte)':') ? key : -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryLongText(ReadOnlySpan<byte> text, ref int at)
    {
        if (!Take(text, ref at, (byte)'"')) return false;
        while (at + 8 <= text.Length)
        {
            var plain = Digits.CountPlain(BinaryPrimitives.ReadUInt64LittleEndian(text[at..]));
            at += plain;
            if (plain < 8) break;
        }
        // Near the end byte by byte; elsewhere this sees the quote at once.
        while ((uint)at < (uint)text.Length && text[at] is >= 0x20 and < 0x80 and not (byte)'"' and not (byte)'\\') at++;
        return Take(text, ref at, (byte)'"');
    }

    /// <summary>An integer, or -1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long IntegerAtEnd(ReadOnlySpan<byte> text, ref int at)
    {
        var start = at;
        long value = 0;
        for (; (uint)at < (uint)text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            if (at - start == 18) return -1;
            value = (value * 10) + (text[at] - '0');
        }
        return at - start == 1 || (at > start && text[start] != '0') ? value : -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAnyFixed8(ReadOnlySpan<byte> text, ref int at, out long e8)
    {
        var start = at + 1;
        e8 = 0;
        return TryLongText(text, ref at) && Fixed8.TryParse(text[start..(at - 1)], out e8);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAnyLevel(ReadOnlySpan<byte> text, ref int at, out long price, out long quantity)
    {
        price = quantity = 0;
        return Take(text, ref at, (byte)'[') && TryAnyFixed8(text, ref at, out price) && Take(text, ref at, (byte)',')
            && TryAnyFixed8(text, ref at, out quantity) && Take(text, ref at, (byte)']');
    }

    private static bool Take(ReadOnlySpan<byte> text, ref int at, byte expected) => (uint)at < (uint)text.Length && text[at++] == expected;
}
