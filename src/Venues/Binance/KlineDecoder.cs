using System.Text.Json;
using Granary.Engine.Market;

namespace Granary.Venues.Binance;

/// <summary>Reads GET klines. Throws <see cref="FormatException"/> for an answer that is not what was asked for.</summary>
internal static class KlineDecoder
{
    private static readonly string[] _fields =
    [
        "open time", "open", "high", "low", "close", "volume", "close time", "quote volume", "trades", "taker buy volume", "taker buy quote volume",
    ];

    /// <summary>The candles, sorted by open time.</summary>
    public static List<Kline> Klines(JsonElement root)
    {
        var klines = new List<Kline>();
        foreach (var item in root.Items("the list of candles"))
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() < _fields.Length)
                throw new FormatException($"candle {klines.Count} is not a list of {_fields.Length} fields or more");
            var kline = new Kline(
                Integer(item, 0), Number(item, 1), Number(item, 2), Number(item, 3), Number(item, 4), Number(item, 5), Integer(item, 6), Number(item, 7),
                (int)Math.Clamp(Integer(item, 8), 0, int.MaxValue), Number(item, 9), Number(item, 10));
            if (kline.Low <= 0 || kline.Low > Math.Min(kline.Open, kline.Close) || kline.High < Math.Max(kline.Open, kline.Close))
                throw new FormatException($"candle {klines.Count} is not a candle: open, high, low, close {kline.Open}, {kline.High}, {kline.Low}, {kline.Close}");
            if (kline.Volume < 0 || kline.TakerBuyVolume < 0 || kline.TakerBuyVolume > kline.Volume)
                throw new FormatException($"candle {klines.Count} has volume {kline.Volume} of which takers bought {kline.TakerBuyVolume}");
            klines.Add(kline);
        }
        klines.Sort(static (a, b) => a.OpenTimeMs.CompareTo(b.OpenTimeMs));
        return klines;
    }

    private static decimal Number(JsonElement candle, int field) => JsonFields.ReadNumber(candle[field], _fields[field]);

    private static long Integer(JsonElement candle, int field) =>
        candle[field].ValueKind == JsonValueKind.Number && candle[field].TryGetInt64(out var value) ? value : throw new FormatException($"field {_fields[field]} is not a whole number");
}
