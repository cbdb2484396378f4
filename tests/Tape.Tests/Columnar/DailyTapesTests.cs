using Granary.Tape.Columnar;

namespace Granary.Tape.Tests.Columnar;

public sealed class DailyTapesTests
{
    [Theory]
    [InlineData(0, 1970, 1, 1)]
    [InlineData(-5, 1970, 1, 1)]
    [InlineData(1_729_295_999_999, 2024, 10, 18)]
    [InlineData(1_729_296_000_000, 2024, 10, 19)]
    [InlineData(long.MaxValue, 9999, 12, 31)]
    public void A_time_has_a_day(long timeMs, int year, int month, int day) => DailyTapes.DayOf(timeMs).ShouldBe(new DateOnly(year, month, day));

    [Fact]
    public void A_name_says_day_and_kind()
    {
        var path = DailyTapes.PathOf("BTCUSDT", new DateOnly(2024, 10, 18), "klines-1h");
        path.ShouldBe(Path.Combine("BTCUSDT", "2024-10-18.klines-1h.tape"));
        DailyTapes.TryParse(path, out var day, out var kind).ShouldBeTrue();
        (day, kind).ShouldBe((new DateOnly(2024, 10, 18), "klines-1h"));
    }

    [Theory]
    [InlineData("x.tape")]
    [InlineData("2024-10-18.tape")]
    [InlineData("2024-13-18.aggTrades.tape")]
    [InlineData("2024-10-18.aggTrades.csv")]
    [InlineData("2024-10-18.aggTrades.tape.importing")]
    public void Other_names_are_none(string name) => DailyTapes.TryParse(name, out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("BTCUSDT_241227", true)]
    [InlineData("1000PEPEUSDT", true)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    public void Only_a_plain_name_is_a_symbol(string symbol, bool expected) => DailyTapes.IsSymbol(symbol).ShouldBe(expected);

    [Theory]
    [InlineData(TapeLayout.Klines, 60_000, "klines-1m")]
    [InlineData(TapeLayout.Klines, 3_600_000, "klines-1h")]
    [InlineData(TapeLayout.Ohlcv, 14_400_000, "ohlcv-4h")]
    [InlineData(TapeLayout.Ohlc, 604_800_000, "ohlc-7d")]
    [InlineData(TapeLayout.Klines, 1_500, "klines-1500ms")]
    public void Candles_are_kept_by_interval(TapeLayout layout, long stepMs, string name) => DailyKinds.Klines(layout, stepMs).Name.ShouldBe(name);
}
