using System.IO.Compression;
using System.Text.Json;
using Granary.Client.Cli;
using Granary.Client.Data;

namespace Granary.Client.Tests.Data;

public sealed class DataCommandsTests : IDisposable
{
    private const string Trades = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n";
    private const string Candles = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n";
    private const long Hour = 3_600_000, Start = 1_730_073_600_000;
    private readonly ConsoleBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_clean_tape_is_clean_and_asks_no_silo()
    {
        Write("BTCUSDT-aggTrades.csv", Trades + string.Concat(Enumerable.Range(1, 50).Select(i => Trade(i))));
        (await _bench.RunAsync("data", "check", "BTCUSDT-aggTrades.csv")).ShouldBe(DataExit.Clean, _bench.Error);
        _bench.Output.ShouldContain("Clean.");
        _bench.Output.ShouldContain("AggTrades");
        _bench.Silo.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_with_trades_is_counted_and_placed()
    {
        var rows = Enumerable.Range(1, 60).Select(i => Trade(i)).ToList();
        rows[29] = Trade(30, price: "71");
        rows[39] = Trade(40, time: Start + 1);
        rows.RemoveRange(50, 3);
        rows.Insert(20, Trade(19));
        rows.Add("junk\n");
        Write("t.csv", Trades + string.Concat(rows));
        (await _bench.RunAsync("data", "check", "t.csv", "--json")).ShouldBe(DataExit.Findings, _bench.Error);
        Findings().ShouldBe(new Dictionary<string, (long, long)>
        {
            ["rowInvalid"] = (1, 60),
            ["idGap"] = (1, 53),
            ["idRepeated"] = (1, 22),
            ["timeReversed"] = (1, 42),
            ["priceOutlier"] = (1, 32),
            ["silence"] = (1, 53),
        });
    }

    [Fact]
    public async Task Ids_that_come_late_are_told_from_ids_that_come_twice()
    {
        Write("t.csv", Trades + Trade(1) + Trade(2) + Trade(5) + Trade(4) + Trade(4) + Trade(6));
        await _bench.RunAsync("data", "check", "t.csv", "--json");
        Findings().Where(f => f.Key.StartsWith("id", StringComparison.Ordinal)).ShouldBe(
            [new("idGap", (1, 4)), new("idRepeated", (1, 6)), new("idOrder", (1, 5))], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_wrong_with_candles_is_counted_and_placed()
    {
        var rows = Enumerable.Range(0, 12).Select(i => Candle(i)).ToList();
        rows[2] = Candle(2, high: "99");
        rows[3] = Candle(3, taker: "11");
        rows[4] = Candle(4, quote: "1200");
        rows[5] = Candle(5, volume: "0", quote: "0", taker: "0", takerQuote: "0");
        rows[10] = Candle(10).Replace(",101,", ",301,");
        rows.RemoveRange(7, 2);
        Write("ETHUSDT-1h.csv", Candles + string.Concat(rows));
        (await _bench.RunAsync("data", "check", "ETHUSDT-1h.csv", "--json")).ShouldBe(DataExit.Findings, _bench.Error);
        Findings().ShouldBe(new Dictionary<string, (long, long)>
        {
            ["candleMissing"] = (1, 9),
            ["ohlcInconsistent"] = (2, 4),
            ["takerAboveVolume"] = (1, 5),
            ["quoteVolumeOff"] = (2, 4),
            ["priceJump"] = (2, 10),
            ["zeroVolume"] = (1, 7),
        });
    }

    [Fact]
    public async Task An_archive_tells_dead_new_and_ended_contracts()
    {
        WriteZip(
            "all.zip", ("AAAUSDT-1h.csv", Candles + Many(0, 60)), ("DEADUSDT-1h.csv", Candles + Flat(0, 60)), ("ENDUSDT-1h.csv", Candles + Many(0, 20) + Flat(20, 60)),
            ("GONEUSDT-1h.csv", Candles + Many(0, 40)), ("NEWUSDT-1h.csv", Candles + Many(15, 60)));
        (await _bench.RunAsync("data", "check", "all.zip", "--json")).ShouldBe(DataExit.Findings, _bench.Error);
        var files = JsonElement.Parse(_bench.Output).GetProperty("files").EnumerateArray().ToDictionary(
            f => f.GetProperty("symbol").GetString()!, f => string.Join(' ', f.GetProperty("findings").EnumerateArray().Select(x => x.GetProperty("kind").GetString())));
        files.ShouldBe(new Dictionary<string, string>
        {
            ["AAAUSDT"] = "",
            ["DEADUSDT"] = "flatContract zeroVolume",
            ["ENDUSDT"] = "flatEnd zeroVolume flatSpell",
            ["GONEUSDT"] = "endsEarly",
            ["NEWUSDT"] = "listedLater",
        });
    }

    [Fact]
    public async Task Changes_of_the_funding_interval_are_a_note_and_gaps_are_not()
    {
        var hours = new[] { 0, 8, 16, 24, 28, 32, 33, 41 };
        Write("f.csv", "symbol,fundingTime,fundingRate\n" + string.Concat(hours.Select(h => $"XTZUSDT,{Start + (h * Hour) + (h % 3)},0.0001\n")));
        (await _bench.RunAsync("data", "check", "f.csv")).ShouldBe(DataExit.Clean, _bench.Output);
        _bench.Output.ShouldContain("changes of the funding interval");
        _bench.Output.ShouldContain("XTZUSDT 8 h to 4 h");
        Write("g.csv", $"symbol,fundingTime,fundingRate\nXTZUSDT,{Start},0.0001\nXTZUSDT,{Start + (16 * Hour)},0.0001\n");
        (await _bench.RunAsync("data", "check", "g.csv")).ShouldBe(DataExit.Findings, _bench.Output);
        _bench.Output.ShouldContain("missing settlements");
    }

    [Fact]
    public async Task Crossed_quotes_are_found()
    {
        Write("b.csv", $"time,bid_price,bid_qty,ask_price,ask_qty\n{Start},10,1,11,1\n{Start},11,1,11,1\n{Start},0,0,11,1\n");
        (await _bench.RunAsync("data", "check", "b.csv", "--json")).ShouldBe(DataExit.Findings, _bench.Error);
        Findings().ShouldBe(new Dictionary<string, (long, long)> { ["bookCrossed"] = (1, 3) });
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_and_the_rest_is_checked()
    {
        Write("good.csv", Trades + Trade(1) + Trade(2));
        Write("bad.csv", "<html>\n");
        File.WriteAllBytes(Path.Combine(_bench.Folder, "cut.csv.gz"), [0x1F, 0x8B, 8, 0]);
        (await _bench.RunAsync("data", "check", ".", "none.csv")).ShouldBe(DataExit.Unreadable);
        _bench.Output.ShouldContain("3 of 4 files cannot be read.");
        _bench.Output.ShouldContain("good.csv");
        foreach (var line in _bench.Lines.Where(l => !l.StartsWith("unreadable", StringComparison.Ordinal))) line.TrimEnd().Length.ShouldBeLessThanOrEqualTo(ConsoleHost.WidthRedirected, line);
    }

    [Fact]
    public async Task Show_tells_layout_span_tick_and_step_and_prints_rows()
    {
        Write("BTCUSDT-aggTrades.csv", Trades + string.Concat(Enumerable.Range(1, 50).Select(i => Trade(i, price: $"67.{i % 5}5"))));
        (await _bench.RunAsync("data", "show", "BTCUSDT-aggTrades.csv", "--rows", "2", "--json")).ShouldBe(0, _bench.Error);
        var shown = JsonElement.Parse(_bench.Output)[0];
        (shown.GetProperty("layout").GetString(), shown.GetProperty("symbol").GetString(), shown.GetProperty("rows").GetInt64()).ShouldBe(("AggTrades", "BTCUSDT", 50));
        (shown.GetProperty("tick").GetDecimal(), shown.GetProperty("step").GetDecimal()).ShouldBe((0.05m, 0.001m));
        shown.GetProperty("first").EnumerateArray().Select(r => r[0].GetString()).ShouldBe(["2", "3"]);
        shown.GetProperty("last").EnumerateArray().Select(r => r[0].GetString()).ShouldBe(["50", "51"]);
    }

    [Theory]
    [InlineData("data show none.csv", "there is no such file")]
    [InlineData("data show x.zip --member b.csv", "b.csv")]
    [InlineData("data show x.zip --rows 5000", "allowed are 0 to 1000")]
    [InlineData("data show x.zip --layout Nonsense", "Nonsense")]
    [InlineData("data check", "Required argument")]
    public async Task A_wrong_command_line_is_explained(string command, string expected)
    {
        WriteZip("x.zip", ("a.csv", Candles + Many(0, 3)));
        (await _bench.RunAsync(command.Split(' '))).ShouldBe(DataExit.Unreadable);
        _bench.Error.ShouldContain(expected);
    }

    [Fact]
    public async Task An_archive_is_listed_and_a_member_shown()
    {
        WriteZip("x.zip", ("AAAUSDT-1h.csv", Candles + Many(0, 3)), ("BBBUSDT-1h.csv", Candles + Many(0, 5)));
        (await _bench.RunAsync("data", "show", "x.zip")).ShouldBe(0, _bench.Error);
        _bench.Output.ShouldContain("BBBUSDT-1h.csv");
        (await _bench.RunAsync("data", "show", "x.zip", "--member", "BBBUSDT-1h.csv")).ShouldBe(0, _bench.Error);
        _bench.Output.ShouldContain("taker buys");
    }

    private static string Trade(int id, string price = "67", long? time = null) => $"{id},{price},0.00{1 + (id % 3)},{id},{id},{time ?? Start + (id * 10)},true\n";

    private static string Candle(
        int hour, string high = "102", string volume = "10", string quote = "1010", string taker = "5", string takerQuote = "505") =>
        $"{Start + (hour * Hour)},100,{high},99,101,{volume},{Start + ((hour + 1) * Hour) - 1},{quote},7,{taker},{takerQuote},0\n";

    private static string Many(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(i => Candle(i)));

    private static string Flat(int from, int to) =>
        string.Concat(Enumerable.Range(from, to - from).Select(i => $"{Start + (i * Hour)},101,101,101,101,0,{Start + ((i + 1) * Hour) - 1},0,0,0,0,0\n"));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_bench.Folder, name), text);

    private void WriteZip(string name, params (string Name, string Text)[] members)
    {
        using var archive = new ZipArchive(File.Create(Path.Combine(_bench.Folder, name)), ZipArchiveMode.Create);
        foreach (var (member, text) in members)
        {
            using var writer = new StreamWriter(archive.CreateEntry(member).Open());
            writer.Write(text);
        }
    }

    // Count and first line by kind.
    private Dictionary<string, (long Count, long Line)> Findings() => JsonElement.Parse(_bench.Output).GetProperty("files")[0].GetProperty("findings").EnumerateArray()
        .ToDictionary(f => f.GetProperty("kind").GetString()!, f => (f.GetProperty("count").GetInt64(), f.GetProperty("first")[0].GetProperty("line").GetInt64()));
}
