using System.Text.Json;
using Granary.Venues.Binance;
using Granary.Venues.Tests.Support;

namespace Granary.Venues.Tests.Binance;

/// <summary>
/// Every field of every recorded event is either read or stands in a list of those left out on purpose. A field that is in neither means that a sample shows
/// something nobody has looked at.
/// </summary>
public sealed class UnknownFieldTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly string[] _captures =
    [
        "um-4symbols-2021-07-22-ws.txt.gz", "um-btcusdt-2023-04-04_2358.gz", "um-btcusdt-2023-04-05_0000.gz", "um-btcusdt-2024-08-08_2354.gz", "um-ethusdt-2024-08-08_2354.gz",
    ];

    /// <summary>By event: the fields read, then those left out on purpose.</summary>
    private static readonly Dictionary<string, (string Read, string LeftOut)> _known = new()
    {
        // Event times say less than the trade's own; nq and st came in 2026.
        ["aggTrade"] = ("e s a p q f l T m", "E nq st"),
        ["trade"] = ("e s t p q T m X", "E st"),
        ["bookTicker"] = ("e s u T b B a A", "E ps st"),
        ["depthUpdate"] = ("e s E T U u pu b a", "ps st"),
        // P: the estimated price of a delivery; ap: its moving average.
        ["kline"] = ("e s k", "E st"),
        // The symbol stands outside as well; f and L: first and last trade id; B: to be ignored.
        ["kline.k"] = ("t T o c h l v n x q V Q", "s i f L B"),
        ["markPriceUpdate"] = ("e s E p i r T", "P ap st"),
    };

    [SharedDataFact]
    public void Every_frame_of_the_captures_is_read_and_has_only_known_fields()
    {
        var counts = new SortedDictionary<string, (long Independent, long Decoded)>(StringComparer.Ordinal);
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var foreign = 0;
        foreach (var file in _captures)
        {
            string[] symbols = ["BTCUSDT", "ETHUSDT", "SUSHIUSDT", "AKROUSDT", "KEEPUSDT", "CTKUSDT"];
            var decoder = new MarketFrameDecoder(symbols);
            MarketFrame frame = default;
            foreach (var line in SharedData.Lines(Path.Combine("ws-captures", file)))
            {
                var start = line.IndexOf("{\"stream\"", StringComparison.Ordinal);
                if (start < 0) continue;
                var bytes = System.Text.Encoding.UTF8.GetBytes(line[start..]);
                using var document = JsonDocument.Parse(bytes);
                var data = document.RootElement.GetProperty("data");
                var name = data.GetProperty("e").GetString()!;
                var (independent, decoded) = counts.GetValueOrDefault(name);
                decoder.Decode(bytes, ref frame);
                frame.Kind.ShouldNotBe(MarketFrameKind.Malformed, frame.Reason);
                var isDecoded = frame.Kind != MarketFrameKind.Unhandled;
                if (name == "trade" && data.GetProperty("X").GetString() != "MARKET")
                {
                    // Not of the market: a liquidation taken over by the insurance fund, or the like. Named and left out.
                    isDecoded.ShouldBeFalse();
                    foreign++;
                    continue;
                }
                if (isDecoded) symbols[frame.SymbolIndex].ShouldBe(data.GetProperty("s").GetString());
                counts[name] = (independent + 1, decoded + (isDecoded ? 1 : 0));
                foreach (var field in data.EnumerateObject()) NoteUnless(_known, name, field.Name, unknown);
                if (name != "kline") continue;
                foreach (var field in data.GetProperty("k").EnumerateObject()) NoteUnless(_known, "kline.k", field.Name, unknown);
            }
        }
        foreach (var (name, count) in counts) output.WriteLine($"{name}: {count.Independent} by a JSON document, {count.Decoded} decoded");
        unknown.ShouldBeEmpty();
        counts.ShouldAllBe(count => count.Value.Independent == count.Value.Decoded);
        (counts["trade"].Decoded, foreign, counts["aggTrade"].Decoded).ShouldBe((48_323, 1, 91));
    }

    [SharedDataFact]
    public void Samples_of_market_events_have_only_known_fields()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (_, text) in SharedData.Members("message-samples/nautilus-binance-futures-messages.zip").Concat(SharedData.Members("message-samples/jkorf-usdfutures-messages.zip")))
        {
            foreach (var data in Objects(text))
            {
                if (!data.TryGetProperty("e", out var name) || name.ValueKind != JsonValueKind.String || !_known.ContainsKey(name.GetString()!)) continue;
                seen.Add(name.GetString()!);
                foreach (var field in data.EnumerateObject()) NoteUnless(_known, name.GetString()!, field.Name, unknown);
            }
        }
        seen.ShouldBe(_known.Keys.Where(static name => !name.Contains('.')), ignoreOrder: true);
        unknown.ShouldBeEmpty();
    }

    private static void NoteUnless(Dictionary<string, (string Read, string LeftOut)> known, string name, string field, SortedSet<string> unknown)
    {
        if (!known.TryGetValue(name, out var fields)) return;
        if (!fields.Read.Split(' ').Contains(field) && !fields.LeftOut.Split(' ').Contains(field)) unknown.Add($"{name}.{field}");
    }

    /// <summary>The event objects in a sample, which may be wrapped, stand in a script after "=", or be a list.</summary>
    private static List<JsonElement> Objects(string text)
    {
        var objects = new List<JsonElement>();
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        for (var at = 0; at < bytes.Length;)
        {
            var start = Array.IndexOf(bytes, (byte)'{', at);
            if (start < 0) break;
            var reader = new Utf8JsonReader(bytes.AsSpan(start), isFinalBlock: true, default);
            try
            {
                var element = JsonElement.ParseValue(ref reader);
                if (element.TryGetProperty("data", out var data)) element = data;
                if (element.ValueKind == JsonValueKind.Object) objects.Add(element);
                at = start + (int)reader.BytesConsumed;
            }
            catch (JsonException)
            {
                // A script's placeholder.
                at = start + 1;
            }
        }
        return objects;
    }
}
