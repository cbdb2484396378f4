using System.IO.Compression;
using System.Text.Json;
using Granary.Client.Data;
using Granary.Engine.Market;
using Granary.Tape.Columnar;

namespace Granary.Client.Tests.Data;

public sealed class TapeCommandsTests : IDisposable
{
    private const string Header = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n";
    private const long Day = 86_400_000, Start = 19_874 * Day;
    private readonly ConsoleBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Import_writes_days_and_twice_changes_nothing()
    {
        WriteGzip("BTCUSDT-aggTrades.csv.gz", Header + Rows(1, 300));
        (await _bench.RunAsync("data", "import", "BTCUSDT-aggTrades.csv.gz", "--out", "tapes")).ShouldBe(DataExit.Clean, _bench.Error);
        _bench.Output.ShouldContain("300 rows written; 3 tapes are new");
        var ids = Tapes().SelectMany(f => ColumnarTape.Read<AggTrade>(f)).Select(t => t.Id);
        ids.ShouldBe(Enumerable.Range(1, 300).Select(i => (long)i));
        Tapes().Select(Path.GetFileName).ShouldBe(["2024-05-31.aggTrades.tape", "2024-06-01.aggTrades.tape", "2024-06-02.aggTrades.tape"]);
        (await _bench.RunAsync("data", "import", "BTCUSDT-aggTrades.csv.gz", "--out", "tapes")).ShouldBe(DataExit.Clean, _bench.Error);
        _bench.Output.ShouldContain("Nothing has changed");
    }

    [Fact]
    public async Task Invalid_rows_are_counted_and_named()
    {
        Write("BTCUSDT.csv", Header + Rows(1, 5) + "6,oops,1,6,6,1,true\n" + Rows(7, 9));
        (await _bench.RunAsync("data", "import", "BTCUSDT.csv", "--out", "tapes", "--json")).ShouldBe(DataExit.Findings, _bench.Error);
        var file = JsonElement.Parse(_bench.Output).GetProperty("files")[0];
        (file.GetProperty("written").GetInt64(), file.GetProperty("invalid").GetInt64()).ShouldBe((8, 1));
        var first = file.GetProperty("first")[0];
        (first.GetProperty("line").GetInt64(), first.GetProperty("field").GetString()).ShouldBe((7, "price"));
    }

    [Fact]
    public async Task A_file_cut_off_gives_no_half_day_and_the_others_are_imported()
    {
        WriteGzip("A-BTCUSDT.csv.gz", Header + Rows(1, 250));
        var path = Path.Combine(_bench.Folder, "A-BTCUSDT.csv.gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^200]);
        Write("ETHUSDT.csv", Header + Rows(1, 10));
        (await _bench.RunAsync("data", "import", ".", "--out", "tapes", "--symbol", "BTCUSDT")).ShouldBe(DataExit.Unreadable);
        _bench.Output.ShouldContain("failed:");
        Tapes().Length.ShouldBeGreaterThan(0);
        foreach (var tape in Tapes()) ColumnarTape.Read<AggTrade>(tape).Count().ShouldBeOneOf(100, 10);
        Directory.GetFiles(Path.Combine(_bench.Folder, "tapes/BTCUSDT")).ShouldAllBe(f => f.EndsWith(".tape"));
    }

    [Fact]
    public async Task Members_of_an_archive_and_candles_go_to_their_symbols()
    {
        using (var archive = new ZipArchive(File.Create(Path.Combine(_bench.Folder, "all.zip")), ZipArchiveMode.Create))
        {
            foreach (var symbol in new[] { "AAAUSDT", "BBBUSDT" })
            {
                using var writer = new StreamWriter(archive.CreateEntry(symbol + "-1h.csv").Open());
                for (var i = 0; i < 48; i++) writer.Write($"{Start + (i * 3_600_000L)},100,102,99,101,10,{Start + ((i + 1) * 3_600_000L) - 1},1010,7,5,505,0\n");
            }
        }
        (await _bench.RunAsync("data", "import", "all.zip", "--out", "tapes")).ShouldBe(DataExit.Clean, _bench.Error);
        Tapes("AAAUSDT").Select(Path.GetFileName).ShouldBe(["2024-05-31.klines-1h.tape", "2024-06-01.klines-1h.tape"]);
        Tapes("BBBUSDT").SelectMany(f => ColumnarTape.Read<Kline>(f)).Count().ShouldBe(48);
        (await _bench.RunAsync("data", "check", "tapes")).ShouldBe(DataExit.Clean, _bench.Output);
    }

    [Theory]
    [InlineData("data import t.csv --out o", "give it with --symbol")]
    [InlineData("data import t.csv --out o --symbol ../x", "expected up to 40 letters")]
    [InlineData("data import t.csv --out o --symbol BTCUSDT --kind klines --json", "does not become klines")]
    [InlineData("data import t.csv", "--out")]
    [InlineData("data features t.csv --volume-threshold 0", "--volume-threshold was '0'")]
    [InlineData("data features t.csv", "--volume-threshold")]
    public async Task A_wrong_command_line_is_explained(string command, string expected)
    {
        Write("t.csv", Header + Rows(1, 3));
        (await _bench.RunAsync(command.Split(' '))).ShouldBe(DataExit.Unreadable);
        (_bench.Error + _bench.Output).ShouldContain(expected);
    }

    [Fact]
    public async Task Gaps_between_days_are_found()
    {
        Write("BTCUSDT.csv", Header + Rows(1, 95) + Rows(106, 150) + Rows(301, 320));
        await _bench.RunAsync("data", "import", "BTCUSDT.csv", "--out", "tapes");
        (await _bench.RunAsync("data", "check", "tapes")).ShouldBe(DataExit.Findings, _bench.Error);
        _bench.Output.ShouldContain("gaps in the ids");
        _bench.Output.ShouldContain("days without a tape");
    }

    [Fact]
    public async Task A_damaged_tape_is_found()
    {
        Write("BTCUSDT.csv", Header + Rows(1, 90));
        await _bench.RunAsync("data", "import", "BTCUSDT.csv", "--out", "tapes");
        var tape = Tapes().ShouldHaveSingleItem();
        var bytes = File.ReadAllBytes(tape);
        bytes[^1] ^= 1;
        File.WriteAllBytes(tape, bytes);
        (await _bench.RunAsync("data", "check", tape)).ShouldBe(DataExit.Findings, _bench.Error);
        _bench.Output.ShouldContain("damaged blocks");
    }

    [Fact]
    public async Task Show_and_check_say_the_same_of_a_tape_as_of_its_csv()
    {
        Write("BTCUSDT.csv", Header + Rows(1, 40) + Rows(43, 90));
        await _bench.RunAsync("data", "import", "BTCUSDT.csv", "--out", "tapes");
        (await Body("data", "show", "BTCUSDT.csv", "--json"))[0].GetProperty("tick").GetDecimal()
            .ShouldBe((await Body("data", "show", Tapes()[0], "--json"))[0].GetProperty("tick").GetDecimal());
        var csv = (await Body("data", "check", "BTCUSDT.csv", "--json")).GetProperty("files")[0].GetProperty("findings");
        var tape = (await Body("data", "check", Tapes()[0], "--json")).GetProperty("files")[0].GetProperty("findings");
        Kinds(tape).ShouldBe(Kinds(csv));

        static List<string> Kinds(JsonElement findings) => [.. findings.EnumerateArray().Select(f => $"{f.GetProperty("kind")} {f.GetProperty("count")}")];
    }

    [Fact]
    public async Task Features_are_the_same_from_csv_and_tapes_and_are_written()
    {
        Write("BTCUSDT.csv", Header + Rows(1, 300));
        await _bench.RunAsync("data", "import", "BTCUSDT.csv", "--out", "tapes");
        var csv = await Body("data", "features", "BTCUSDT.csv", "--volume-threshold", "0.01", "--json");
        var tapes = await Body("data", "features", "tapes", "--volume-threshold", "0.01", "--out", "bars.csv", "--json");
        tapes.GetProperty("barDigest").GetString().ShouldBe(csv.GetProperty("barDigest").GetString());
        var bars = csv.GetProperty("bars").GetInt32();
        bars.ShouldBeGreaterThan(10);
        var lines = File.ReadAllLines(Path.Combine(_bench.Folder, "bars.csv"));
        lines.Length.ShouldBe(bars + 1);
        lines.ShouldAllBe(l => l.Split(',').Length == lines[0].Split(',').Length);
    }

    private static string Rows(int from, int to) => string.Concat(Enumerable.Range(from, to - from + 1).Select(i =>
        $"{i},{67 + (i % 5)},0.00{1 + (i % 3)},{i},{i},{Start + ((i - 1) * Day / 100)},{(i % 2 == 0 ? "true" : "false")}\n"));

    private string[] Tapes(string symbol = "BTCUSDT") => [.. Directory.GetFiles(Path.Combine(_bench.Folder, "tapes", symbol), "*.tape").Order(StringComparer.Ordinal)];

    // The bench gathers the output of all its runs.
    private async Task<JsonElement> Body(params string[] args)
    {
        var before = _bench.Output.Length;
        await _bench.RunAsync(args);
        return JsonElement.Parse(_bench.Output[before..]);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_bench.Folder, name), text);

    private void WriteGzip(string name, string text)
    {
        using var stream = new GZipStream(File.Create(Path.Combine(_bench.Folder, name)), CompressionLevel.Fastest);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
