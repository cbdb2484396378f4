using Granary.Backtest.Selection;

namespace Granary.Backtest.Tests.Selection;

public sealed class SelectorConfigTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public void The_common_form_is_read_as_it_is()
    {
        var options = Load("""
            {
                "interval": "1h", "bmac_dir": "../usdt_1h_alpha", "bmac_expire_sec": 30,
                "factor": ["MtmAtrMean", true, 60, 0, 1], "filters": [["ChgPctMax", 24], ["Volume", 12, 30]],
                "long_num": 3, "short_num": 4, "min_candle_num": 500, "capital_usdt": 2500.5, "debug": false,
            }
            """);
        var selection = options.Selection;
        selection.Factors.ShouldBe([new("MtmAtrMean", true, 60)]);
        selection.Filters.ShouldBe([new("ChgPctMax", 24), new("Volume", 12, 30)]);
        (selection.LongCount, selection.ShortCount, selection.CandleCountMin, selection.Capital, selection.FlatCountMax).ShouldBe((3, 4, 500, 2500.5m, 24));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var options = Load(
            """{ "factors": [["MtmAtrMean", true, 60, 0, 1], ["MtmAtrMean", false, 24, 0, 2.5]], "hold": [1, 24], "offsets": null, "cash_usdt": 7 }""");
        options.Offsets.ShouldBeNull();
        var json = SelectorConfig.ToJson(options);
        SelectorConfig.ToJson(Load(json)).ShouldBe(json);
    }

    [Theory]
    [InlineData("""{ "factors": [["Nothing", true, 60, 0, 1]] }""", "Nothing")]
    [InlineData("""{ "factor": 3 }""", "factor: expected a list")]
    [InlineData("""{ "long_num": "many" }""", "long_num was \"many\"")]
    [InlineData("""{ "longs": 3 }""", "'longs' is not known")]
    [InlineData("""{ "capital_usdt": 0 }""", "Capital was 0")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("{", "expected JSON")]
    public void What_cannot_be_used_is_named(string json, string part) =>
        Should.Throw<InvalidDataException>(() => Load(json)).Message.ShouldContain(part);

    public void Dispose() => File.Delete(_file);

    private SelectorOptions Load(string json)
    {
        File.WriteAllText(_file, json);
        return SelectorConfig.Load(_file);
    }
}
