using System.Text.Json;
using Granary.Engine.Book;
using Granary.Engine.Market;

namespace Granary.Venues.Binance;

/// <content>The JSON reader, for what the scanner does not take: it collects the fields that matter, of doubled ones the last.</content>
public sealed partial class MarketFrameDecoder
{
    // Slots of the fields that matter; every other key is skipped. The one of two characters comes last.
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
    private const int LowerU = 10;
    private const int LowerB = 11;
    private const int UpperB = 12;
    private const int UpperA = 13;
    private const int Index = 14;
    private const int Rate = 15;
    private const int LowerT = 16;
    private const int Origin = 17;
    private const int UpperU = 18;
    private const int Previous = 19;
    private const int SlotCount = 20;
    private const int ScratchLength = 1024;
    private const string KeysOfSlots = "eEsTapqflmubBAirtXU";

    private static readonly string[] _scopes = ["aggTrade", "trade", "bookTicker", "depthUpdate", "markPriceUpdate", "kline"];

    private readonly Field[] _fields = new Field[SlotCount];
    private readonly byte[] _scratch = new byte[ScratchLength];
    private uint _present;
    private int _scratchUsed;

    private enum FieldKind : byte
    {
        /// <summary>A text: Offset and Length point to it.</summary>
        Text,

        /// <summary>A number that is no integer of at most 18 digits: Offset and Length point to it.</summary>
        Number,

        /// <summary>An integer: Value.</summary>
        Integer,

        /// <summary>true (Value 1) or false (Value 0).</summary>
        Flag,

        /// <summary>A list of levels, which stand in the buffer of their side: Value is how many.</summary>
        Levels,

        /// <summary>null, an object, an array, or a text with escapes that is too long to be any of the fields.</summary>
        Other,
    }

    private void Read(ReadOnlySpan<byte> s, ref MarketFrame frame)
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
        if (Unknown is not null) CountUnknown(data, Unknown);
        ReadFields(ref data);
        if (TryConvert(s, ref frame)) return;
        if (!isWrapped && TryReadAnswer(s, ref frame)) return;
        Malformed(ref frame, "neither an event nor an answer");
    }

    private void ReadFields(ref Utf8JsonReader reader)
    {
        _present = 0;
        _scratchUsed = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var slot = SlotOf(ref reader);
            reader.Read();
            if (slot >= 0)
            {
                _fields[slot] = ReadField(ref reader, slot);
                _present |= 1u << slot;
            }
            reader.Skip();
        }
    }

    /// <summary>With a copy of the reader. Only frames that the scanner did not take come here, and one with such a field is among them.</summary>
    private static void CountUnknown(Utf8JsonReader reader, UnknownNames unknown)
    {
        var names = reader;
        var scope = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("e"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String) scope = ScopeOf(ref reader);
            reader.Skip();
        }
        var known = MarketFields.Of(scope);
        if (known.IsEmpty) return;
        while (names.Read() && names.TokenType == JsonTokenType.PropertyName)
        {
            if (!names.ValueIsEscaped && !known.Contains(MarketFields.Key(names.ValueSpan))) unknown.CountField(scope, names.ValueSpan);
            names.Read();
            names.Skip();
        }
    }

    private static string ScopeOf(ref Utf8JsonReader reader)
    {
        foreach (var name in _scopes)
            if (reader.ValueTextEquals(name))
                return name;
        return "";
    }

    private static int SlotOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length == 1) return KeysOfSlots.AsSpan().IndexOf((char)reader.ValueSpan[0]);
        if (reader.ValueTextEquals("pu"u8)) return Previous;
        if (!reader.ValueIsEscaped) return -1;
        for (var i = 0; i < KeysOfSlots.Length; i++)
        {
            if (reader.ValueTextEquals(KeysOfSlots.AsSpan(i, 1))) return i;
        }
        return -1;
    }

    private Field ReadField(ref Utf8JsonReader reader, int slot)
    {
        var field = new Field { Kind = FieldKind.Other };
        switch (reader.TokenType)
        {
            case JsonTokenType.String when !reader.ValueIsEscaped:
                field.Kind = FieldKind.Text;
                field.Offset = (int)reader.TokenStartIndex + 1;
                field.Length = reader.ValueSpan.Length;
                break;
            case JsonTokenType.String when reader.ValueSpan.Length <= ScratchLength - _scratchUsed:
                field.Kind = FieldKind.Text;
                field.IsUnescaped = true;
                field.Offset = _scratchUsed;
                field.Length = reader.CopyString(_scratch.AsSpan(_scratchUsed));
                _scratchUsed += field.Length;
                break;
            case JsonTokenType.Number when reader.TryGetInt64(out field.Value) && Math.Abs((decimal)field.Value) < 1_000_000_000_000_000_000m:
                field.Kind = FieldKind.Integer;
                break;
            case JsonTokenType.Number:
                field.Kind = FieldKind.Number;
                field.Offset = (int)reader.TokenStartIndex;
                field.Length = reader.ValueSpan.Length;
                break;
            case JsonTokenType.True or JsonTokenType.False:
                field.Kind = FieldKind.Flag;
                field.Value = reader.TokenType == JsonTokenType.True ? 1 : 0;
                break;
            case JsonTokenType.StartArray when slot is LowerA or LowerB:
                var count = 0;
                var isRead = slot == LowerB ? TryReadLevels(reader, ref _bids, out count) : TryReadLevels(reader, ref _asks, out count);
                if (!isRead) break;
                field.Kind = FieldKind.Levels;
                field.Value = count;
                break;
        }
        return field;
    }

    /// <summary>Reads [["price","quantity"],...] with a copy of the reader; a level may have further elements, which mean nothing.</summary>
    private static bool TryReadLevels(Utf8JsonReader reader, ref BookLevel[] levels, out int count)
    {
        count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartArray) return false;
            if (!reader.Read() || !TryReadFixed8(ref reader, out var price) || price <= 0) return false;
            if (!reader.Read() || !TryReadFixed8(ref reader, out var quantity) || quantity < 0) return false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) reader.Skip();
            if (count == levels.Length && !TryGrow(ref levels)) return false;
            levels[count++] = new BookLevel(price, quantity);
        }
        return true;
    }

    private static bool TryReadFixed8(ref Utf8JsonReader reader, out long e8)
    {
        e8 = 0;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)) return false;
        if (!reader.ValueIsEscaped) return Fixed8.TryParse(reader.ValueSpan, out e8);
        Span<byte> unescaped = stackalloc byte[128];
        return reader.ValueSpan.Length <= unescaped.Length && Fixed8.TryParse(unescaped[..reader.CopyString(unescaped)], out e8);
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
            : $"code {(error.TryGet("code", out var code) ? PrintableName(code.ToString()) : "none")}: "
                + $"{(error.TryGet("msg", out var message) ? PrintableName(message.ToString()) : "no message")}";
        return true;
    }

    private struct Field
    {
        public long Value;
        public int Offset;
        public int Length;
        public FieldKind Kind;

        /// <summary>Offset and Length point into the scratch memory, not into the frame.</summary>
        public bool IsUnescaped;
    }
}
