using System.Buffers.Text;
using System.Text.Json;
using Granary.Engine.Market;

namespace Granary.Tape.Captures;

/// <summary>Walks the properties of one message object and reads their values; what is wrong is an error with file, line and field.</summary>
internal ref struct MessageReader
{
    private readonly CaptureFrame _frame;
    private Utf8JsonReader _json;

    public MessageReader(in CaptureFrame frame)
    {
        _frame = frame;
        _json = new Utf8JsonReader(frame.Data.Span);
        Advance();
        if (_json.TokenType != JsonTokenType.StartObject) throw Invalid("", "the message is no JSON object");
    }

    /// <summary>The name of the property whose value is next, as UTF-8.</summary>
    public readonly ReadOnlySpan<byte> Name => _json.ValueSpan;

    /// <summary>Goes to the next property.</summary>
    /// <returns>False at the end of the object.</returns>
    public bool Next()
    {
        Advance();
        return _json.TokenType == JsonTokenType.PropertyName;
    }

    public void Skip()
    {
        Advance();
        try
        {
            _json.Skip();
        }
        catch (JsonException error)
        {
            throw Invalid("", $"the message is no JSON ({error.Message})");
        }
    }

    public long Integer(string field)
    {
        Advance();
        return _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var value) && value >= 0
            ? value
            : throw Invalid(field, "is no whole number of 0 or more");
    }

    public bool Flag(string field)
    {
        Advance();
        return _json.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Invalid(field, "is neither true nor false"),
        };
    }

    public bool TextEquals(string field, ReadOnlySpan<byte> expected)
    {
        Advance();
        return _json.TokenType == JsonTokenType.String ? _json.ValueTextEquals(expected) : throw Invalid(field, "is no text");
    }

    /// <summary>A number in text ("61800.30"), times 10^8; zero or more.</summary>
    public long E8(string field)
    {
        Advance();
        return _json.TokenType == JsonTokenType.String && Fixed8.TryParse(_json.ValueSpan, out var value) && value >= 0
            ? value
            : throw Invalid(field, "is no number of 0 or more with at most eight decimals, in text");
    }

    /// <summary>A number in text, of either sign; empty text is 0, as the venue sends it where there is nothing to say.</summary>
    public decimal Decimal(string field)
    {
        Advance();
        if (_json.TokenType == JsonTokenType.String && _json.ValueSpan.IsEmpty) return 0;
        return _json.TokenType == JsonTokenType.String && Utf8Parser.TryParse(_json.ValueSpan, out decimal value, out var used)
            && used == _json.ValueSpan.Length
            ? value
            : throw Invalid(field, "is no number, in text");
    }

    /// <summary>An array of [price, quantity] pairs.</summary>
    public DepthLevel[] Levels(string field)
    {
        Advance();
        if (_json.TokenType != JsonTokenType.StartArray) throw Invalid(field, "is no array");
        var levels = new List<DepthLevel>();
        while (true)
        {
            Advance();
            if (_json.TokenType == JsonTokenType.EndArray) return [.. levels];
            if (_json.TokenType != JsonTokenType.StartArray) throw Invalid(field, "holds something else than [price, quantity]");
            levels.Add(new DepthLevel(E8(field), E8(field)));
            Advance();
            if (_json.TokenType != JsonTokenType.EndArray) throw Invalid(field, "holds something else than [price, quantity]");
        }
    }

    /// <summary>Throws when a field that must be there was not.</summary>
    public readonly void Require(bool isThere, string field)
    {
        if (!isThere) throw Invalid(field, "is missing");
    }

    private void Advance()
    {
        try
        {
            if (!_json.Read()) throw Invalid("", "the message ends early");
        }
        catch (JsonException error)
        {
            throw Invalid("", $"the message is no JSON ({error.Message})");
        }
    }

    private readonly TapeException Invalid(string field, string message) =>
        new(_frame.File, _frame.Line, field, TapeDefect.MessageInvalid, $"{message}; the line is damaged, or no message of stream '{_frame.Stream}'");
}
