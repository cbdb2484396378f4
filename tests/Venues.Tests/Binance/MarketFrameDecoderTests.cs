using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Binance;
using Granary.Venues.Tests.Support;
using Xunit.Abstractions;

namespace Granary.Venues.Tests.Binance;

public sealed class MarketFrameDecoderTests(ITestOutputHelper output)
{
    private const string Trade = """{"e":"aggTrade","E":1626992741575,"a":16599292,"s":"BTCUSDT","p":"61601.10","q":"0.105","f":23961322,"l":23961324,"T":1626992741421,"m":false}""";
    private const string Ticker = """{"e":"bookTicker","u":2710246762461,"s":"ETHUSDT","b":"28145.10","B":"3.868","a":"28145.20","A":"6.887","T":1680652700430,"E":1680652700435}""";
    private const string Mark = """{"e":"markPriceUpdate","E":1680652801000,"s":"BTCUSDT","p":"28155.20000000","P":"28141.47001461","i":"28165.15571429","r":"-0.00002760","T":1680681600000}""";
    private const string Single = """{"e":"trade","E":1723161256322,"T":1723161256321,"s":"BTCUSDT","t":5266583935,"p":"61800.30","q":"0.006","X":"MARKET","m":false}""";
    private const string Depth = """{"e":"depthUpdate","E":1723161256352,"T":1723161256351,"s":"BTCUSDT","U":5123107837801,"u":5123107842679,"pu":5123107837557,"b":[["1000.00","606.675"],["61799.40","0.000"],["61800.20","2.507"]],"a":[["61800.30","12345678.5"],["61801","0.12345678"]]}""";
    private static readonly string[] _symbols = ["BTCUSDT", "ETHUSDT", "BNBUSDT", "A", "1000SHIBUSDT", "币安人生USDT"];
    private static readonly string[] _samples =
    [
        Trade, Ticker, Mark, Single, Depth, Wrap("btcusdt@aggTrade", Trade), Wrap("ethusdt@bookTicker", Ticker), Wrap("btcusdt@markPrice@1s", Mark),
        Wrap("btcusdt@trade", Single), Wrap("btcusdt@depth@100ms", Depth),
    ];
    private readonly MarketFrameDecoder _decoder = new(_symbols);

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Every_event_wrapped_and_raw(bool isWrapped)
    {
        var trade = Decode(isWrapped ? Wrap("btcusdt@aggTrade", Trade) : Trade);
        (trade.Kind, trade.SymbolIndex).ShouldBe((MarketFrameKind.AggTrade, 0));
        trade.Trade.ShouldBe(new AggTrade(16599292, 1626992741421, 6160110000000, 10500000, 23961322, 3, false));
        var ticker = Decode(isWrapped ? Wrap("ethusdt@bookTicker", Ticker) : Ticker);
        (ticker.Kind, ticker.SymbolIndex).ShouldBe((MarketFrameKind.BookTicker, 1));
        ticker.Ticker.ShouldBe(new BookTicker(2710246762461, 1680652700430, 2814510000000, 386800000, 2814520000000, 688700000));
        var mark = Decode(isWrapped ? Wrap("btcusdt@markPrice@1s", Mark) : Mark);
        (mark.Kind, mark.SymbolIndex).ShouldBe((MarketFrameKind.MarkPrice, 0));
        mark.Mark.ShouldBe(new MarkPrice(1680652801000, 28155.2m, 28165.15571429m, -0.0000276m, 1680681600000));
        var single = Decode(isWrapped ? Wrap("btcusdt@trade", Single) : Single);
        (single.Kind, single.SymbolIndex).ShouldBe((MarketFrameKind.Trade, 0));
        single.Trade.ShouldBe(new AggTrade(5266583935, 1723161256321, 6180030000000, 600000, 5266583935, 1, false));
        var depth = Decode(isWrapped ? Wrap("btcusdt@depth", Depth) : Depth);
        (depth.Kind, depth.SymbolIndex).ShouldBe((MarketFrameKind.Depth, 0));
        var diff = depth.Depth.Diff;
        (diff.FirstUpdateId, diff.FinalUpdateId, diff.PreviousFinalUpdateId, diff.TimeMs).ShouldBe((5123107837801, 5123107842679, 5123107837557, 1723161256351));
        diff.Bids.ToArray().ShouldBe([new BookLevel(100000000000, 60667500000), new BookLevel(6179940000000, 0), new BookLevel(6180020000000, 250700000)]);
        diff.Asks.ToArray().ShouldBe([new BookLevel(6180030000000, 1234567850000000), new BookLevel(6180100000000, 12345678)]);
    }

    [Theory]
    // Order of the members of the wrapper, blanks, escapes, unknown members of every kind, numbers for texts and texts for numbers, doubled names.
    [InlineData("""{"data":~,"stream":"btcusdt@aggTrade"}""")]
    [InlineData("""{"stream":"btcusdt@aggTrade","x":[{"e":1}],"data":~}""")]
    [InlineData("""{"stream":"btc\u0075sdt@aggTrade","data":~}""")]
    [InlineData(""" { "stream" : "btcusdt@aggTrade" , "data" : ~ } """)]
    [InlineData("""{"data":{"e":"aggTrade"},"data":~}""")]
    public void Irregular_wrappers_read_the_same(string wrapper) => Decode(wrapper.Replace("~", Trade)).Trade.ShouldBe(Decode(Trade).Trade);

    [Theory]
    [InlineData("""{"e":"aggTrade","E":1,"a":5,"s":"BTCUSDT","p":"1.5","q":"2","f":1,"l":1,"T":9,"m":true,"st":1,"nq":"2","ps":"BTCUSDT","new":null}""")]
    [InlineData("""{"m":true,"T":9,"l":1,"f":1,"q":"2","p":"1.5","s":"BTCUSDT","a":5,"E":1,"e":"aggTrade"}""")]
    [InlineData("""{"e":"aggTrade","E":1,"a":"5","s":"BTCUSDT","p":1.5,"q":2,"f":1,"l":"1","T":9,"m":true}""")]
    [InlineData("""{"e":"agg\u0054rade","E":1,"a":5,"\u0073":"BTCUSD\u0054","p":"1.5","q":"2","f":1,"l":1,"T":9,"m":true}""")]
    [InlineData("""{"e":"aggTrade","x":{"p":"7","y":[1,{"q":"7"}]},"a":5,"s":"BTCUSDT","p":"1.5","q":"2","f":1,"l":1,"T":9,"m":true}""")]
    [InlineData("""{"e":"aggTrade","a":4,"a":5,"s":"ETHUSDT","s":"BTCUSDT","p":"1.5","q":"2","f":1,"l":1,"T":9,"m":true}""")]
    [InlineData("{\n\t\"e\": \"aggTrade\", \"a\": 5, \"s\": \"BTCUSDT\", \"p\": \"1.5\", \"q\": \"2.00000000\", \"f\": 1, \"l\": 1, \"T\": 9, \"m\": true\r\n}")]
    [InlineData("""{"e":"aggTrade","a":5,"s":"BTCUSDT","p":"01.500000000000","q":"2.","f":1,"l":1,"T":9,"m":true,"x":-0.5e10,"é":"ü"}""")]
    public void Irregular_events_read_the_same(string text)
    {
        var frame = Decode(text);
        frame.Kind.ShouldBe(MarketFrameKind.AggTrade, frame.Reason);
        frame.SymbolIndex.ShouldBe(0);
        frame.Trade.ShouldBe(new AggTrade(5, 9, 150000000, 200000000, 1, 1, true));
    }

    [Fact]
    public void Members_in_any_order()
    {
        foreach (var sample in new[] { Trade, Ticker, Mark, Single, Depth })
        {
            var members = Regex.Split(sample[1..^1], ",(?=\"[A-Za-z]+\":)");
            var expected = Decode(sample);
            Prop.ForAll(
                Gen.Shuffle(members).ToArbitrary(),
                shuffled => MarketOracle.Agree(Decode($"{{{string.Join(',', shuffled)}}}"), expected)).QuickCheckThrowOnFailure();
        }
    }

    [Theory]
    [InlineData("""{"e":"depthUpdate","E":7,"s":"BTCUSDT","U":1,"u":2,"b":[["1","2"]],"a":[]}""")]
    [InlineData("""{"s":"BTCUSDT","b":[[1,2.0]],"a":[ ],"u":"2","U":1,"e":"depthUpdate","E":7}""")]
    [InlineData("""{"e":"depthUpdate","E":7,"s":"BTCUSDT","U":1,"u":2,"b":[["1.0","2",[]]],"a":[],"st":1,"ps":"BTCUSDT"}""")]
    [InlineData("""{"e":"depthUpdate","E":7,"s":"BTCUSDT","U":1,"u":2,"b":[["9","9"],["8","8"]],"b":[["\u0031","2"]],"a":[["5","5"]],"a":[]}""")]
    [InlineData("""{"e":"depthUpdate","E":7,"s":"BTCUSDT","U":1,"u":2,"b":[["00000000001","2.000000000000"]],"a":[],"x":{"b":[["3","4"]]}}""")]
    public void Depth_in_other_forms_reads_the_same(string text)
    {
        var frame = Decode(text);
        frame.Kind.ShouldBe(MarketFrameKind.Depth, frame.Reason);
        var diff = frame.Depth.Diff;
        (diff.FirstUpdateId, diff.FinalUpdateId, diff.PreviousFinalUpdateId, diff.TimeMs).ShouldBe((1, 2, -1, 7));
        diff.Bids.ToArray().ShouldBe([new BookLevel(Fixed8.One, 2 * Fixed8.One)]);
        diff.Asks.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData(MarketFrameDecoder.LevelsMax, true), InlineData(MarketFrameDecoder.LevelsMax + 1, false)]
    public void Levels_are_bounded(int count, bool isRead)
    {
        var levels = string.Join(',', Enumerable.Range(1, count).Select(i => $"[\"{i}\",\"1\"]"));
        foreach (var blank in new[] { "", " " })
        {
            var frame = Decode($$"""{"e":"depthUpdate",{{blank}}"E":7,"s":"BTCUSDT","U":1,"u":2,"b":[],"a":[{{levels}}]}""");
            frame.Kind.ShouldBe(isRead ? MarketFrameKind.Depth : MarketFrameKind.Malformed);
            if (isRead) frame.Depth.Asks.Span[^1].PriceE8.ShouldBe(count * Fixed8.One);
        }
    }

    [Fact]
    public void Contracts_without_funding_and_empty_book_sides()
    {
        Decode(Mark.Replace("\"-0.00002760\"", "\"\"").Replace("1680681600000", "0")).Mark.ShouldBe(new MarkPrice(1680652801000, 28155.2m, 28165.15571429m, 0, 0));
        Decode(Ticker.Replace("28145.10", "0").Replace("3.868", "0.000")).Ticker.BidPriceE8.ShouldBe(0);
    }

    [Fact]
    public void Symbols_beyond_ascii_and_short_ones()
    {
        Decode(Trade.Replace("BTCUSDT", "币安人生USDT")).SymbolIndex.ShouldBe(5);
        Decode(Trade.Replace("BTCUSDT", "A")).SymbolIndex.ShouldBe(3);
        Decode(Trade.Replace("BTCUSDT", "1000SHIBUSDT")).SymbolIndex.ShouldBe(4);
        Should.Throw<ArgumentException>(() => new MarketFrameDecoder(["A", "A"])).Message.ShouldContain("twice");
        Should.Throw<ArgumentException>(() => new MarketFrameDecoder([""]));
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("\0\0\0\0", "not valid JSON")]
    [InlineData("[]", "not an object")]
    [InlineData("{}", "neither an event nor an answer")]
    [InlineData("""{"e":5}""", "neither an event nor an answer")]
    [InlineData("""{"stream":"x","data":{}}""", "neither an event nor an answer")]
    [InlineData("""{"stream":"x","data":{"result":null,"id":1}}""", "neither an event nor an answer")]
    [InlineData("""{"e":"aggTrade"}""", "field s")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT"}""", "field a")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":-1}""", "field a")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1.5}""", "field a")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"-1"}""", "field p")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"0.00"}""", "field p")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"1e5"}""", "field p")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"NaN"}""", "field p")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"0.000000001"}""", "field p")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"99999999999999999999"}""", "field p")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":999999999999999999,"q":"1"}""", "field p")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":null}""", "field p")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"1","q":"0"}""", "field q")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"1","q":"1","f":9,"l":8,"m":true}""", "field l")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"1","q":"1","f":0,"l":9999999999,"m":true}""", "field l")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":1,"T":1,"p":"1","q":"1","f":8,"l":8,"m":"true"}""", "field m")]
    [InlineData("""{"e":"bookTicker","s":"BTCUSDT","u":1,"T":1,"b":"1","B":"1","a":"","A":"1"}""", "field a")]
    [InlineData("""{"e":"bookTicker","s":"BTCUSDT","u":1,"T":1,"b":"-1","B":"1","a":"1","A":"1"}""", "field b")]
    [InlineData("""{"e":"markPriceUpdate","s":"BTCUSDT","E":1,"p":"1","i":"1","T":1}""", "field r")]
    [InlineData("""{"e":"markPriceUpdate","s":"BTCUSDT","E":1,"p":"0","i":"1","r":"0","T":1}""", "field p")]
    [InlineData("""{"e":"trade","s":"BTCUSDT","t":1,"T":1,"p":"1","q":"1","X":5,"m":true}""", "field X")]
    [InlineData("""{"e":"trade","s":"BTCUSDT","T":1,"p":"1","q":"1","m":true}""", "field t")]
    [InlineData("""{"e":"depthUpdate","s":"BTCUSDT","U":1,"u":1,"b":[],"a":[]}""", "field E")]
    [InlineData("""{"e":"depthUpdate","E":1,"T":null,"s":"BTCUSDT","U":1,"u":1,"b":[],"a":[]}""", "field T")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","u":1,"b":[],"a":[]}""", "field U")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":2,"u":1,"b":[],"a":[]}""", "field u")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"pu":"x","b":[],"a":[]}""", "field pu")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"a":[]}""", "field b")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":[["0","1"]],"a":[]}""", "field b")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":[["1","-1"]],"a":[]}""", "field b")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":[["1"]],"a":[]}""", "field b")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":["1","2"],"a":[]}""", "field b")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":[],"a":[["1","2"],[]]}""", "field a")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":[],"a":[["1","1e5"]]}""", "field a")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":[],"a":{}}""", "field a")]
    [InlineData("""{"e":"aggTrade","s":"BTCUSDT","a":[["1","2"]]}""", "field a")]
    public void What_cannot_be_read_is_rejected_with_a_reason(string text, string reason)
    {
        var frame = Decode(text);
        frame.Kind.ShouldBe(MarketFrameKind.Malformed);
        frame.Reason.ShouldContain(reason);
    }

    [Fact]
    public void Cut_frames_are_never_events()
    {
        foreach (var sample in _samples)
        {
            for (var length = 0; length < sample.Length; length++)
            {
                Decode(sample[..length]).Kind.ShouldBe(MarketFrameKind.Malformed);
                Decode(sample + sample[..length]).Kind.ShouldBe(length == 0 ? Decode(sample).Kind : MarketFrameKind.Malformed);
            }
        }
    }

    [Theory]
    [InlineData("""{"stream":"btcusdt@kline_1m","data":{"e":"24hrTicker","s":"BTCUSDT","b":[["1","2"]]}}""", "event 24hrTicker")]
    [InlineData("""{"e":"trade","s":"BTCUSDT","t":1,"T":1,"p":"1","q":"1","X":"INSURANCE_FUND","m":true}""", "trade of INSURANCE_FUND")]
    [InlineData("""{"e":"a\nb"}""", "event a?b")]
    [InlineData("""{"e":"aggTrade","s":"XYZUSDT","a":1}""", "a symbol that was not asked for")]
    public void Other_events_are_named(string text, string reason)
    {
        var frame = Decode(text);
        (frame.Kind, frame.Reason).ShouldBe((MarketFrameKind.Unhandled, reason));
    }

    [Theory]
    [InlineData("""{"result":null,"id":4}""", 4, null)]
    [InlineData("""{"id":"7","result":null}""", 7, null)]
    [InlineData("""{"result":null,"id":"9dca"}""", -1, null)]
    [InlineData("""{"error":{"code":2,"msg":"Invalid request"},"id":73}""", 73, "code 2: Invalid request")]
    [InlineData("""{"code":3,"msg":"Invalid JSON","id":1}""", 1, "code 3: Invalid JSON")]
    [InlineData("""{"error":"no","id":1}""", 1, "code none: no message")]
    public void Answers_to_subscriptions(string text, long id, string? error)
    {
        var frame = Decode(text);
        (frame.Kind, frame.AnswerId, frame.AnswerError).ShouldBe((MarketFrameKind.Answer, id, error));
    }

    [Fact]
    public void Mutated_frames_are_read_right_or_rejected_and_never_throw()
    {
        var accepted = 0;
        var config = Config.QuickThrowOnFailure.WithMaxTest(20_000);
        Prop.ForAll(
            ArbMap.Default.ArbFor<Tuple<int, int, byte, byte>[]>(),
            edits =>
            {
                var bytes = new List<byte>(Encoding.UTF8.GetBytes(_samples[edits.Length == 0 ? 0 : (edits[0].Item1 & int.MaxValue) % _samples.Length]));
                foreach (var (_, position, action, value) in edits.Take(4)) Edit(bytes, (position & int.MaxValue) % (bytes.Count + 1), action, value);
                var text = bytes.ToArray();
                MarketFrame frame = default;
                _decoder.Decode(text, ref frame);
                if (frame.Kind is MarketFrameKind.Malformed or MarketFrameKind.Unhandled or MarketFrameKind.Answer) return true;
                accepted++;
                return MarketOracle.Read(text, _symbols) is { } expected && MarketOracle.Agree(frame, expected);
            }).Check(config);
        output.WriteLine($"{accepted} of 20000 mutated frames were still events and were read right");
        accepted.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Arbitrary_bytes_never_throw() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes =>
        {
            MarketFrame frame = default;
            _decoder.Decode(bytes, ref frame);
            return frame.Kind == MarketFrameKind.Malformed;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Texts_longer_than_any_field_and_deep_nesting_are_survived()
    {
        Decode(Trade.Replace("BTCUSDT", new string('X', 5000) + "\\n")).Kind.ShouldBe(MarketFrameKind.Malformed);
        Decode(Trade.Replace("61601.10", "1" + new string('0', 5000))).Kind.ShouldBe(MarketFrameKind.Malformed);
        Decode(Trade.Replace("61601.10", "1." + new string('0', 5000))).Trade.PriceE8.ShouldBe(Fixed8.One);
        Decode(Trade.Replace("16599292", new string('[', 100) + new string(']', 100))).Kind.ShouldBe(MarketFrameKind.Malformed);
    }

    [Theory]
    [InlineData("\"zz\":[{\"a\":1}],", "zz"), InlineData("\"w\":1,", "w"), InlineData("\"brandNew\":null,", "brandNew")]
    public void A_field_that_is_not_known_is_read_past_and_counted_by_name(string field, string name)
    {
        var unknown = new UnknownNames();
        var decoder = new MarketFrameDecoder(["BTCUSDT"]) { Unknown = unknown };
        MarketFrame frame = default;
        decoder.Decode(Encoding.UTF8.GetBytes(Trade), ref frame);
        unknown.Total.ShouldBe(0);
        var (kind, expected) = (frame.Kind, frame.Trade);
        for (var i = 0; i < 3; i++) decoder.Decode(Encoding.UTF8.GetBytes(Trade.Replace("\"s\":", field + "\"s\":")), ref frame);
        (frame.Kind, frame.Trade).ShouldBe((kind, expected), frame.Reason);
        unknown.ToList().ShouldBe([new($"{(Trade.Contains("aggTrade\",") ? "aggTrade" : "trade")}.{name}", 3)]);
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        var frames = _samples.Append(Trade.Replace("BTCUSDT", "币安人生USDT")).Append(Trade.Replace(":", ": ")).Select(Encoding.UTF8.GetBytes).ToArray();
        MarketFrame frame = default;
        long Run(int rounds)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < rounds; i++)
            {
                foreach (var bytes in frames)
                {
                    _decoder.Decode(bytes, ref frame);
                    if (frame.Kind == MarketFrameKind.Malformed) return -1;
                }
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Run(100).ShouldBeGreaterThanOrEqualTo(0);
        Run(1000).ShouldBe(0);
    }

    [SharedDataFact]
    public void Recorded_frames_of_our_streams()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        string[] symbols = ["BTCUSDT", "ETHUSDT", "SUSHIUSDT", "AKROUSDT", "KEEPUSDT", "CTKUSDT"];
        var decoder = new MarketFrameDecoder(symbols);
        foreach (var path in Directory.GetFiles(Path.Combine(SharedData.Folder!, "ws-captures"), "um-*").Order(StringComparer.Ordinal))
        {
            foreach (var line in SharedData.Lines(path))
            {
                var start = line.IndexOf('{');
                if (start < 0 || line.Contains("\"lastUpdateId\"")) continue;
                // Only one in fifty of the long depth updates: the oracle is slow.
                if (line.Contains("depthUpdate") && line.Length % 50 != 0) continue;
                var bytes = Encoding.UTF8.GetBytes(line[start..]);
                MarketFrame frame = default;
                decoder.Decode(bytes, ref frame);
                frame.Kind.ShouldNotBe(MarketFrameKind.Malformed, line);
                if (frame.Kind == MarketFrameKind.Unhandled)
                {
                    frame.Reason.ShouldBe("trade of INSURANCE_FUND");
                }
                else if (frame.Kind == MarketFrameKind.Kline)
                {
                    using var document = JsonDocument.Parse(bytes);
                    var candle = document.RootElement.GetProperty("data").GetProperty("k");
                    (frame.Candle.OpenTimeMs, frame.Candle.TradeCount, frame.IsCandleClosed).ShouldBe(
                        (candle.GetProperty("t").GetInt64(), candle.GetProperty("n").GetInt32(), candle.GetProperty("x").GetBoolean()));
                    (frame.Candle.Close, frame.Candle.TakerBuyQuoteVolume).ShouldBe((candle.Number("c"), candle.Number("Q")));
                }
                else
                {
                    var expected = MarketOracle.Read(bytes, symbols).ShouldNotBeNull();
                    MarketOracle.Agree(frame, expected).ShouldBeTrue(line);
                }
                var key = frame.Kind == MarketFrameKind.Unhandled ? frame.Reason : frame.Kind.ToString();
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }
        output.WriteLine(string.Join(", ", counts));
        counts["AggTrade"].ShouldBe(91);
        counts["Kline"].ShouldBe(67);
        counts["Trade"].ShouldBe(2197 + 10738 + 21313 + 14076 - 1);
        counts["trade of INSURANCE_FUND"].ShouldBe(1);
        counts["Depth"].ShouldBeGreaterThan(400);
        counts["BookTicker"].ShouldBeGreaterThan(100_000);
        counts["MarkPrice"].ShouldBeGreaterThan(400);
    }

    private const string Candle =
        """{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1638747660000,"s":"BTCUSDT","k":{"t":1638747600000,"T":1638747659999,"s":"BTCUSDT","i":"1m","f":100,"L":200,"o":"10.5","c":"20","h":"25.25","l":"9","v":"1000","n":100,"x":true,"q":"1.5","V":"500","Q":"0.5","B":"123456"}}}""";

    [Fact]
    public void Candles_are_read_whole_and_without_allocating()
    {
        var decoder = new MarketFrameDecoder(["BTCUSDT"]);
        var bytes = Encoding.UTF8.GetBytes(Candle);
        MarketFrame frame = default;
        decoder.Decode(bytes, ref frame);
        (frame.Kind, frame.SymbolIndex, frame.IsCandleClosed).ShouldBe((MarketFrameKind.Kline, 0, true));
        frame.Candle.ShouldBe(new Engine.Market.Kline(1638747600000, 10.5m, 25.25m, 9, 20, 1000, 1638747659999, 1.5m, 100, 500, 0.5m));
        for (var i = 0; i < 100; i++) decoder.Decode(bytes, ref frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) decoder.Decode(bytes, ref frame);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_field_of_a_candle_that_is_not_known_is_read_past_and_counted_by_name()
    {
        var unknown = new UnknownNames();
        var decoder = new MarketFrameDecoder(["BTCUSDT"]) { Unknown = unknown };
        MarketFrame frame = default;
        decoder.Decode(Encoding.UTF8.GetBytes(Candle), ref frame);
        unknown.Total.ShouldBe(0);
        var candle = frame.Candle;
        decoder.Decode(Encoding.UTF8.GetBytes(Candle.Replace("\"o\":", "\"new\":{\"t\":1},\"w\":[2],\"o\":")), ref frame);
        (frame.Kind, frame.Candle).ShouldBe((MarketFrameKind.Kline, candle), frame.Reason);
        unknown.ToList().ShouldBe([new("kline.k.new", 1), new("kline.k.w", 1)]);
    }

    [Theory]
    [InlineData("\"o\":\"10.5\",", ""), InlineData("\"x\":true", "\"x\":\"true\""), InlineData("\"h\":\"25.25\"", "\"h\":\"19\""), InlineData("\"k\":{", "\"j\":{")]
    [InlineData("\"v\":\"1000\"", "\"v\":\"-1\""), InlineData("\"n\":100", "\"n\":[]")]
    public void Candles_that_lack_a_field_or_are_none_are_malformed(string what, string by)
    {
        var decoder = new MarketFrameDecoder(["BTCUSDT"]);
        MarketFrame frame = default;
        decoder.Decode(Encoding.UTF8.GetBytes(Candle.Replace(what, by)), ref frame);
        (frame.Kind, frame.Reason).ShouldBe((MarketFrameKind.Malformed, "kline: field k is missing, or one of its fields is missing or wrong"));
    }

    private static void Edit(List<byte> bytes, int position, byte action, byte value)
    {
        // Besides any byte, the ones that have a meaning in JSON.
        var b = action >= 128 ? (byte)"\"\\{}[],:0123456789.-+eE \ntfn"[value % 28] : value;
        switch (action % 3)
        {
            case 0 when position < bytes.Count: bytes[position] = b; break;
            case 1 when position < bytes.Count: bytes.RemoveAt(position); break;
            default: bytes.Insert(position, b); break;
        }
    }

    private static string Wrap(string stream, string data) => $"{{\"stream\":\"{stream}\",\"data\":{data}}}";

    private MarketFrame Decode(string text)
    {
        MarketFrame frame = default;
        _decoder.Decode(Encoding.UTF8.GetBytes(text), ref frame);
        return frame;
    }
}
