using System.Text;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

public sealed class SocketCaptureTests : IDisposable
{
    /// <summary>One message of each kind, as recorded or as the protocol gives them.</summary>
    public static readonly string[] Lines =
    [
        """1680652700423575 {"stream":"btcusdt@bookTicker","data":"""
        + """{"e":"bookTicker","u":2710246762461,"s":"BTCUSDT","b":"28145.10","B":"3.868","a":"28145.20","A":"6.887","T":1680652700430,"E":1680652700435}}""",
        """1680652700441533 {"stream":"btcusdt@trade","data":"""
        + """{"e":"trade","E":1680652700455,"T":1680652700452,"s":"BTCUSDT","t":3535186032,"p":"28145.10","q":"0.002","X":"MARKET","m":true}}""",
        """1680652700599351 {"lastUpdateId": 2710246765483, "E": 1680652700590, "T": 1680652700580, "bids": """
        + """[["28145.10", "3.818"], ["28145.00", "0.413"]], "asks": [["28145.20", "1"]]}""",
        """1680652700600000 {"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":1680652800016,"T":1680652800009,"s":"BTCUSDT","U":"""
        + """2710249412206,"u":2710249413621,"pu":2710249412032,"b":[["22300.00","2.788"],["28023.80","0.000"]],"a":[]}}""",
        """1680652701048293 {"stream":"btcusdt@markPrice@1s","data":{"e":"markPriceUpdate","E":1680652701000,"s":"BTCUSDT","p":"28147.27373413","P":"""
        + """ "28142.15563565","i":"28159.75642857","r":"-0.00002754","T":1680652800000}}""",
        """1680652701048294 {"stream":"ctkusdt@aggTrade","data":"""
        + """{"e":"aggTrade","E":1626992741575,"a":16599292,"s":"CTKUSDT","p":"1.01100","q":"10","f":23961322,"l":23961324,"T":1626992741421,"m":false}}""",
        """1680652701048295 {"stream":"btcusdt@kline_1m","data":{"e":"kline","k":{"t":1}}}""",
    ];

    private readonly TempTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public void Every_kind_of_message_is_read()
    {
        var frames = SocketCapture.Read(_tape.Csv(Lines)).ToList();
        frames.Select(f => f.Kind).ShouldBe(
        [
            CaptureKind.BookTicker, CaptureKind.Trade, CaptureKind.DepthSnapshot, CaptureKind.DepthUpdate, CaptureKind.MarkPrice, CaptureKind.AggTrade,
            CaptureKind.Other,
        ]);
        frames.Select(f => f.Line).ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        (frames[0].ReceivedNs, frames[0].Stream).ShouldBe((1_680_652_700_423_575_000, "btcusdt@bookTicker"));
        frames[2].Stream.ShouldBeEmpty();
        Encoding.UTF8.GetString(frames[6].Data.Span).ShouldBe("""{"e":"kline","k":{"t":1}}""");

        CaptureMessages.ReadBookTicker(frames[0]).ShouldBe(
            new(2_710_246_762_461, 1_680_652_700_430, 2_814_510_000_000, 386_800_000, 2_814_520_000_000, 688_700_000));
        var trade = CaptureMessages.ReadTrade(frames[1]);
        trade.ShouldBe(new(3_535_186_032, 1_680_652_700_455, 1_680_652_700_452, 2_814_510_000_000, 200_000, true, true));
        trade.ToAggTrade().ShouldBe(new(3_535_186_032, 1_680_652_700_452, 2_814_510_000_000, 200_000, 3_535_186_032, 1, true));
        var snapshot = CaptureMessages.ReadDepthSnapshot(frames[2]);
        (snapshot.LastUpdateId, snapshot.EventTimeMs, snapshot.TimeMs).ShouldBe((2_710_246_765_483, 1_680_652_700_590, 1_680_652_700_580));
        snapshot.Bids.ShouldBe([new(2_814_510_000_000, 381_800_000), new(2_814_500_000_000, 41_300_000)]);
        snapshot.Asks.ShouldBe([new(2_814_520_000_000, 100_000_000)]);
        var update = CaptureMessages.ReadDepthUpdate(frames[3]);
        (update.FirstUpdateId, update.FinalUpdateId, update.PreviousFinalUpdateId).ShouldBe((2_710_249_412_206, 2_710_249_413_621, 2_710_249_412_032));
        (update.EventTimeMs, update.TimeMs).ShouldBe((1_680_652_800_016, 1_680_652_800_009));
        update.Bids.ShouldBe([new(2_230_000_000_000, 278_800_000), new(2_802_380_000_000, 0)]);
        update.Asks.ShouldBeEmpty();
        CaptureMessages.ReadMarkPrice(frames[4]).ShouldBe(new(1_680_652_701_000, 28_147.27373413m, 28_159.75642857m, -0.00002754m, 1_680_652_800_000));
        CaptureMessages.ReadAggTrade(frames[5]).ShouldBe(new(16_599_292, 1_626_992_741_421, 101_100_000, 1_000_000_000, 23_961_322, 3, false));
    }

    [Fact]
    public void Spot_messages_do_without_the_fields_that_spot_does_not_send()
    {
        var frames = SocketCapture.Read(_tape.Csv(
            """1723161253937085768 {"stream":"btcusdt@depth@100ms","data":"""
            + """{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":5,"u":7,"b":[],"a":[["1.5","2"]]}}""",
            """1723161254087891268 {"stream":"btcusdt@bookTicker","data":"""
            + """{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}""",
            """1723161254087891269 {"stream":"btcusdt@trade","data":{"e":"trade","E":1680652800000,"s":"BTCUSDT","t":3071245454,"p":"28165.47000000","q":"""
            + """ "0.00056000","b":20720542158,"a":20720542592,"T":1680652799999,"m":true,"M":true}}"""))
            .ToList();
        var update = CaptureMessages.ReadDepthUpdate(frames[0]);
        (update.PreviousFinalUpdateId, update.TimeMs, update.EventTimeMs).ShouldBe((-1, 1_723_161_255_208, 1_723_161_255_208));
        CaptureMessages.ReadBookTicker(frames[1]).TimeMs.ShouldBe(1_723_161_254_087);
        CaptureMessages.ReadTrade(frames[2]).IsMarket.ShouldBeTrue();
    }

    [Fact]
    public void A_trade_of_the_insurance_fund_is_no_market_trade()
    {
        var frame = SocketCapture.Read(_tape.Csv(Lines[1].Replace("MARKET", "INSURANCE_FUND"))).Single();
        CaptureMessages.ReadTrade(frame).IsMarket.ShouldBeFalse();
    }

    [Fact]
    public void Frames_stay_valid_while_reading_goes_on()
    {
        var lines = Enumerable.Range(0, 20_000).Select(i => $"{1_680_652_700_000_000 + i} {{\"stream\":\"s{i % 300}@x\",\"data\":{{\"n\":{i}}}}}").ToArray();
        var frames = SocketCapture.Read(_tape.Write(TempTape.GZip(string.Join('\n', lines)))).ToList();
        frames.Count.ShouldBe(20_000);
        for (var i = 0; i < frames.Count; i++)
        {
            Encoding.UTF8.GetString(frames[i].Data.Span).ShouldBe($"{{\"n\":{i}}}");
            frames[i].Stream.ShouldBe($"s{i % 300}@x");
        }
    }

    [Theory]
    [InlineData("""x {"stream":"a@trade","data":{}}""", TapeDefect.TimeImplausible, "receive time")]
    [InlineData("""1680652700 {"stream":"a@trade","data":{}}""", TapeDefect.TimeImplausible, "receive time")]
    [InlineData("""1680652701048295""", TapeDefect.TimeImplausible, "receive time")]
    [InlineData("", TapeDefect.TimeImplausible, "receive time")]
    [InlineData("""1680652701048295 {"stream":"a@trade","data":{"e":1""", TapeDefect.MessageInvalid, "message")]
    [InlineData("""1680652701048295 {"stream":"a@trade","data":{}} more""", TapeDefect.MessageInvalid, "message")]
    [InlineData("""1680652701048295 {"stream":"a@trade"}""", TapeDefect.MessageInvalid, "message")]
    [InlineData("""1680652701048295 {"result":null,"id":1}""", TapeDefect.MessageInvalid, "message")]
    [InlineData("""1680652701048295 [1]""", TapeDefect.MessageInvalid, "message")]
    public void A_wrong_line_is_named_strictly_and_left_out_leniently(string line, TapeDefect defect, string field)
    {
        var path = _tape.Csv(Lines[0], line, Lines[6]);
        var error = Should.Throw<TapeException>(() => SocketCapture.Read(path).ToList());
        (error.Defect, error.Field, error.Line, error.File).ShouldBe((defect, field, 2, path));
        var report = new TapeReport();
        SocketCapture.Read(path, new TapeOptions { Checks = TapeChecks.Lenient }, report).Select(f => f.Line).ShouldBe([1, 3]);
        (report.Rows, report.Skipped, report.Count(defect)).ShouldBe((2, 1, 1));
    }

    [Fact]
    public void A_receive_time_that_goes_back_is_an_error_strictly_and_a_note_leniently()
    {
        var path = _tape.Csv(Lines[1], Lines[0], Lines[6]);
        Should.Throw<TapeException>(() => SocketCapture.Read(path).ToList()).Defect.ShouldBe(TapeDefect.TimeBackwards);
        var report = new TapeReport();
        SocketCapture.Read(path, new TapeOptions { Checks = TapeChecks.Lenient }, report).Select(f => f.Line).ShouldBe([1, 2, 3]);
        (report.Rows, report.Skipped, report.Count(TapeDefect.TimeBackwards)).ShouldBe((3, 0, 1));
    }

    [Theory]
    [InlineData(0, "\"b\":\"28145.10\",", "", "b")]
    [InlineData(0, "\"28145.10\"", "28145.10", "b")]
    [InlineData(0, "\"28145.10\"", "\"-1\"", "b")]
    [InlineData(1, "\"0.002\"", "\"abc\"", "q")]
    [InlineData(1, "\"t\":3535186032", "\"t\":3535186032.5", "t")]
    [InlineData(1, "\"m\":true", "\"m\":\"true\"", "m")]
    [InlineData(1, "\"T\":1680652700452,", "", "T")]
    [InlineData(2, "[\"28145.20\", \"1\"]", "[\"28145.20\"]", "asks")]
    [InlineData(2, ", \"asks\": [[\"28145.20\", \"1\"]]", "", "asks")]
    [InlineData(3, "[\"28023.80\",\"0.000\"]", "[\"28023.80\",\"0.000\",\"1\"]", "b")]
    [InlineData(3, "\"u\":2710249413621", "\"u\":1", "u")]
    [InlineData(4, "\"r\":\"-0.00002754\"", "\"r\":\"-0.0000275x\"", "r")]
    [InlineData(5, "\"l\":23961324", "\"l\":5", "l")]
    public void A_wrong_field_is_named(int line, string found, string replacement, string field)
    {
        Lines[line].ShouldContain(found);
        var path = _tape.Csv(Lines[6], Lines[line].Replace(found, replacement));
        var frame = SocketCapture.Read(path, new TapeOptions { Checks = TapeChecks.Lenient }).Last();
        var error = Should.Throw<TapeException>(() =>
        {
            object _ = frame.Kind switch
            {
                CaptureKind.BookTicker => CaptureMessages.ReadBookTicker(frame),
                CaptureKind.Trade => CaptureMessages.ReadTrade(frame),
                CaptureKind.DepthSnapshot => CaptureMessages.ReadDepthSnapshot(frame),
                CaptureKind.DepthUpdate => CaptureMessages.ReadDepthUpdate(frame),
                CaptureKind.MarkPrice => CaptureMessages.ReadMarkPrice(frame),
                _ => CaptureMessages.ReadAggTrade(frame),
            };
        });
        (error.Defect, error.Field, error.Line, error.File).ShouldBe((TapeDefect.MessageInvalid, field, 2, path));
    }

    [Fact]
    public void A_truncated_capture_is_damaged()
    {
        var content = TempTape.GZip(string.Join('\n', Lines));
        Should.Throw<TapeException>(() => SocketCapture.Read(_tape.Write(content[..^20])).ToList()).Defect.ShouldBe(TapeDefect.FileDamaged);
        Should.Throw<TapeException>(() => SocketCapture.Read(_tape.Path("none")).ToList()).Defect.ShouldBe(TapeDefect.FileMissing);
        Should.Throw<TapeException>(() => SocketCapture.Read(_tape.Write([])).ToList()).Defect.ShouldBe(TapeDefect.FileEmpty);
    }
}
