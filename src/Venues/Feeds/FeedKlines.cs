using System.Text.Json;
using Granary.Engine.Market;
using Granary.Venues.Binance;

namespace Granary.Venues.Feeds;

/// <summary>Reads candles as lists of texts, newest first: open time, open, high, low, close, and further fields.</summary>
internal static class FeedKlines
{
    /// <summary>The candles, oldest first. What these venues do not say (trades, takers' share) is 0.</summary>
    /// <param name="items">The lists.</param>
    /// <param name="instrument">Converts prices and sizes.</param>
    /// <param name="interval">Their length.</param>
    /// <param name="volumeField">Position of the volume in the venue's units.</param>
    /// <param name="quoteField">Position of the volume in USDT.</param>
    /// <exception cref="FormatException">Not such a list.</exception>
    public static List<Kline> Read(JsonElement.ArrayEnumerator items, Instrument instrument, KlineInterval interval, int volumeField, int quoteField)
    {
        var klines = new List<Kline>();
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() <= quoteField) throw new FormatException($"candle {klines.Count} is not a list of {quoteField + 1} fields or more");
            var openMs = (long)JsonFields.ReadNumber(item[0], "open time");
            klines.Add(new Kline(
                openMs, Price(item, 1), Price(item, 2), Price(item, 3), Price(item, 4),
                JsonFields.ReadNumber(item[volumeField], "volume") * instrument.CoinsPerUnit / instrument.CoinsPerLot, openMs + interval.DurationMs - 1,
                JsonFields.ReadNumber(item[quoteField], "quote volume"), 0, 0, 0));
        }
        klines.Sort(static (a, b) => a.OpenTimeMs.CompareTo(b.OpenTimeMs));
        return klines;

        decimal Price(JsonElement candle, int field) => JsonFields.ReadNumber(candle[field], "price") * instrument.CoinsPerLot;
    }
}
