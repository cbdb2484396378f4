using System.Text;
using System.Text.Json;
using Granary.Engine.Book;

namespace Granary.Venues.Binance;

/// <summary>
/// Reads aggTrade, trade, bookTicker, markPriceUpdate, depthUpdate and kline events straight from UTF-8, in the wrapped form ({"stream":..,"data":{..}}) and
/// the raw
/// one, with the fields in any order, without allocating. A scanner takes the form that the venue sends (the event type first, no blanks, no escapes, flat
/// values but for levels) in one pass; whatever deviates goes through <see cref="Utf8JsonReader"/> with the same result. Both accept only valid JSON, and
/// nothing is handed out before the whole frame was found right. Not for concurrent use.
/// </summary>
public sealed partial class MarketFrameDecoder
{
    /// <summary>Most levels of one side of a depth event; more is malformed. Venues keep far fewer.</summary>
    public const int LevelsMax = 20_000;

    private readonly SymbolTable _symbols;
    private BookLevel[] _bids = new BookLevel[256];
    private BookLevel[] _asks = new BookLevel[256];

    /// <summary>Makes a decoder.</summary>
    /// <param name="symbols">Upper-case symbols; a frame's symbol index is the position in this list.</param>
    /// <exception cref="ArgumentException">A symbol is empty or stands twice.</exception>
    public MarketFrameDecoder(IReadOnlyList<string> symbols) => _symbols = new SymbolTable(symbols);

    /// <summary>Counts fields of these events that are not known; null for no count.</summary>
    internal UnknownNames? Unknown { get; init; }

    /// <summary>Reads a frame. Never throws.</summary>
    /// <param name="bytes">One whole message.</param>
    /// <param name="frame">Receives the result.</param>
    public void Decode(ReadOnlySpan<byte> bytes, ref MarketFrame frame)
    {
        if (TryScan(bytes, ref frame)) return;
        try
        {
            Read(bytes, ref frame);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Malformed(ref frame, "the frame is not valid JSON");
        }
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

    private static string PrintableName(string text) => PrintableName(Encoding.UTF8.GetBytes(text));
}
