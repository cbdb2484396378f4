using System.Globalization;
using System.Text.Json;
using Granary.Client.Cli;
using Granary.Engine.Tests.Golden;

namespace Granary.Client.Tests.Selection;

public sealed class SelectorBacktestCommandTests : IDisposable
{
    private const long StartMs = 1_700_006_400_000;
    private const long HourMs = 3_600_000;
    private const string Config = """{ "factor": ["MtmAtrMean", true, 6, 0, 1], "long_num": 1, "short_num": 2, "min_candle_num": 30, "benchmark": "AAUSDT" }""";

    private readonly ConsoleBench _bench = new();

    public SelectorBacktestCommandTests()
    {
        var random = new Random(1);
        Directory.CreateDirectory(Path.Combine(_bench.Folder, "candles"));
        foreach (var symbol in (string[])["AAUSDT", "BBUSDT", "CCUSDT", "DDUSDT"])
        {
            var close = 100m;
            var lines = Enumerable.Range(0, 100).Select(i =>
            {
                var open = close;
                close = symbol == "DDUSDT" ? close : close + (random.Next(-30, 31) / 10m);
                var volume = symbol == "DDUSDT" ? 0 : 1_000;
                return string.Create(
                    CultureInfo.InvariantCulture, $"{StartMs + (i * HourMs)},{open},{Math.Max(open, close)},{Math.Min(open, close)},{close},{volume}");
            });
            File.WriteAllText(Path.Combine(_bench.Folder, "candles", $"{symbol}-1h.csv"),
                "open_time,open,high,low,close,volume\n" + string.Join('\n', lines) + "\n");
        }
        File.WriteAllText(Path.Combine(_bench.Folder, "config.json"), Config);
    }

    [Fact]
    public async Task A_folder_of_candles_becomes_a_run_and_its_page_can_be_made_again()
    {
        (await _bench.RunAsync("selector", "backtest", "--candles", "candles", "--config", "config.json", "--hold", "1,4", "--out", "run"))
            .ShouldBe(ExitCode.Ok, _bench.Error);
        _bench.Output.ShouldContain("DDUSDT");
        var run = Path.Combine(_bench.Folder, "run");
        (await File.ReadAllLinesAsync(Path.Combine(run, "long.csv")))[0]
            .ShouldBe("candle_begin_time,close,quote_volume,symbol,MtmAtrMean_bh_6,ChgPctMax_fl_24,Volume_fl_24,Volume_fl_24_rank,position,pos_val");
        (await File.ReadAllLinesAsync(Path.Combine(run, "short.csv"))).Length.ShouldBe(1 + (2 * 71));
        (await File.ReadAllTextAsync(Path.Combine(run, "excluded.csv"))).ShouldContain("DDUSDT,Flat,71,");
        (await File.ReadAllLinesAsync(Path.Combine(run, "variants.csv"))).Length.ShouldBe(3);

        var page = await File.ReadAllTextAsync(Path.Combine(run, "report.html"));
        page.ShouldContain("neutral selector on 4 symbols");
        page.ShouldContain("Beta to AAUSDT");
        File.Delete(Path.Combine(run, "report.html"));
        (await _bench.RunAsync("report", "run")).ShouldBe(ExitCode.Ok, _bench.Error);
        (await File.ReadAllTextAsync(Path.Combine(run, "report.html"))).ShouldBe(page);

        // The configuration that a run wrote runs it again.
        (await _bench.RunAsync("selector", "backtest", "--candles", "candles", "--config", "run/config.json", "--out", "again"))
            .ShouldBe(ExitCode.Ok, _bench.Error);
        (await File.ReadAllTextAsync(Path.Combine(_bench.Folder, "again", "hours.csv"))).ShouldBe(await File.ReadAllTextAsync(Path.Combine(run, "hours.csv")));
    }

    [Theory]
    [InlineData("--hold was '1,x'", "--hold", "1,x")]
    [InlineData("HoldCandles held 0", "--hold", "0")]
    [InlineData("--from was", "--from", "soon")]
    [InlineData("nowhere.json", "--config", "nowhere.json")]
    public async Task A_wrong_command_line_is_told_in_words(string part, string option, string value)
    {
        (await _bench.RunAsync("selector", "backtest", "--candles", "candles", option, value)).ShouldBe(ExitCode.Usage);
        _bench.Error.ShouldContain(part);
    }

    [SharedFact]
    public async Task Half_a_year_of_the_real_market_runs_from_one_command()
    {
        (await _bench.RunAsync(
            "selector", "backtest", "--candles", GoldenFolder.SharedFile("data", "klines-1h"), "--funding", GoldenFolder.SharedFile("data", "funding"),
            "--from", "2025-10-20", "--json", "--out", "real")).ShouldBe(ExitCode.Ok, _bench.Error);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_bench.Folder, "real", "selector.json")));
        json.RootElement.GetProperty("exclusions").EnumerateArray().Where(e => e.GetProperty("reason").GetString() == "Flat")
            .Select(e => e.GetProperty("symbol").GetString()).ShouldBe(["FTTUSDT", "RAYUSDT", "WAVESUSDT"]);
        json.RootElement.GetProperty("selections").GetInt32().ShouldBe(12 * 24 + 1);

        // The picks are those of the golden table of the same market.
        var golden = CsvTable.Load(GoldenFolder.SharedFile("golden", "real", "expected", "selection.csv")).Rows
            .Where(row => row[1] == "default" && row[2] == "SHORT").Select(row => row[4]).ToList();
        var own = (await File.ReadAllLinesAsync(Path.Combine(_bench.Folder, "real", "short.csv"))).Skip(1).TakeLast(golden.Count)
            .Select(line => line.Split(',')[3]).ToList();
        golden.Count.ShouldBe(72 * 8);
        own.ShouldBe(golden.Select(symbol => symbol.EndsWith("USDT", StringComparison.Ordinal) ? symbol : symbol + "USDT"));
    }

    public void Dispose() => _bench.Dispose();
}
