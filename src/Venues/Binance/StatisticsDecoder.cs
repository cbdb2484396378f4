using System.Text.Json;
using Granary.Engine.Market;
using Granary.Venues.Ports;

namespace Granary.Venues.Binance;

/// <summary>
/// Reads answers about markets. Every member throws <see cref="FormatException"/> for an answer that is not what was asked for. Where a venue answers one
/// symbol with an object and all with a list, both are read.
/// </summary>
internal static class StatisticsDecoder
{
    /// <summary>GET premiumIndex.</summary>
    public static IReadOnlyDictionary<string, MarkPrice> MarkPrices(JsonElement root) => BySymbol(root, static item => new MarkPrice(
        item.Integer("time"), item.Number("markPrice"), item.Number("indexPrice"), item.NumberOrZero("lastFundingRate"),
        item.IntegerOrZero("nextFundingTime")));

    /// <summary>GET ticker/price.</summary>
    public static IReadOnlyDictionary<string, decimal> Prices(JsonElement root) => BySymbol(root, static item => item.Number("price"));

    /// <summary>GET ticker/bookTicker.</summary>
    public static IReadOnlyDictionary<string, BookTicker> BookTickers(JsonElement root) => BySymbol(root, static item => new BookTicker(
        item.IntegerOrZero("lastUpdateId"), item.IntegerOrZero("time"), item.Number8("bidPrice"), item.Number8("bidQty"), item.Number8("askPrice"),
        item.Number8("askQty")));

    /// <summary>GET ticker/24hr.</summary>
    public static IReadOnlyList<DayStatistics> Days(JsonElement root) => root.Each(static item => new DayStatistics(
        item.Text("symbol"), item.Integer("openTime"), item.Integer("closeTime"), item.Number("openPrice"), item.Number("highPrice"), item.Number("lowPrice"),
        item.Number("lastPrice"), item.Number("volume"), item.Number("quoteVolume"), item.IntegerOrZero("count")));

    /// <summary>GET openInterest.</summary>
    public static OpenInterest OpenInterest(JsonElement root) =>
        root.Each(static item => new OpenInterest(item.Integer("time"), item.Number("openInterest"), null))[0];

    /// <summary>GET openInterestHist.</summary>
    public static IReadOnlyList<OpenInterest> OpenInterests(JsonElement root) => Sorted(
        root.Each(static item => new OpenInterest(item.Integer("timestamp"), item.Number("sumOpenInterest"), item.Number("sumOpenInterestValue"))),
        static item => item.TimeMs);

    /// <summary>GET fundingInfo.</summary>
    public static IReadOnlyList<FundingTerms> FundingTerms(JsonElement root) => root.Each(static item => new FundingTerms(
        item.Text("symbol"), item.Number("adjustedFundingRateCap"), item.Number("adjustedFundingRateFloor"),
        (int)Math.Clamp(item.Integer("fundingIntervalHours"), 1, 24)));

    /// <summary>GET fundingRate.</summary>
    public static IReadOnlyList<FundingRate> FundingRates(JsonElement root) =>
        Sorted(root.Each(static item => new FundingRate(item.Integer("fundingTime"), item.Number("fundingRate"))), static item => item.TimeMs);

    /// <summary>GET trades and historicalTrades.</summary>
    public static IReadOnlyList<MarketTrade> Trades(JsonElement root) => Sorted(
        root.Each(static item => new MarketTrade(item.Integer("id"), item.Integer("time"), item.Number("price"), item.Number("qty"),
        item.Flag("isBuyerMaker"))),
        static item => item.Id);

    /// <summary>GET longShortRatio of accounts and positions.</summary>
    public static IReadOnlyList<TrendRatio> LongShortRatios(JsonElement root) => Sorted(
        root.Each(static item => new TrendRatio(item.Integer("timestamp"), item.Number("longShortRatio"), item.Number("longAccount"),
        item.Number("shortAccount"))),
        static item => item.TimeMs);

    /// <summary>GET takerlongshortRatio.</summary>
    public static IReadOnlyList<TrendRatio> TakerRatios(JsonElement root) => Sorted(
        root.Each(static item => new TrendRatio(item.Integer("timestamp"), item.Number("buySellRatio"), item.Number("buyVol"), item.Number("sellVol"))),
        static item => item.TimeMs);

    /// <summary>GET markPriceKlines, indexPriceKlines and premiumIndexKlines.</summary>
    public static IReadOnlyList<PriceKline> PriceKlines(JsonElement root)
    {
        var klines = new List<PriceKline>();
        foreach (var item in root.Items("the list of candles"))
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() < 7) throw new FormatException($"candle {klines.Count} is not a list of 7 fields or more");
            klines.Add(new PriceKline(
                (long)Number(item, 0, "open time"), Number(item, 1, "open"), Number(item, 2, "high"), Number(item, 3, "low"), Number(item, 4, "close"),
                (long)Number(item, 6, "close time")));
        }
        return Sorted(klines, static item => item.OpenTimeMs);
    }

    private static decimal Number(JsonElement candle, int field, string name) => JsonFields.ReadNumber(candle[field], name);

    private static SortedDictionary<string, T> BySymbol<T>(JsonElement root, Func<JsonElement, T> read)
    {
        var bySymbol = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (symbol, value) in root.Each(item => (item.Text("symbol"), read(item)))) bySymbol[symbol] = value;
        return bySymbol;
    }

    private static List<T> Sorted<T>(List<T> items, Func<T, long> key)
    {
        items.Sort((a, b) => key(a).CompareTo(key(b)));
        return items;
    }
}
