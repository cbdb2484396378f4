using System.Text.Json;
using Granary.Client.Cli;
using Granary.Client.Tests.Conformance;

namespace Granary.Client.Tests.Cli;

public sealed class ConformanceCommandTests : IDisposable
{
    private const string Trades = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n";

    private readonly ConsoleBench _bench = new();
    private readonly ConformanceFolder _folder = new();

    public ConformanceCommandTests()
    {
        _folder.Write("params.json", """{"volume_threshold":"2"}""");
        _folder.Write("inputs/aggtrades.csv", Trades + "1,100,1.5,1,1,1000,false\n2,101,0.75,2,2,1001,true\n3,101,0.1,3,4,1002,true\n");
        _folder.Write("inputs/aggtrades_dirty.csv", Trades + "2,100,1,1,1,1000,false\n2,100,1,1,1,1000,false\n3,0,1,2,2,1001,True\n");
        _folder.Write("inputs/rounding_cases.csv", "capital,close,face_value\n62.5,0.4,0.5\n");
    }

    [Fact]
    public async Task What_can_be_computed_is_written_and_the_rest_named_with_its_reason()
    {
        (await RunAsync()).ShouldBe(ExitCode.Refused);

        Written.ShouldBe(["cleaning.csv", "rounding_cases.csv", "volume_bars.csv", "volume_bars_split.csv"]);
        _folder.Rows("volume_bars").ShouldBe(["0,1,2,1000,1001,1,100,101,100,101,2.25,225.75,2,1.5,0.75,150,75.75,1,1"]);
        _folder.Rows("cleaning").ShouldBe(["0,2,ok", "1,2,duplicate", "2,3,invalid"]);
        _folder.Rows("rounding_cases").ShouldBe(["62.5,0.4,0.5,156.0"]);
        _bench.Output.ShouldContain("volume_bars: 1 rows");
        _bench.Output.ShouldContain("features: NOT WRITTEN: params.json has no key features");
        _bench.Output.ShouldContain("time_bars: NOT WRITTEN: params.json has no key time_steps");
        _bench.Output.ShouldContain("seed001_positions: NOT WRITTEN: inputs/seed001_positions.csv (or .csv.gz) does not exist");
        _bench.Error.ShouldContain("tables were not written");
    }

    [Fact]
    public async Task Some_tables_alone_can_be_asked_for()
    {
        (await RunAsync("--only", "volume_bars", "--only", "cleaning.csv")).ShouldBe(ExitCode.Ok, _bench.Error);
        Written.ShouldBe(["cleaning.csv", "volume_bars.csv"]);
        (await RunAsync("--only", "none")).ShouldBe(ExitCode.Usage);
        _bench.Error.ShouldContain("--only was 'none'");
        _bench.Error.ShouldContain("Tables here: cleaning, volume_bars");
    }

    [Fact]
    public async Task A_bad_parameter_is_named_with_file_and_key_and_leaves_no_older_table_standing()
    {
        (await RunAsync("--only", "volume_bars")).ShouldBe(ExitCode.Ok, _bench.Error);
        _folder.Write("params.json", """{"volume_threshold":-1}""");
        (await RunAsync("--only", "volume_bars")).ShouldBe(ExitCode.Refused);
        _bench.Output.ShouldContain("volume_bars: NOT WRITTEN: params.json: volume_threshold was -1, expected a number above 0");
        Written.ShouldBeEmpty();

        _folder.Write("params.json", "{");
        (await RunAsync()).ShouldBe(ExitCode.Usage);
        _bench.Error.ShouldContain("params.json is not JSON");
    }

    [Fact]
    public async Task A_bad_input_is_named_with_file_and_line()
    {
        _folder.Write("inputs/aggtrades.csv", Trades + "1,100,1.5,1,1,1000,false\n2,x,0.75,2,2,1001,true\n");
        (await RunAsync("--only", "volume_bars")).ShouldBe(ExitCode.Refused);
        _bench.Output.ShouldContain("inputs/aggtrades.csv line 3: price was 'x'");
    }

    [Theory]
    [InlineData("tick_n", "0", "tick_bars", "tick_n was 0, expected a whole number from 1 to 1000000")]
    [InlineData("quote_threshold", "\"x\"", "quote_bars", "quote_threshold was \"x\"")]
    [InlineData("time_steps", "[1000,1000]", "time_bars", "time_steps was [1000,1000], expected different steps")]
    [InlineData("time_steps", "[99]", "time_bars", "time_steps[0] was 99, expected a whole number from 100 to 604800000")]
    [InlineData("risk", """{"day_loss":0}""", "global_risk", "risk.day_loss was 0, expected a number above 0, at most 1")]
    [InlineData("kelly", """{"window":5,"cap":1,"min_trades":6}""", "kelly_edge", "kelly.min_trades was 6, expected a whole number from 1 to 5")]
    [InlineData("stops", """{"trail":0}""", "stops", "stops.trail was 0, expected a number above 0, at most 1000")]
    [InlineData("cta", """{"horizons":[0]}""", "labels_1m", "cta.horizons[0] was 0")]
    [InlineData("ind", """{"cusum":-0.1}""", "cusum_1m", "ind.cusum was -0.1")]
    [InlineData("calib", """{"days":3}""", "calibration", "params.json has no key calib.bars_per_day")]
    public async Task A_bad_parameter_of_a_table_is_named_with_its_key(string key, string value, string table, string message)
    {
        _folder.Write("params.json", $$"""{"{{key}}":{{value}}}""");
        _folder.Write("inputs/klines_1m.csv", "1719000000000,1,1,1,1,0,1719000059999,0,0,0,0,0\n");
        (await RunAsync("--only", table)).ShouldBe(ExitCode.Refused);
        _bench.Output.ShouldContain($"{table}: NOT WRITTEN: ");
        _bench.Output.ShouldContain(message);
    }

    [Fact]
    public async Task Inputs_of_the_venues_layout_need_no_header()
    {
        _folder.Write("inputs/aggtrades.csv", "1,100,1.5,1,1,1000,False\n2,101,0.75,2,2,1001,True\n3,x,0.1,3,4,1002,True\n");
        (await RunAsync("--only", "volume_bars")).ShouldBe(ExitCode.Refused);
        _bench.Output.ShouldContain("inputs/aggtrades.csv line 3: price was 'x'");

        _folder.Write("inputs/aggtrades.csv", "1,100,1.5,1,1,1000,False\n2,101,0.75,2,2,1001,True\n");
        (await RunAsync("--only", "volume_bars")).ShouldBe(ExitCode.Ok, _bench.Error);
        _folder.Rows("volume_bars").ShouldBe(["0,1,2,1000,1001,1,100,101,100,101,2.25,225.75,2,1.5,0.75,150,75.75,1,1"]);
    }

    [Fact]
    public async Task Missing_minutes_are_told_and_reversed_ones_refused()
    {
        const string first = "1719000000000,1,1,1,1,0,1719000059999,0,0,0,0,0\n", fourth = "1719000180000,2,2,2,2,0,1719000239999,0,0,0,0,0\n";
        _folder.Write("params.json", """{"cta":{"horizons":[1]}}""");
        _folder.Write("inputs/klines_1m.csv", first + fourth);
        (await RunAsync("--only", "labels_1m")).ShouldBe(ExitCode.Ok, _bench.Error);
        _bench.Output.ShouldContain("note: klines_1m: 2 minutes are missing");
        _folder.Rows("labels_1m").ShouldBe(["1719000000000,0.6931471805599453,1", "1719000180000,,"]);

        _folder.Write("inputs/klines_1m.csv", fourth + first);
        (await RunAsync("--only", "labels_1m")).ShouldBe(ExitCode.Refused);
        _bench.Output.ShouldContain("inputs/klines_1m: the candle at 1719000000000 is not later than the one before it");
    }

    [Fact]
    public async Task Trades_that_cleaning_rejects_are_told()
    {
        _folder.Write("inputs/aggtrades.csv", Trades + "1,100,1.5,1,1,1000,false\n2,101,0.75,2,2,900,true\n");
        (await RunAsync("--only", "volume_bars")).ShouldBe(ExitCode.Ok, _bench.Error);
        _bench.Output.ShouldContain("note: aggtrades: 1 of 2 trades were rejected by cleaning");
    }

    [Fact]
    public async Task The_manifest_says_which_tables_under_which_names()
    {
        _folder.Write("MANIFEST.csv", """
            path,rows
            expected/volume_bars.csv.gz,1
            expected/magic_bars.csv,1
            expected/margins.csv,1
            expected/seed001_selection.csv,1
            inputs/aggtrades.csv,3
            """);
        _folder.Write("COLUMNS.csv", """
            file,column,kind,rtol,atol,formula_section
            expected/magic_bars.csv,id,int,0,0,1.9
            expected/margins.csv,id,int,0,0,12
            expected/seed001_selection.csv,id,int,0,0,5.4-5.5
            """);
        (await RunAsync()).ShouldBe(ExitCode.Refused);
        Written.ShouldBe(["volume_bars.csv.gz"]);
        _bench.Output.ShouldContain("magic_bars: NOT WRITTEN: no calculation");
        _bench.Output.ShouldNotContain("margins");
        _bench.Output.ShouldNotContain("seed001_selection");
        _bench.Output.ShouldNotContain("cleaning");
    }

    [Fact]
    public async Task Written_tables_are_compared_with_expected_ones()
    {
        _folder.Write("COLUMNS.csv", """
            file,column,kind,rtol,atol,formula_section
            expected/rounding_cases.csv,capital,decimal,0,0,5.5
            expected/rounding_cases.csv,close,decimal,0,0,5.5
            expected/rounding_cases.csv,face_value,decimal,0,0,5.5
            expected/rounding_cases.csv,position,decimal,0,0,5.5
            """);
        var expected = Path.Combine(_folder.Path, "expected");
        _folder.Write("expected/rounding_cases.csv", "capital,close,face_value,position\n62.5,0.4,0.5,156\n");
        (await RunAsync("--only", "rounding_cases", "--compare", expected)).ShouldBe(ExitCode.Ok, _bench.Error);

        _folder.Write("expected/rounding_cases.csv", "capital,close,face_value,position\n62.5,0.4,0.5,156.5\n");
        (await RunAsync("--only", "rounding_cases", "--compare", expected)).ShouldBe(ExitCode.Refused);
        _bench.Output.ShouldContain("rounding_cases: row 0 position: expected '156.5', was '156.0'");
        _bench.Error.ShouldContain("1 of 1 tables differ");

        (await RunAsync("--only", "cleaning", "--compare", expected)).ShouldBe(ExitCode.Refused);
        _bench.Output.ShouldContain("cleaning: COLUMNS.csv describes no table cleaning");
    }

    [Fact]
    public async Task What_is_compared_with_or_read_is_not_written_over()
    {
        var (input, x) = (_folder.Path, Path.Combine(_folder.Path, "x"));
        (await _bench.RunAsync("conformance", "--in", input, "--out", Path.Combine(input, "expected"))).ShouldBe(ExitCode.Usage);
        (await _bench.RunAsync("conformance", "--in", input, "--out", Path.Combine(input, "sub", "..", "inputs", "."))).ShouldBe(ExitCode.Usage);
        (await _bench.RunAsync("conformance", "--in", input, "--out", x, "--compare", x)).ShouldBe(ExitCode.Usage);
        (await _bench.RunAsync("conformance", "--in", input)).ShouldBe(ExitCode.Usage);
        Directory.Exists(Path.Combine(input, "expected")).ShouldBeFalse();
    }

    [Fact]
    public async Task Json_holds_the_outcome_of_each_table()
    {
        (await RunAsync("--only", "volume_bars", "--json")).ShouldBe(ExitCode.Ok, _bench.Error);
        var table = JsonElement.Parse(_bench.Output).GetProperty("tables")[0];
        table.GetProperty("name").GetString().ShouldBe("volume_bars");
        table.GetProperty("rowCount").GetInt64().ShouldBe(1);
        table.GetProperty("isWritten").GetBoolean().ShouldBeTrue();
    }

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
    }

    private IEnumerable<string> Written => Directory.GetFiles(_folder.Output).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    private Task<int> RunAsync(params string[] args) => _bench.RunAsync(["conformance", "--in", _folder.Path, "--out", _folder.Output, .. args]);
}
