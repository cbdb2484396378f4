using System.Globalization;
using System.Text.Json;
using Granary.Engine.Book;
using Granary.Frames;
using Granary.Venues.Binance;

// How fast recorded frames become typed values, against a bare Utf8JsonReader walk over the same bytes in the same run. Usage:
//   frames CAPTURE.gz [--rounds N] [--symbol BTCUSDT]
// A round measures every row once, walk and decoder by turns over blocks of frames that are in the cache, so that what else the machine does falls on both.
// Printed are medians of rounds.
var path = args.FirstOrDefault(argument => !argument.StartsWith("--", StringComparison.Ordinal)) ?? throw new ArgumentException("give the path of a capture, for example um-btcusdt-2024-08-08_2354.gz");
var rounds = int.Parse(Argument("--rounds", "15"), CultureInfo.InvariantCulture);
var symbol = Argument("--symbol", "BTCUSDT");
var capture = Capture.Load(path);
var time = TimeProvider.System;
var rows = new List<Row>();
foreach (var (form, frames) in new[] { ("raw", capture.Raw), ("combined", capture.Combined) })
{
    foreach (var kind in new[] { "trade", "bookTicker", "depth" })
    {
        if (!frames.TryGetValue(kind, out var list)) continue;
        byte[][] array = [.. list];
        var decoder = new MarketFrameDecoder([symbol]);
        rows.Add(new Row($"{kind} {form}", array, () => { }, Walk, block => Decode(decoder, block)));
        if (kind != "depth") continue;
        var book = new OrderBook(new OrderBookOptions { TopLevels = 0 });
        rows.Add(new Row($"{kind} {form} + book", array, () => Begin(book), Walk, block => Apply(decoder, book, block)));
    }
}

// Warm-up: the code is compiled in its last tier after a second or two.
var started = time.GetTimestamp();
while (time.GetElapsedTime(started).TotalSeconds < 4)
{
    foreach (var row in rows) row.Measure(time);
    await Task.Delay(TimeSpan.FromMilliseconds(50), time);
}
foreach (var row in rows) row.Clear();
for (var round = 0; round < rounds; round++)
{
    foreach (var row in rows) row.Measure(time);
}
Console.WriteLine($"{"frames",-24}{"count",8}{"bytes",8}{"walk/s",12}{"decode/s",12}{"ratio",8}{"min",8}{"max",8}{"B/frame",9}");
foreach (var row in rows) Console.WriteLine(row.Line());
return;

static long Walk(ArraySegment<byte[]> frames)
{
    long tokens = 0;
    foreach (var bytes in frames)
    {
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read()) tokens++;
    }
    return tokens;
}

static long Decode(MarketFrameDecoder decoder, ArraySegment<byte[]> frames)
{
    MarketFrame frame = default;
    long sum = 0;
    foreach (var bytes in frames)
    {
        decoder.Decode(bytes, ref frame);
        if (frame.Kind is MarketFrameKind.Malformed or MarketFrameKind.Unhandled) throw new InvalidDataException(frame.Reason);
        sum += frame.Trade.PriceE8 + frame.Ticker.BidPriceE8 + frame.Depth.FinalUpdateId;
    }
    return sum;
}

void Begin(OrderBook book)
{
    book.Resync();
    book.Apply(capture.Snapshot);
}

static long Apply(MarketFrameDecoder decoder, OrderBook book, ArraySegment<byte[]> frames)
{
    MarketFrame frame = default;
    foreach (var bytes in frames)
    {
        decoder.Decode(bytes, ref frame);
        if (book.Apply(frame.Depth.Diff) == BookOutcome.Resync) throw new InvalidDataException("the book broke");
    }
    return book.Quote.BidPriceE8;
}

string Argument(string name, string fallback)
{
    var i = Array.IndexOf(args, name);
    return i >= 0 && i + 1 < args.Length ? args[i + 1] : fallback;
}
