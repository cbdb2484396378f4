using Granary.Engine.Market;
using Granary.Journal.Candles;

namespace Granary.Journal.Tests.Candles;

public sealed class SqliteCandleStoreTests : IDisposable
{
    private const long HourMs = 3_600_000;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public void Candles_come_back_exactly_and_in_order_after_a_restart()
    {
        Kline[] candles = [Candle(2), Candle(0), Candle(1)];
        using (var store = Open()) store.Append("BTCUSDT", candles);
        using var again = Open();
        again.Read("BTCUSDT", 10).ShouldBe([candles[1], candles[2], candles[0]]);
        again.Read("BTCUSDT", 2).ShouldBe([candles[2], candles[0]]);
        again.LastOpenMs("BTCUSDT").ShouldBe(2 * HourMs);
        again.LastOpenMs("ETHUSDT").ShouldBeNull();
        again.Read("ETHUSDT", 5).ShouldBeEmpty();
    }

    [Fact]
    public void A_candle_of_the_same_time_is_replaced_and_the_oldest_are_dropped()
    {
        using var store = Open(new CandleStoreOptions { Folder = _folder, CandlesMax = 3 });
        store.Append("BTCUSDT", [.. Enumerable.Range(0, 5).Select(Candle)]);
        store.Append("ETHUSDT", [Candle(0)]);
        store.Append("BTCUSDT", [Candle(4) with { Close = 7 }]);
        store.Read("BTCUSDT", 10).Select(candle => candle.OpenTimeMs / HourMs).ShouldBe([2, 3, 4]);
        store.Read("BTCUSDT", 1)[0].Close.ShouldBe(7);
        store.Read("ETHUSDT", 10).Count.ShouldBe(1);
    }

    [Fact]
    public void A_candle_off_the_interval_is_refused_and_nothing_of_its_batch_is_kept()
    {
        using var store = Open();
        Should.Throw<ArgumentException>(() => store.Append("BTCUSDT", [Candle(0), Candle(1) with { OpenTimeMs = HourMs + 1 }]))
            .Message.ShouldContain("BTCUSDT at 3600001");
        store.Read("BTCUSDT", 10).ShouldBeEmpty();
    }

    [Fact]
    public void Runs_are_kept_newest_first_and_bounded()
    {
        using var store = Open(new CandleStoreOptions { Folder = _folder, RunsMax = 2 });
        foreach (var hour in (int[])[1, 2, 3]) store.AppendRun(hour * HourMs, $"run {hour}");
        store.AppendRun(3 * HourMs, "again");
        store.ReadRuns(5).ShouldBe([new(3 * HourMs, "again"), new(2 * HourMs, "run 2")]);
        store.ReadRuns(1).Count.ShouldBe(1);
    }

    [Fact]
    public void A_store_of_another_interval_or_program_is_refused_by_name()
    {
        Open().Dispose();
        Should.Throw<JournalException>(() => Open(new CandleStoreOptions { Folder = _folder, Interval = KlineInterval.Day }))
            .Message.ShouldContain("holds candles of 1h");
        File.WriteAllText(Path.Combine(_folder, SqliteCandleStore.FileName), new string('x', 5_000));
        Should.Throw<JournalException>(() => Open()).Message.ShouldContain(SqliteCandleStore.FileName);
        Should.Throw<ArgumentException>(() => Open(new CandleStoreOptions { Folder = _folder, CandlesMax = 0 })).Message.ShouldContain("CandlesMax was 0");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SqliteCandleStore Open(CandleStoreOptions? options = null) => SqliteCandleStore.Open(options ?? new CandleStoreOptions { Folder = _folder });

    private static Kline Candle(int hour) => new(
        hour * HourMs, 0.00000123m, 109_831.2m, 0.00000001m, 12_345.678m + hour, 334_308_263.5m, (hour * HourMs) + HourMs - 1,
            5_855_843.65664m, 1_234, 0.1m, 0);
}
