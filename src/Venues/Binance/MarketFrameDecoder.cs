using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Granary.Engine.Market;

namespace Granary.Venues.Binance;

/// <summary>
/// Reads aggTrade, bookTicker and markPriceUpdate events straight from UTF-8, in the wrapped form ({"stream":..,"data":{..}}) and the raw
/// one, with the fields in any order, without allocating. A scanner takes the form that the venue sends (no blanks, no escapes, flat
/// values); whatever deviates goes through <see cref="Utf8JsonReader"/> with the same result. Both accept only valid JSON. Not for concurrent use.
/// </summary>
public sealed class MarketFrameDecoder
{
    // Slots of the fields that matter; every other key is skipped.
    private const int EventType = 0;
    private const int EventTime = 1;
    private const int Symbol = 2;
    private const int Time = 3;
    private const int LowerA = 4;
    private const int LowerP = 5;
    private const int Quantity = 6;
    private const int First = 7;
    private const int Last = 8;
    private const int IsMaker = 9;
    private const int UpdateId = 10;
    private const int LowerB = 11;
    private const int UpperB = 12;
    private const int UpperA = 13;
    private const int Index = 14;
    private const int Rate = 15;
    private const int SlotCount = 16;
    private const int ScratchLength = 1024;
    private const string KeysOfSlots = "eEsTapqflmubBAir";

    private static readonly sbyte[] _slotOfKey = MakeSlotOfKey();
    private readonly SymbolTable _symbols;
    private readonly Field[] _fields = new Field[SlotCount];
    private readonly byte[] _scratch = new byte[ScratchLength];
    private uint _present;

    /// <summary>Makes a decoder.</summary>
    /// <param name="symbols">Upper-case symbols; a frame's symbol index is the position in this list.</param>
    /// <exception cref="ArgumentException">A symbol is empty or stands twice.</exception>
    public MarketFrameDecoder(IReadOnlyList<string> symbols) => _symbols = new SymbolTable(symbols);

    private enum FieldKind : byte
    {
        /// <summary>A text, or a number that is no integer of at most 18 digits: Offset and Length point to it.</summary>
        Text,

        /// <summary>An integer: Value.</summary>
        Integer,

        /// <summary>true (Value 1) or false (Value 0).</summary>
        Flag,

        /// <summary>null, an object, an array, or a text too long to be any of the fields.</summary>
        Other,
    }

    /// <summary>Reads a frame. Never throws.</summary>
    /// <param name="bytes">One whole message.</param>
    /// <param name="frame">Receives the result.</param>
    public void Decode(ReadOnlySpan<byte> bytes, ref MarketFrame frame)
    {
        if (TryScan(bytes) && TryConvert(bytes, ref frame) && frame.Kind != MarketFrameKind.Malformed) return;
        try
        {
            DecodeSlowly(bytes, ref frame);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Malformed(ref frame, "the frame is not valid JSON");
        }
    }

    private static sbyte[] MakeSlotOfKey()
    {
        var slots = new sbyte[128];
        Array.Fill(slots, (sbyte)-1);
        for (var slot = 0; slot < KeysOfSlots.Length; slot++) slots[KeysOfSlots[slot]] = (sbyte)slot;
        return slots;
    }

    /// <summary>Index of the closing quote from a position inside a plain ASCII text, or -1 when it is not plain or not closed.</summary>
    private static int EndOfText(ReadOnlySpan<byte> s, int i)
    {
        for (; (uint)i < (uint)s.Length; i++)
        {
            var c = s[i];
            if (c == '"') return i;
            if (c is < 0x20 or >= 0x80 or (byte)'\\') return -1;
        }
        return -1;
    }

    private bool TryScan(ReadOnlySpan<byte> s)
    {
        _present = 0;
        var i = 0;
        var isWrapped = s.StartsWith("{\"stream\":\""u8);
        if (isWrapped)
        {
            i = EndOfText(s, 11) + 1;
            if (i == 0 || !s[i..].StartsWith(",\"data\":"u8)) return false;
            i += 8;
        }
        if (i >= s.Length || s[i] != '{') return false;
        i++;
        var slotOfKey = _slotOfKey;
        var fields = _fields;
        while (true)
        {
            // The shortest rest is "k":0} with six bytes, so these four can be looked at.
            if (i + 6 > s.Length || s[i] != '"') return false;
            var key = s[i + 1];
            int slot;
            if (s[i + 2] == '"')
            {
                if (key is < 0x20 or >= 0x80 or (byte)'"' or (byte)'\\') return false;
                slot = slotOfKey[key];
                i += 3;
            }
            else
            {
                i = EndOfText(s, i + 1) + 1;
                if (i == 0) return false;
                slot = -1;
            }
            if (i + 2 > s.Length || s[i] != ':') return false;
            i++;
            Field field = default;
            var c = s[i];
            if (c == '"')
            {
                var start = i + 1;
                i = EndOfText(s, start) + 1;
                if (i == 0) return false;
                field.Kind = FieldKind.Text;
                field.Offset = start;
                field.Length = i - 1 - start;
            }
            else if (c is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
            {
                var isNegative = c == '-';
                if (isNegative) i++;
                var start = i;
                long value = 0;
                for (; (uint)i < (uint)s.Length; i++)
                {
                    var digit = (uint)(s[i] - '0');
                    if (digit > 9) break;
                    value = unchecked((value * 10) + digit);
                }
                var digits = i - start;
                if (digits is 0 or > 18 || (digits > 1 && s[start] == '0')) return false;
                field.Kind = FieldKind.Integer;
                field.Value = isNegative ? -value : value;
            }
            else if (s[i..].StartsWith("true"u8))
            {
                i += 4;
                field.Kind = FieldKind.Flag;
                field.Value = 1;
            }
            else if (s[i..].StartsWith("false"u8))
            {
                i += 5;
                field.Kind = FieldKind.Flag;
            }
            else if (s[i..].StartsWith("null"u8))
            {
                i += 4;
                field.Kind = FieldKind.Other;
            }
            else
            {
                return false;
            }
            if (slot >= 0)
            {
                fields[slot] = field;
                _present |= 1u << slot;
            }
            if (i >= s.Length) return false;
            if (s[i] == ',')
            {
                i++;
                continue;
            }
            if (s[i] != '}') return false;
            i++;
            if (!isWrapped) return i == s.Length;
            return i + 1 == s.Length && s[i] == '}';
        }
    }

    /// <summary>Turns the fields into an event.</summary>
    /// <returns>False when there is no event type.</returns>
    private bool TryConvert(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TryText(s, EventType, out var type)) return false;
        if (type.SequenceEqual("aggTrade"u8)) ConvertTrade(s, ref frame);
        else if (type.SequenceEqual("bookTicker"u8)) ConvertTicker(s, ref frame);
        else if (type.SequenceEqual("markPriceUpdate"u8)) ConvertMark(s, ref frame);
        else Unhandled(ref frame, string.Concat("event ", PrintableName(type)));
        return true;
    }

    private void ConvertTrade(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TrySymbol(s, ref frame)) return;
        if (!TryInteger(s, LowerA, out var id) || id < 0) Malformed(ref frame, "aggTrade: field a is missing or no id");
        else if (!TryInteger(s, Time, out var timeMs) || timeMs < 0) Malformed(ref frame, "aggTrade: field T is missing or no time");
        else if (!TryFixed8(s, LowerP, out var price) || price <= 0) Malformed(ref frame, "aggTrade: field p is missing or no price above 0");
        else if (!TryFixed8(s, Quantity, out var quantity) || quantity <= 0) Malformed(ref frame, "aggTrade: field q is missing or no quantity above 0");
        else if (!TryInteger(s, First, out var first) || first < -1) Malformed(ref frame, "aggTrade: field f is missing or no id");
        else if (!TryInteger(s, Last, out var last) || last < first || last - first >= int.MaxValue)
            Malformed(ref frame, "aggTrade: field l is missing or before field f");
        else if (!TryFlag(IsMaker, out var isMaker)) Malformed(ref frame, "aggTrade: field m is missing or neither true nor false");
        else
        {
            frame.Kind = MarketFrameKind.AggTrade;
            frame.Trade = new AggTrade(id, timeMs, price, quantity, first, (int)(last - first) + 1, isMaker);
        }
    }

    private void ConvertTicker(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TrySymbol(s, ref frame)) return;
        if (!TryInteger(s, UpdateId, out var id) || id < 0) Malformed(ref frame, "bookTicker: field u is missing or no id");
        else if (!TryInteger(s, Time, out var timeMs) || timeMs < 0) Malformed(ref frame, "bookTicker: field T is missing or no time");
        else if (!TryFixed8(s, LowerB, out var bid) || bid < 0) Malformed(ref frame, "bookTicker: field b is missing or no price");
        else if (!TryFixed8(s, UpperB, out var bidQuantity) || bidQuantity < 0) Malformed(ref frame, "bookTicker: field B is missing or no quantity");
        else if (!TryFixed8(s, LowerA, out var ask) || ask < 0) Malformed(ref frame, "bookTicker: field a is missing or no price");
        else if (!TryFixed8(s, UpperA, out var askQuantity) || askQuantity < 0) Malformed(ref frame, "bookTicker: field A is missing or no quantity");
        else
        {
            frame.Kind = MarketFrameKind.BookTicker;
            frame.Ticker = new BookTicker(id, timeMs, bid, bidQuantity, ask, askQuantity);
        }
    }

    private void ConvertMark(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TrySymbol(s, ref frame)) return;
        // Contracts that do not pay funding send an empty rate and 0 as the next time.
        long rate = 0;
        var hasRate = !TryText(s, Rate, out var rateText) || rateText.Length > 0;
        if (!TryInteger(s, EventTime, out var timeMs) || timeMs < 0) Malformed(ref frame, "markPriceUpdate: field E is missing or no time");
        else if (!TryFixed8(s, LowerP, out var mark) || mark <= 0) Malformed(ref frame, "markPriceUpdate: field p is missing or no price above 0");
        else if (!TryFixed8(s, Index, out var index) || index < 0) Malformed(ref frame, "markPriceUpdate: field i is missing or no price");
        else if (hasRate && !TryFixed8(s, Rate, out rate)) Malformed(ref frame, "markPriceUpdate: field r is missing or no rate");
        else if (!TryInteger(s, Time, out var fundingMs) || fundingMs < 0) Malformed(ref frame, "markPriceUpdate: field T is missing or no time");
        else
        {
            frame.Kind = MarketFrameKind.MarkPrice;
            frame.Mark = new MarkPrice(timeMs, Fixed8.ToDecimal(mark), Fixed8.ToDecimal(index), Fixed8.ToDecimal(rate), fundingMs);
        }
    }

    private bool TrySymbol(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TryText(s, Symbol, out var symbol))
        {
            Malformed(ref frame, "field s is missing");
            return false;
        }
        frame.SymbolIndex = _symbols.Find(symbol);
        if (frame.SymbolIndex >= 0) return true;
        Unhandled(ref frame, "a symbol that was not asked for");
        return false;
    }

    private bool TryText(ReadOnlySpan<byte> s, int slot, out ReadOnlySpan<byte> text)
    {
        text = default;
        if ((_present & (1u << slot)) == 0 || _fields[slot].Kind != FieldKind.Text) return false;
        text = s.Slice(_fields[slot].Offset, _fields[slot].Length);
        return true;
    }

    private bool TryInteger(ReadOnlySpan<byte> s, int slot, out long value)
    {
        value = 0;
        if ((_present & (1u << slot)) == 0) return false;
        ref readonly var field = ref _fields[slot];
        if (field.Kind == FieldKind.Integer)
        {
            value = field.Value;
            return true;
        }
        if (field.Kind != FieldKind.Text) return false;
        return Utf8Parser.TryParse(s.Slice(field.Offset, field.Length), out value, out var used) && used == field.Length;
    }

    private bool TryFixed8(ReadOnlySpan<byte> s, int slot, out long e8)
    {
        e8 = 0;
        if ((_present & (1u << slot)) == 0) return false;
        ref readonly var field = ref _fields[slot];
        if (field.Kind == FieldKind.Text) return Fixed8.TryParse(s.Slice(field.Offset, field.Length), out e8);
        if (field.Kind != FieldKind.Integer || Math.Abs(field.Value) > Fixed8.Max / Fixed8.One) return false;
        e8 = field.Value * Fixed8.One;
        return true;
    }

    private bool TryFlag(int slot, out bool value)
    {
        value = _fields[slot].Value != 0;
        return (_present & (1u << slot)) != 0 && _fields[slot].Kind == FieldKind.Flag;
    }

    private void DecodeSlowly(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        // First the whole text is checked, so that nothing is taken from a frame that turns out broken further on.
        var check = new Utf8JsonReader(s);
        while (check.Read())
        {
        }
        var reader = new Utf8JsonReader(s);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Malformed(ref frame, "the frame is not an object");
            return;
        }
        // The last "data" member counts, as with every other doubled name.
        Utf8JsonReader data = default;
        var isWrapped = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isData)
            {
                isWrapped = reader.TokenType == JsonTokenType.StartObject;
                data = reader;
            }
            reader.Skip();
        }
        if (!isWrapped)
        {
            data = new Utf8JsonReader(s);
            data.Read();
        }
        ReadFields(ref data);
        if (TryConvert(_scratch, ref frame)) return;
        if (!isWrapped && TryReadAnswer(s, ref frame)) return;
        Malformed(ref frame, "neither an event nor an answer");
    }

    private void ReadFields(ref Utf8JsonReader reader)
    {
        _present = 0;
        var used = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var slot = -1;
            if (reader.ValueIsEscaped)
            {
                for (var i = 0; i < SlotCount && slot < 0; i++)
                    if (reader.ValueTextEquals(KeysOfSlots.AsSpan(i, 1)))
                        slot = i;
            }
            else if (reader.ValueSpan.Length == 1 && reader.ValueSpan[0] < 0x80)
            {
                slot = _slotOfKey[reader.ValueSpan[0]];
            }
            reader.Read();
            if (slot >= 0)
            {
                _fields[slot] = ReadField(ref reader, ref used);
                _present |= 1u << slot;
            }
            reader.Skip();
        }
    }

    private Field ReadField(ref Utf8JsonReader reader, ref int used)
    {
        Field field = default;
        switch (reader.TokenType)
        {
            case JsonTokenType.String when reader.ValueSpan.Length <= ScratchLength - used:
                field.Offset = used;
                field.Length = reader.CopyString(_scratch.AsSpan(used));
                used += field.Length;
                break;
            case JsonTokenType.Number when reader.TryGetInt64(out field.Value) && Math.Abs((decimal)field.Value) < 1_000_000_000_000_000_000m:
                field.Kind = FieldKind.Integer;
                break;
            case JsonTokenType.Number when reader.ValueSpan.Length <= ScratchLength - used:
                field.Offset = used;
                field.Length = reader.ValueSpan.Length;
                reader.ValueSpan.CopyTo(_scratch.AsSpan(used));
                used += field.Length;
                break;
            case JsonTokenType.True:
                field.Kind = FieldKind.Flag;
                field.Value = 1;
                break;
            case JsonTokenType.False:
                field.Kind = FieldKind.Flag;
                break;
            default:
                field.Kind = FieldKind.Other;
                break;
        }
        return field;
    }

    private static bool TryReadAnswer(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        // Rare enough for a document: one answer a subscription.
        using var document = JsonDocument.Parse(s.ToArray());
        var root = document.RootElement;
        var hasError = root.TryGet("error", out var error) || (root.TryGet("code", out _) && root.TryGet("msg", out _));
        if (!hasError && !root.TryGetProperty("result", out _)) return false;
        if (error.ValueKind == JsonValueKind.Undefined) error = root;
        frame.Kind = MarketFrameKind.Answer;
        frame.AnswerId = root.TryGetProperty("id", out var id) && long.TryParse(id.ToString(), out var number) ? number : -1;
        frame.AnswerError = !hasError
            ? null
            : $"code {(error.TryGet("code", out var code) ? PrintableName(Encoding.UTF8.GetBytes(code.ToString())) : "none")}: "
                + $"{(error.TryGet("msg", out var message) ? PrintableName(Encoding.UTF8.GetBytes(message.ToString())) : "no message")}";
        return true;
    }

    private static void Malformed(ref MarketFrame frame, string reason)
    {
        frame.Kind = MarketFrameKind.Malformed;
        frame.Reason = reason;
    }

    private static void Unhandled(ref MarketFrame frame, string reason)
    {
        frame.Kind = MarketFrameKind.Unhandled;
        frame.Reason = reason;
    }

    /// <summary>Text from outside, fit for a log line: printable ASCII, at most 64 characters.</summary>
    private static string PrintableName(ReadOnlySpan<byte> text)
    {
        Span<char> name = stackalloc char[Math.Min(text.Length, 64)];
        for (var i = 0; i < name.Length; i++) name[i] = text[i] is >= 0x20 and < 0x7F ? (char)text[i] : '?';
        return new string(name);
    }

    private struct Field
    {
        public long Value;
        public int Offset;
        public int Length;
        public FieldKind Kind;
    }
}
