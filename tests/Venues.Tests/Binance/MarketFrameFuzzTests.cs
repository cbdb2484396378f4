using System.Text;
using System.Text.RegularExpressions;
using Granary.Venues.Binance;
using Granary.Venues.Tests.Support;
using Xunit.Abstractions;

namespace Granary.Venues.Tests.Binance;

/// <summary>
/// Frames damaged in the ways that frames are damaged, from fixed seeds. Each must end as a value, which then is what a slow, obvious decoding of the same
/// bytes says, or as a reject with a name; and nothing that was decoded may be left over from the frame before.
/// </summary>
public sealed partial class MarketFrameFuzzTests(ITestOutputHelper output)
{
    private const int CasesPerSeed = 6000;
    private static readonly string[] _symbols = ["BTCUSDT", "ETHUSDT"];
    private static readonly string[] _samples =
    [
        """{"e":"aggTrade","E":1626992741575,"a":16599292,"s":"BTCUSDT","p":"61601.10","q":"0.105","f":23961322,"l":23961324,"T":1626992741421,"m":false}""",
        """{"e":"trade","E":1723161256322,"T":1723161256321,"s":"BTCUSDT","t":5266583935,"p":"61800.30","q":"0.006","X":"MARKET","m":false}""",
        """{"e":"bookTicker","u":2710246762461,"s":"ETHUSDT","b":"28145.10","B":"3.868","a":"28145.20","A":"6.887","T":1680652700430,"E":1680652700435}""",
        """{"e":"markPriceUpdate","E":1680652801000,"s":"BTCUSDT","p":"28155.20000000","P":"28141.47001461","i":"28165.15571429","r":"-0.00002760","T":1680681600000}""",
        """{"e":"depthUpdate","E":1723161256352,"T":1723161256351,"s":"BTCUSDT","U":5123107837801,"u":5123107842679,"pu":5123107837557,"b":[["1000.00","606.675"],["61799.40","0.000"],["61800.20","2.507"]],"a":[["61800.30","12345678.5"],["61801","0.12345678"]]}""",
        """{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":50093239189,"u":50093239202,"b":[],"a":[["61837.64000000","1.54698000"],["61839.85000000","0.00000000"]]}""",
    ];

    private readonly MarketFrameDecoder _decoder = new(_symbols);

    [Theory]
    [InlineData(11), InlineData(12), InlineData(13)]
    public void Damaged_frames_are_read_right_or_rejected_by_name(int seed)
    {
        var random = new Random(seed);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < CasesPerSeed; i++)
        {
            var text = _samples[random.Next(_samples.Length)];
            if (random.Next(2) == 0) text = $$"""{"stream":"btcusdt@any","data":{{text}}}""";
            for (var edits = random.Next(3); edits >= 0; edits--) text = Damage(text, random);
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var edits = random.Next(3) - 1; edits > 0; edits--) bytes = DamageBytes(bytes, random);
            var kind = Check(bytes);
            counts[kind.ToString()] = counts.GetValueOrDefault(kind.ToString()) + 1;
        }
        output.WriteLine(string.Join(", ", counts));
        counts.Where(count => count.Key is not ("Malformed" or "Unhandled" or "Answer")).Sum(count => count.Value).ShouldBeGreaterThan(CasesPerSeed / 20);
        counts["Malformed"].ShouldBeGreaterThan(CasesPerSeed / 4);
    }

    [Fact]
    public void Every_cut_and_every_flipped_bit_of_a_depth_frame()
    {
        var bytes = Encoding.UTF8.GetBytes(_samples[4]);
        for (var length = 0; length < bytes.Length; length++) Check(bytes[..length]).ShouldBe(MarketFrameKind.Malformed);
        for (var position = 0; position < bytes.Length; position++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = bytes.ToArray();
                flipped[position] ^= (byte)(1 << bit);
                Check(flipped);
            }
        }
    }

    [Fact]
    public void Every_length_of_number_in_every_place_of_a_level()
    {
        // The scanner reads levels in blocks: each length, each place of the point, near the end of the frame and far from it.
        for (var whole = 0; whole <= 12; whole++)
        {
            for (var decimals = -1; decimals <= 12; decimals++)
            {
                var number = new string('7', whole) + (decimals < 0 ? "" : "." + new string('3', decimals));
                foreach (var level in new[] { $"""["{number}","1.5"]""", $"""["1.5","{number}"]""", $"""["{number}","{number}"]""" })
                {
                    foreach (var tail in new[] { "", ",[\"2.50\",\"0.001\"]", ",[\"2.50\",\"0.001\"],[\"3.50\",\"0.001\"],[\"4.50\",\"0.001\"]" })
                        Check(Encoding.UTF8.GetBytes($$"""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":[{{level}}{{tail}}],"a":[]}"""));
                }
            }
        }
    }

    [Fact]
    public void No_frame_leaves_the_read_loop_by_an_exception()
    {
        var clients = new Clients(options => options with { DepthIntervalMs = 100 }, hasKey: false);
        var handler = new RecordingMarketHandler();
        using var stop = new CancellationTokenSource();
        clients.World.Start(() => clients.Client.RunAsync(_symbols, handler, stop.Token));
        var connection = clients.Streams.Last("/public/stream");
        var random = new Random(14);
        for (var i = 0; i < 1000; i++)
        {
            // What looks like an answer to a subscription may end a connection, and rightly.
            var text = Damage(_samples[random.Next(_samples.Length)], random);
            connection.Push(text);
        }
        clients.World.Drain();
        clients.Streams.Count("/public/stream").ShouldBe(1);
        clients.Client.Counters.HandlerFaults.ShouldBe(0);
        var read = handler.Trades.Count + handler.Tickers.Count + handler.Marks.Count + handler.Depths.Count;
        (read + handler.Rejects.Count).ShouldBe(1000);
        handler.Rejects.ShouldAllBe(reject => reject.Reason.Length > 0);
        clients.Client.Counters.MarketRejects.ShouldBeGreaterThan(100);
        stop.Cancel();
        clients.World.Drain();
    }

    private MarketFrameKind Check(byte[] bytes)
    {
        MarketFrame frame = default;
        _decoder.Decode(bytes, ref frame);
        if (frame.Kind is MarketFrameKind.Malformed or MarketFrameKind.Unhandled)
        {
            frame.Reason.ShouldNotBeNullOrEmpty();
        }
        else if (frame.Kind != MarketFrameKind.Answer)
        {
            var expected = MarketOracle.Read(bytes, _symbols);
            (expected is { } value && MarketOracle.Agree(frame, value)).ShouldBeTrue($"{frame.Kind} was read from {Encoding.UTF8.GetString(bytes)}");
        }
        return frame.Kind;
    }

    private static string Damage(string text, Random random)
    {
        var numbers = Number().Matches(text);
        var members = Member().Matches(text);
        var number = numbers.Count > 0 ? numbers[random.Next(numbers.Count)] : null;
        var member = members.Count > 0 ? members[random.Next(members.Count)] : null;
        switch (random.Next(12))
        {
            case 0: return text[..random.Next(text.Length + 1)];
            case 1 when number is not null: return Replace(text, number, _oddNumbers[random.Next(_oddNumbers.Length)]);
            case 2 when number is not null: return Replace(text, number, $"\"{number.Value}\"");
            case 3 when number is not null: return Replace(text, number, new string('9', random.Next(1, 30)));
            case 4 when number is not null: return Replace(text, number, $"{number.Value}.{new string('0', random.Next(12))}{random.Next(10)}");
            case 5 when member is not null: return text.Insert(member.Index, member.Value + ",");
            case 6 when member is not null: return text.Insert(member.Index, $"\"x\":{new string('[', random.Next(90))}{new string(']', random.Next(90))},");
            case 7 when member is not null: return text.Insert(member.Index, $"\"{(char)random.Next('A', 'z')}\":{_oddNumbers[random.Next(_oddNumbers.Length)]},");
            case 8 when member is not null:
                var other = members[random.Next(members.Count)];
                return other.Index <= member.Index ? text : Replace(Replace(text, other, member.Value), member, other.Value);
            case 9: return text.Replace(":", random.Next(2) == 0 ? ": " : ":\t", StringComparison.Ordinal);
            case 10: return text.Replace("BTCUSDT", random.Next(2) == 0 ? "BTC\\u0055SDT" : "BTC\uFFFDUSDT", StringComparison.Ordinal);
            default: return text.Replace("],[", random.Next(2) == 0 ? ",\"5\"],[" : "],[[],", StringComparison.Ordinal);
        }
    }

    private static byte[] DamageBytes(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return [(byte)random.Next(256)];
        var list = bytes.ToList();
        var position = random.Next(list.Count);
        switch (random.Next(4))
        {
            case 0: list[position] = (byte)random.Next(256); break;
            case 1: list.RemoveAt(position); break;
            case 2: list.Insert(position, (byte)"\"\\{}[],:0123456789.-+eE \ntfn"[random.Next(28)]); break;
            default: list[position] = (byte)(0x80 | list[position]); break;
        }
        return [.. list];
    }

    private static string Replace(string text, Match match, string value) => string.Concat(text.AsSpan(0, match.Index), value, text.AsSpan(match.Index + match.Length));

    private static readonly string[] _oddNumbers =
        ["0", "-1", "00", "1e5", "1E-3", "-0", "0.1", "9223372036854775807", "9223372036854775808", "1e400", "null", "true", "{}", "[]", "\"\"", "\"NaN\"", "\"0x10\"", "\" 1\"", "\"1,5\"", "\"٣\""];

    [GeneratedRegex("(?<=[:\\[,\"])-?[0-9]+(\\.[0-9]+)?(?=[,}\\]\"])")]
    private static partial Regex Number();

    [GeneratedRegex("\"[A-Za-z]+\":(\"[^\"]*\"|[0-9]+|true|false)(?=,\")")]
    private static partial Regex Member();
}
