using System.Globalization;
using System.Text.Json;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Binance;

namespace Granary.Venues.Tests.Binance;

/// <summary>Reads market frames a second way, with a JSON document and decimals, as a judge of the decoder. Null where there is no event to read.</summary>
internal static class MarketOracle
{
    public static MarketFrame? Read(byte[] bytes, IReadOnlyList<string> symbols)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
        using (document)
        {
            try
            {
                var root = document.RootElement;
                if (root.ValueKind != JsonValueKind.Object) return null;
                var data = root.TryGetProperty("data", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
                MarketFrame frame = default;
                frame.SymbolIndex = symbols.ToList().IndexOf(data.GetProperty("s").GetString()!);
                if (frame.SymbolIndex < 0) return null;
                switch (data.GetProperty("e").GetString())
                {
                    case "aggTrade":
                        frame.Kind = MarketFrameKind.AggTrade;
                        var (first, last) = (Integer(data, "f"), Integer(data, "l"));
                        frame.Trade = new AggTrade(
                            Integer(data, "a"), Integer(data, "T"), E8(data, "p"), E8(data, "q"), first, checked((int)(last - first + 1)), data.GetProperty("m").GetBoolean());
                        return frame;
                    case "trade" when !data.TryGetProperty("X", out var origin) || origin.GetString() == "MARKET":
                        frame.Kind = MarketFrameKind.Trade;
                        frame.Trade = new AggTrade(
                            Integer(data, "t"), Integer(data, "T"), E8(data, "p"), E8(data, "q"), Integer(data, "t"), 1, data.GetProperty("m").GetBoolean());
                        return frame;
                    case "depthUpdate":
                        frame.Kind = MarketFrameKind.Depth;
                        var timeMs = data.TryGetProperty("T", out _) ? Integer(data, "T") : Integer(data, "E");
                        var previous = data.TryGetProperty("pu", out _) ? Integer(data, "pu") : -1;
                        frame.Depth = new MarketDepth(Integer(data, "U"), Integer(data, "u"), previous, timeMs, Levels(data, "b"), Levels(data, "a"));
                        return frame;
                    case "bookTicker":
                        frame.Kind = MarketFrameKind.BookTicker;
                        frame.Ticker = new BookTicker(Integer(data, "u"), Integer(data, "T"), E8(data, "b"), E8(data, "B"), E8(data, "a"), E8(data, "A"));
                        return frame;
                    case "markPriceUpdate":
                        frame.Kind = MarketFrameKind.MarkPrice;
                        var rate = data.GetProperty("r").ToString() == "" ? 0 : Decimal(data, "r");
                        frame.Mark = new MarkPrice(Integer(data, "E"), Decimal(data, "p"), Decimal(data, "i"), rate, Integer(data, "T"));
                        return frame;
                    default:
                        return null;
                }
            }
            catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
            {
                return null;
            }
        }
    }

    public static bool Agree(in MarketFrame a, in MarketFrame b) => a.Kind == b.Kind && a.SymbolIndex == b.SymbolIndex && a.Kind switch
    {
        MarketFrameKind.AggTrade or MarketFrameKind.Trade => a.Trade == b.Trade,
        MarketFrameKind.Depth => a.Depth with { Bids = default, Asks = default } == b.Depth with { Bids = default, Asks = default }
            && a.Depth.Bids.Span.SequenceEqual(b.Depth.Bids.Span) && a.Depth.Asks.Span.SequenceEqual(b.Depth.Asks.Span),
        MarketFrameKind.BookTicker => a.Ticker == b.Ticker,
        _ => a.Mark == b.Mark,
    };

    private static long Integer(JsonElement data, string name) => long.Parse(data.GetProperty(name).ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static decimal Decimal(JsonElement data, string name) => Decimal(data.GetProperty(name));

    private static decimal Decimal(JsonElement value) => decimal.Parse(value.ToString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static long E8(JsonElement data, string name) => Fixed8.FromDecimal(Decimal(data, name));

    private static BookLevel[] Levels(JsonElement data, string name) =>
        [.. data.GetProperty(name).EnumerateArray().Select(level => new BookLevel(Fixed8.FromDecimal(Decimal(level[0])), Fixed8.FromDecimal(Decimal(level[1]))))];
}
