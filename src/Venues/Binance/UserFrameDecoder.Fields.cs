using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Granary.Venues.Binance;

/// <content>The fields: names packed into an integer, and tolerant readers of values, as those of <see cref="JsonFields"/> but without allocating.</content>
internal sealed partial class UserFrameDecoder
{
    // Names of two to four characters, the first in the lowest byte.
    private const int AveragePriceKey = 'a' | ('p' << 8);
    private const int RealizedPnlKey = 'r' | ('p' << 8);
    private const int TriggerPriceKey = 't' | ('p' << 8);
    private const int ClosesPositionKey = 'c' | ('p' << 8);
    private const int OrderIdKey = 'a' | ('i' << 8);
    private const int ReasonKey = 'r' | ('m' << 8);
    private const int WalletKey = 'w' | ('b' << 8);
    private const int ChangeKey = 'b' | ('c' << 8);
    private const int PositionSideKey = 'p' | ('s' << 8);
    private const int AmountKey = 'p' | ('a' << 8);
    private const int EntryPriceKey = 'e' | ('p' << 8);
    private const int UnrealizedKey = 'u' | ('p' << 8);
    private const int ClientTriggerIdKey = 'c' | ('a' << 8) | ('i' << 16) | ('d' << 24);
    private const int TriggerIdKey = 'a' | ('i' << 8) | ('d' << 16);
    private readonly byte[] _scratch = new byte[128];
    private readonly byte[] _longName = new byte[64];
    private int _longNameLength;

    /// <summary>The object that the event is in: the member "data" of a wrapped frame, otherwise the frame.</summary>
    private static Utf8JsonReader Data(ReadOnlySpan<byte> bytes, out bool hasId)
    {
        var root = new Utf8JsonReader(bytes);
        root.Read();
        var data = root;
        hasId = false;
        if (root.TokenType != JsonTokenType.StartObject) return data;
        while (root.Read() && root.TokenType == JsonTokenType.PropertyName)
        {
            var isData = root.ValueTextEquals("data"u8);
            hasId |= root.ValueTextEquals("id"u8);
            root.Read();
            if (isData && root.TokenType == JsonTokenType.StartObject) data = root;
            root.Skip();
        }
        return data;
    }

    /// <summary>Goes to the next member's value; 0 for a name that is longer than four characters, which is then kept as it is.</summary>
    private bool TryNext(ref Utf8JsonReader reader, out int key)
    {
        key = 0;
        if (reader.TokenType == JsonTokenType.StartArray || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName) return false;
        var name = reader.ValueSpan;
        if (reader.ValueIsEscaped && name.Length <= _scratch.Length) name = _scratch.AsSpan(0, reader.CopyString(_scratch));
        if (name.Length is > 0 and <= 4)
        {
            for (var i = name.Length - 1; i >= 0; i--) key = (key << 8) | name[i];
        }
        else
        {
            _longNameLength = Math.Min(name.Length, _longName.Length);
            name[.._longNameLength].CopyTo(_longName);
        }
        return reader.Read();
    }

    private void CountOuter(Utf8JsonReader fields, int[] known, string scope)
    {
        while (TryNext(ref fields, out var key))
        {
            CountUnless(key, known, scope);
            fields.Skip();
        }
    }

    private void CountUnless(int key, int[] known, string scope)
    {
        if (key != 0 && known.AsSpan().Contains(key)) return;
        Span<byte> name = stackalloc byte[4];
        var length = 0;
        for (var rest = key; rest != 0; rest >>>= 8) name[length++] = (byte)rest;
        if (key == 0) unknown.CountField(scope, _longName.AsSpan(0, _longNameLength));
        else unknown.CountField(scope, name[..length]);
    }

    private string Word(ref Utf8JsonReader reader, int key)
    {
        if (reader.TokenType == JsonTokenType.Null) return "";
        if (reader.TokenType != JsonTokenType.String) throw new FormatException($"field {NameOf(key)} is not a text");
        if (reader.ValueIsEscaped) return reader.GetString()!;
        return _words.TryGet(reader.ValueSpan, out var word) ? word : throw new FormatException($"field {NameOf(key)} is not valid UTF-8");
    }

    private static void ReadClientId(ref Utf8JsonReader reader, int key, UserFrame frame)
    {
        frame.SetClientIdLength(0);
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.String) throw new FormatException($"field {NameOf(key)} is not a text");
        try
        {
            frame.SetClientIdLength(reader.CopyString(frame.ClientIdRoom(reader.ValueSpan.Length)));
        }
        catch (InvalidOperationException)
        {
            throw new FormatException($"field {NameOf(key)} is not valid UTF-8");
        }
    }

    private decimal Number(ref Utf8JsonReader reader, int key) => TryNumber(ref reader, key, out var value) ? value : 0;

    /// <summary>False where there is none: null, or an empty text.</summary>
    private bool TryNumber(ref Utf8JsonReader reader, int key, out decimal value)
    {
        value = 0;
        if (reader.TokenType == JsonTokenType.Null) return false;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out value)) return true;
        if (reader.TokenType != JsonTokenType.String || !TryText(ref reader, out var text))
            throw new FormatException($"field {NameOf(key)} is not a number");
        if (text.IsEmpty) return false;
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            ? true
            : throw new FormatException($"field {NameOf(key)} is not a number");
    }

    private long Integer(ref Utf8JsonReader reader, int key) => TryInteger(ref reader, key, out var value) ? value : 0;

    /// <summary>False where there is none: null, or an empty text.</summary>
    private bool TryInteger(ref Utf8JsonReader reader, int key, out long value)
    {
        value = 0;
        if (reader.TokenType == JsonTokenType.Null) return false;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value)) return true;
        if (reader.TokenType != JsonTokenType.String || !TryText(ref reader, out var text))
            throw new FormatException($"field {NameOf(key)} is not an integer");
        if (text.IsEmpty) return false;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            ? true
            : throw new FormatException($"field {NameOf(key)} is not an integer");
    }

    /// <summary>For the times of an event that may turn out not to be used.</summary>
    private static long IntegerOrZero(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : 0;

    private static bool Flag(ref Utf8JsonReader reader, int key) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        JsonTokenType.String when reader.ValueTextEquals("true"u8) => true,
        JsonTokenType.String when reader.ValueTextEquals("false"u8) => false,
        _ => throw new FormatException($"field {NameOf(key)} is neither true nor false"),
    };

    private bool TryText(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (!reader.ValueIsEscaped) return true;
        if (text.Length > _scratch.Length) return false;
        text = _scratch.AsSpan(0, reader.CopyString(_scratch));
        return true;
    }

    /// <summary>Goes to a list's first item; false where there is no list.</summary>
    private static bool TryBeginList(ref Utf8JsonReader list, int key)
    {
        if (list.TokenType == JsonTokenType.Null) return false;
        return list.TokenType == JsonTokenType.StartArray ? true : throw new FormatException($"field {NameOf(key)} is not an array");
    }

    /// <summary>Goes to a list's next item, which is an object.</summary>
    private static bool TryItem(ref Utf8JsonReader list)
    {
        list.Read();
        if (list.TokenType == JsonTokenType.EndArray) return false;
        return list.TokenType == JsonTokenType.StartObject ? true : throw new FormatException("an item of a list is not an object");
    }

    private static void Require(bool isThere, int key)
    {
        if (!isThere) throw Missing(key);
    }

    private static FormatException Missing(int key) => new($"field {NameOf(key)} is missing or empty");

    private static string NameOf(int key)
    {
        var name = new StringBuilder();
        for (var rest = key; rest != 0; rest >>>= 8) name.Append((char)(rest & 0xFF));
        return name.ToString();
    }
}
