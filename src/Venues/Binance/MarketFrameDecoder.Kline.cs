using System.Buffers.Text;
using System.Text.Json;
using Granary.Engine.Market;

namespace Granary.Venues.Binance;

/// <content>Candles, the one event whose fields lie an object deeper.</content>
public sealed partial class MarketFrameDecoder
{
    // Fields of the candle that must be there, one bit each: t T o c h l v n x q V Q.
    private const int KlineFieldsAll = 0xFFF;

    private void ConvertKline(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TrySymbol(s, ref frame)) return;
        var reader = new Utf8JsonReader(s);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("k"u8)) continue;
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject || !TryReadKline(ref reader, Unknown, out var candle, out var isClosed)) break;
            if (candle.Low <= 0 || candle.Low > Math.Min(candle.Open, candle.Close) || candle.High < Math.Max(candle.Open, candle.Close)) break;
            frame.Kind = MarketFrameKind.Kline;
            frame.Candle = candle;
            frame.IsCandleClosed = isClosed;
            return;
        }
        Malformed(ref frame, "kline: field k is missing, or one of its fields is missing or wrong");
    }

    private static bool TryReadKline(ref Utf8JsonReader reader, UnknownNames? unknown, out Kline candle, out bool isClosed)
    {
        long openMs = 0, closeMs = 0, trades = 0;
        decimal open = 0, high = 0, low = 0, close = 0, volume = 0, quote = 0, takerBuy = 0, takerBuyQuote = 0;
        (candle, isClosed) = (default, false);
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan.Length == 1 ? (char)reader.ValueSpan[0] : '\0';
            if (unknown is not null && !MarketFields.Candle.Contains(MarketFields.Key(reader.ValueSpan))) unknown.CountField("kline.k", reader.ValueSpan);
            reader.Read();
            var (isRead, bit) = key switch
            {
                't' => (TryInteger(ref reader, out openMs), 0),
                'T' => (TryInteger(ref reader, out closeMs), 1),
                'o' => (TryDecimal(ref reader, out open), 2),
                'c' => (TryDecimal(ref reader, out close), 3),
                'h' => (TryDecimal(ref reader, out high), 4),
                'l' => (TryDecimal(ref reader, out low), 5),
                'v' => (TryDecimal(ref reader, out volume), 6),
                'n' => (TryInteger(ref reader, out trades), 7),
                'x' => (reader.TokenType is JsonTokenType.True or JsonTokenType.False, 8),
                'q' => (TryDecimal(ref reader, out quote), 9),
                'V' => (TryDecimal(ref reader, out takerBuy), 10),
                'Q' => (TryDecimal(ref reader, out takerBuyQuote), 11),
                _ => (true, -1),
            };
            if (!isRead) return false;
            if (key == 'x') isClosed = reader.TokenType == JsonTokenType.True;
            if (bit >= 0) seen |= 1 << bit;
            reader.Skip();
        }
        candle = new Kline(openMs, open, high, low, close, volume, closeMs, quote, (int)Math.Clamp(trades, 0, int.MaxValue), takerBuy, takerBuyQuote);
        return seen == KlineFieldsAll && reader.TokenType == JsonTokenType.EndObject;
    }

    private static bool TryInteger(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value) && value >= 0;
    }

    private static bool TryDecimal(ref Utf8JsonReader reader, out decimal value)
    {
        value = 0;
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetDecimal(out value) && value >= 0;
        return reader.TokenType == JsonTokenType.String && Utf8Parser.TryParse(reader.ValueSpan, out value,
            out var used) && used == reader.ValueSpan.Length && value >= 0;
    }
}
