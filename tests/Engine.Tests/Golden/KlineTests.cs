using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Granary.Engine.Bars;
using Granary.Engine.Market;

namespace Granary.Engine.Tests.Golden;

/// <summary>
/// Time bars against the venue's own candles, where recorded trades and candles cover the same time: two full hours of BTCUSDT, the ends of hours of BTCUSDT
/// and ETHUSDT, and the candle messages of four symbols among their trades.
/// </summary>
public sealed class KlineTests
{
    private const long Hour = 3_600_000;
    private const long InsuranceFundTradeId = 3_535_191_080;

    [SharedFact]
    public void Full_hours_are_the_hourly_candles()
    {
        var bars = HourBars("um-BTCUSDT-trades-2020-02-22_0000-0205.csv.gz");
        var klines = HourKlines("BTC");
        bars.Count.ShouldBe(3);

        // The recording misses the first 0.072 BTC of its first hour, and so its opening price.
        var first = klines[bars[0].StartMs];
        (bars[0].High, bars[0].Low, bars[0].Close, bars[0].Volume + 0.072m).ShouldBe((first.High, first.Low, first.Close, first.Volume));
        var second = klines[bars[1].StartMs];
        (bars[1].Open, bars[1].High, bars[1].Low, bars[1].Close, bars[1].Volume).ShouldBe((second.Open, second.High, second.Low, second.Close, second.Volume));
        bars[2].Open.ShouldBe(klines[bars[2].StartMs].Open);
    }

    [SharedFact]
    public void Parts_of_hours_lie_within_the_hourly_candles_and_share_their_ends()
    {
        var bars = HourBars("um-BTCUSDT-trades-2024-08-08_2354-2400.csv.gz");
        ShouldBeEndOf(bars.ShouldHaveSingleItem(), HourKlines("BTC"));
        bars = HourBars("um-ETHUSDT-trades-2024-08-08_2354-2400.csv.gz");
        var klines = HourKlines("ETH");
        bars.Count.ShouldBe(2);
        ShouldBeEndOf(bars[0], klines);
        ShouldBeStartOf(bars[1], klines);
        bars = HourBars("um-BTCUSDT-trades-2023-04-04_2358-0006.csv.gz");
        klines = HourKlines("BTC");
        ShouldBeEndOf(bars[0], klines);
        ShouldBeStartOf(bars[1], klines);
    }

    [SharedFact]
    public void A_trade_of_the_insurance_fund_would_spoil_its_minute()
    {
        var trades = Trades("um-BTCUSDT-trades-2023-04-04_2358-0006.csv.gz");
        var market = Array.FindAll(trades, trade => trade.Id != InsuranceFundTradeId);
        market.Length.ShouldBe(trades.Length - 1);
        Minute(trades).High.ShouldBe(28_722.5m);

        // Without it no minute of the recording comes near that price.
        BarTables.TimeBars(new TimeBarBuilder([60_000]), market).Max(bar => bar.High).ShouldBeLessThan(28_250m);
        Minute(market).Volume.ShouldBe(Minute(trades).Volume - 0.001m);

        static TimeBar Minute(AggTrade[] trades) => BarTables.TimeBars(new TimeBarBuilder([60_000]), trades).Single(bar => bar.StartMs == 1_680_652_860_000);
    }

    [SharedFact]
    public void The_running_minute_is_that_of_the_candle_messages()
    {
        var (checkedInFull, checkedByDifference) = (0, 0);
        foreach (var symbol in (string[])["SUSHIUSDT", "AKROUSDT", "KEEPUSDT", "CTKUSDT"])
        {
            var (trades, candles) = Messages(symbol);
            foreach (var candle in candles)
            {
                var members = trades.Where(trade => trade.TimeMs >= candle.OpenTimeMs && trade.TimeMs < candle.OpenTimeMs + 60_000).ToArray();
                if (members.Length == 0) continue;

                // A message is about single trades and may cut an aggregate: such are no common point.
                var end = Array.FindIndex(members, trade => trade.LastTradeId == candle.LastTradeId);
                if (end < 0) continue;
                if (members[0].FirstTradeId == candle.FirstTradeId)
                {
                    checkedInFull++;
                    ShouldBe(Running(members[..(end + 1)]), candle);
                    continue;
                }

                // The recording begins within this minute: what was added since an earlier message.
                if (candles.LastOrDefault(earlier => IsBase(earlier, candle, members, end)) is not { } earlier) continue;
                checkedByDifference++;
                var start = Array.FindIndex(members, trade => trade.LastTradeId == earlier.LastTradeId) + 1;
                var bar = Running(members[start..(end + 1)]);
                (bar.Close, bar.Volume, bar.QuoteVolume, bar.BuyVolume, bar.BuyQuoteVolume).ShouldBe((
                    candle.Close, candle.Volume - earlier.Volume, candle.QuoteVolume - earlier.QuoteVolume, candle.BuyVolume - earlier.BuyVolume,
                    candle.BuyQuoteVolume - earlier.BuyQuoteVolume));
            }
        }
        (checkedInFull, checkedByDifference).ShouldBe((15, 33));
    }

    private static bool IsBase(Candle earlier, Candle candle, AggTrade[] members, int end) =>
        earlier.OpenTimeMs == candle.OpenTimeMs && earlier.LastTradeId < candle.LastTradeId
        && Array.FindIndex(members, trade => trade.LastTradeId == earlier.LastTradeId) is >= 0 and var start && start < end;

    private static void ShouldBe(TimeBar bar, Candle candle) =>
        (bar.StartMs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.QuoteVolume, bar.BuyVolume, bar.BuyQuoteVolume).ShouldBe((
            candle.OpenTimeMs, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.QuoteVolume, candle.BuyVolume, candle.BuyQuoteVolume));

    private static void ShouldBeEndOf(TimeBar bar, Dictionary<long, Candle> klines)
    {
        var kline = klines[bar.StartMs];
        bar.Close.ShouldBe(kline.Close);
        ShouldBeWithin(bar, kline);
    }

    private static void ShouldBeStartOf(TimeBar bar, Dictionary<long, Candle> klines)
    {
        var kline = klines[bar.StartMs];
        bar.Open.ShouldBe(kline.Open);
        ShouldBeWithin(bar, kline);
    }

    private static void ShouldBeWithin(TimeBar bar, Candle kline)
    {
        bar.High.ShouldBeLessThanOrEqualTo(kline.High);
        bar.Low.ShouldBeGreaterThanOrEqualTo(kline.Low);
        bar.Volume.ShouldBeLessThan(kline.Volume);
    }

    private static TimeBar Running(AggTrade[] trades)
    {
        var builder = new TimeBarBuilder([1_000, 60_000]);
        BarTables.TimeBars(builder, trades);
        return builder.Running(60_000)!.Value;
    }

    /// <summary>All hours of a file of trades, the last one as it stands.</summary>
    private static List<TimeBar> HourBars(string file)
    {
        var builder = new TimeBarBuilder([1_000, 60_000, Hour]);
        var bars = BarTables.TimeBars(builder, Trades(file)).FindAll(bar => bar.StepMs == Hour);
        return [.. bars, builder.Running(Hour)!.Value];
    }

    private static AggTrade[] Trades(string file)
    {
        var table = CsvTable.Load(GoldenFolder.SharedFile("data", "trades", file));
        table.Columns.ShouldBe(["id", "price", "qty", "quote_qty", "time", "is_buyer_maker"]);
        return [.. table.Rows.Select(row => new AggTrade(Integer(row[0]), Integer(row[4]), E8(row[1]), E8(row[2]), Integer(row[0]), 1, bool.Parse(row[5])))];
    }

    private static Dictionary<long, Candle> HourKlines(string coin)
    {
        var table = CsvTable.Load(GoldenFolder.SharedFile("data", "klines-1h", $"um-{coin}USDT-1h-2019_2025-10.csv.gz"));
        table.Columns.ShouldBe(["open_time", "open", "high", "low", "close", "volume"]);
        return table.Rows
            .Select(row => new Candle(Integer(row[0]), Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5])))
            .ToDictionary(candle => candle.OpenTimeMs);
    }

    /// <summary>Trades and candle messages of one symbol, each in the order received.</summary>
    private static (AggTrade[] Trades, List<Candle> Candles) Messages(string symbol)
    {
        var (trades, candles) = (new List<AggTrade>(), new List<Candle>());
        using var file = File.OpenRead(GoldenFolder.SharedFile("data", "ws-captures", "um-4symbols-2021-07-22-ws.txt.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
            if (!json.RootElement.TryGetProperty("data", out var data) || data.GetProperty("s").GetString() != symbol) continue;
            if (data.GetProperty("e").GetString() == "aggTrade")
            {
                var (first, last) = (data.GetProperty("f").GetInt64(), data.GetProperty("l").GetInt64());
                var (id, timeMs) = (data.GetProperty("a").GetInt64(), data.GetProperty("T").GetInt64());
                trades.Add(new AggTrade(
                    id, timeMs, E8(Text(data, "p")), E8(Text(data, "q")), first, (int)(last - first + 1), data.GetProperty("m").GetBoolean()));
            }
            else if (data.GetProperty("e").GetString() == "kline")
            {
                var kline = data.GetProperty("k");
                candles.Add(new Candle(
                    kline.GetProperty("t").GetInt64(),
                    Number(Text(kline, "o")),
                    Number(Text(kline, "h")),
                    Number(Text(kline, "l")),
                    Number(Text(kline, "c")),
                    Number(Text(kline, "v")),
                    Number(Text(kline, "q")),
                    Number(Text(kline, "V")),
                    Number(Text(kline, "Q")),
                    kline.GetProperty("f").GetInt64(),
                    kline.GetProperty("L").GetInt64()));
            }
        }
        return ([.. trades], candles);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static long Integer(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static long E8(string text) =>
        Fixed8.TryParse(Encoding.ASCII.GetBytes(text), out var e8) ? e8 : throw new InvalidDataException($"'{text}' is not a number");

    /// <summary>What the venue tells; hourly files tell no more than the volume.</summary>
    private sealed record Candle(
        long OpenTimeMs,
        decimal Open,
        decimal High,
        decimal Low,
        decimal Close,
        decimal Volume,
        decimal QuoteVolume = 0,
        decimal BuyVolume = 0,
        decimal BuyQuoteVolume = 0,
        long FirstTradeId = 0,
        long LastTradeId = 0);
}
