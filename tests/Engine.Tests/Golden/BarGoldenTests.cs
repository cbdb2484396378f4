using Granary.Engine.Bars;
using Granary.Engine.Market;

namespace Granary.Engine.Tests.Golden;

/// <summary>Every kind of bar of formulas §1 against the golden tables: those copied to this repository on every machine, the others where they are.</summary>
public sealed class BarGoldenTests
{
    private static readonly long[] Steps = [1_000, 5_000, 60_000];

    private static readonly Lazy<AggTrade[]> Trades = new(() => LocalTrades("aggtrades.csv.gz"));

    private static readonly Lazy<List<TimeBar>> TimeBars = new(() => BarTables.TimeBars(new TimeBarBuilder(Steps), Trades.Value));

    private static readonly Lazy<AggTrade[]> RealTrades = new(() =>
        GoldenTrades.Load(GoldenFolder.SharedFile("data", "aggtrades", "um-APEUSDT-aggTrades-2024-10-18.zip")));

    [Fact]
    public void Split_volume_bars_match_exactly()
    {
        var bars = BarTables.SplitBars(new SplitVolumeBarBuilder(5m), Trades.Value);
        GoldenRun.Compare(GoldenFolder.Local, "volume_bars_split.csv", bars, BarTables.Columns).ShouldBe(1728 * 19);
    }

    [Fact]
    public void Quote_bars_match_exactly()
    {
        var bars = BarTables.Bars(new QuoteBarBuilder(400_000m), Trades.Value);
        GoldenRun.Compare(GoldenFolder.Local, "quote_bars.csv", bars, BarTables.Columns).ShouldBe(1325 * 19);
    }

    [Fact]
    public void Tick_bars_match_exactly()
    {
        var bars = BarTables.Bars(new TickBarBuilder(250), Trades.Value);
        GoldenRun.Compare(GoldenFolder.Local, "tick_bars.csv", bars, BarTables.Columns).ShouldBe(144 * 19);
    }

    [Fact]
    public void Minute_bars_match_exactly() => CompareTimeBars(GoldenFolder.Local, 60_000).ShouldBe(241 * 22);

    [SharedFact]
    public void Second_bars_match_exactly()
    {
        CompareTimeBars(GoldenFolder.SharedFile("golden"), 1_000).ShouldBe(14_455 * 22);
        CompareTimeBars(GoldenFolder.SharedFile("golden"), 5_000).ShouldBe(2_891 * 22);
    }

    [Fact]
    public void Thresholds_of_the_day_match_exactly()
    {
        var calibration = new VolumeCalibration(dayCount: 3, barsPerDay: 60, step: 0.001m);
        var days = new List<(long? StartMs, decimal Volume, decimal? Threshold)>();
        foreach (var trade in LocalTrades("aggtrades_multiday.csv.gz"))
        {
            if (calibration.Add(trade)) days.Add(default);
            days[^1] = (calibration.DayStartMs, calibration.DayVolume, calibration.Threshold);
        }
        var columns = new Dictionary<string, Func<(long? StartMs, decimal Volume, decimal? Threshold), object?>>
        {
            ["day_start"] = day => day.StartMs,
            ["day_volume"] = day => day.Volume,
            ["threshold"] = day => day.Threshold,
        };
        GoldenRun.Compare(GoldenFolder.Local, "calibration.csv", days, columns).ShouldBe(10 * 3);
    }

    [Fact]
    public void Volume_bars_with_the_threshold_of_the_day_match_exactly()
    {
        var calibration = new VolumeCalibration(dayCount: 3, barsPerDay: 60, step: 0.001m);
        VolumeBarBuilder? builder = null;
        var bars = new List<(Bar Bar, decimal Threshold)>();
        var thresholdOfBar = 0m;
        foreach (var trade in LocalTrades("aggtrades_multiday.csv.gz"))
        {
            if (calibration.Add(trade) && calibration.Threshold is { } threshold)
            {
                builder ??= new VolumeBarBuilder(threshold);
                builder.Threshold = threshold;
            }

            // Bars begin with the first trade for whose day there is a threshold.
            if (builder is null) continue;
            if (builder.OpenTradeCount == 0) thresholdOfBar = builder.Threshold;
            if (builder.Add(trade)) bars.Add((builder.LastBar!, thresholdOfBar));
        }
        var columns = BarTables.Columns.ToDictionary(
            column => column.Key, column => (Func<(Bar Bar, decimal Threshold), object?>)(row => column.Value(row.Bar)));
        columns.Add("threshold", row => row.Threshold);
        GoldenRun.Compare(GoldenFolder.Local, "volume_bars_dynamic.csv", bars, columns).ShouldBe(257 * 20);
    }

    [SharedFact]
    public void Tick_bars_of_a_real_day_match_exactly()
    {
        var bars = BarTables.Bars(new TickBarBuilder(200), RealTrades.Value);
        GoldenRun.Compare(GoldenFolder.SharedFile("golden", "real"), "tick_bars.csv", bars, BarTables.Columns).ShouldBe(226 * 19);
    }

    [SharedFact]
    public void Minute_bars_of_a_real_day_match_exactly()
    {
        var bars = BarTables.TimeBars(new TimeBarBuilder([60_000]), RealTrades.Value);
        GoldenRun.Compare(GoldenFolder.SharedFile("golden", "real"), "time_bars_60000.csv", bars, BarTables.TimeColumns).ShouldBe(1439 * 22);
    }

    [Fact]
    public void Every_column_is_mapped()
    {
        Columns("quote_bars").ShouldBe(BarTables.Columns.Keys, ignoreOrder: true);
        Columns("time_bars_60000").ShouldBe(BarTables.TimeColumns.Keys, ignoreOrder: true);
    }

    [SharedFact]
    public void The_copied_tables_are_those_of_the_shared_folder()
    {
        foreach (var name in (string[])["volume_bars_split", "quote_bars", "tick_bars", "time_bars_60000", "volume_bars_dynamic", "calibration"])
        {
            var local = Path.Combine(GoldenFolder.Local, "expected", name + ".csv");
            var copied = CsvTable.Load(File.Exists(local) ? local : local + ".gz");
            copied.Rows.ShouldBe(CsvTable.Load(GoldenFolder.SharedFile("golden", "expected", name + ".csv")).Rows, name);
        }
        File.ReadAllBytes(Path.Combine(GoldenFolder.Local, "inputs", "aggtrades_multiday.csv.gz"))
            .ShouldBe(File.ReadAllBytes(GoldenFolder.SharedFile("golden", "inputs", "aggtrades_multiday.csv.gz")));
    }

    private static string[] Columns(string table) => CsvTable.Load(Path.Combine(GoldenFolder.Local, "expected", table + ".csv.gz")).Columns;

    private static AggTrade[] LocalTrades(string name) => GoldenTrades.Load(Path.Combine(GoldenFolder.Local, "inputs", name));

    private static int CompareTimeBars(string folder, long stepMs)
    {
        // The tables of all steps have the columns, kinds and tolerances of the minutes.
        var specs = ColumnSpec.Load(Path.Combine(GoldenFolder.Local, "COLUMNS.csv"), "time_bars_60000.csv");
        var path = Path.Combine(folder, "expected", $"time_bars_{stepMs}.csv.gz");
        return GoldenComparer.ShouldMatch(CsvTable.Load(path), specs, TimeBars.Value.FindAll(bar => bar.StepMs == stepMs), BarTables.TimeColumns);
    }
}
