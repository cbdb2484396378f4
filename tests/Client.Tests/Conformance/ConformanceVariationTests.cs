using System.Globalization;
using System.Text.Json.Nodes;
using Granary.Engine.Tests.Golden;

namespace Granary.Client.Tests.Conformance;

/// <summary>Other inputs and parameters than the published ones: shorter inputs give the beginning of the tables, other thresholds what they define.</summary>
public sealed class ConformanceVariationTests
{
    private const int TradesKept = 20_000;
    private const int MinutesKept = 2_000;
    private const int DaysTradesKept = 2_000;
    private const long LastCandleMs = 1717542000000 - (10 * 3_600_000);

    [SharedFact]
    public void Shorter_inputs_give_the_beginning_of_the_tables()
    {
        using var whole = ConformanceFolder.FromGolden((_, rows) => rows);
        using var cut = ConformanceFolder.FromGolden((name, rows) => name switch
        {
            "aggtrades" => rows.Take(TradesKept),
            "aggtrades_multiday" => rows.Take(DaysTradesKept),
            "klines_1m" => rows.Take(MinutesKept),
            "trades" or "global_risk" => rows.Take(100),
            "klines_1h" => rows.Where(row => Time(row, 1) <= LastCandleMs),
            _ => rows,
        });
        whole.Run().ShouldAllBe(result => result.IsWritten);
        cut.Run().ShouldAllBe(result => result.IsWritten);

        foreach (var table in new[]
        {
            "volume_bars", "volume_bars_split", "quote_bars", "tick_bars", "time_bars_1000", "time_bars_5000", "time_bars_60000", "features", "zscores", "signals",
            "volume_bars_dynamic", "cta_causal", "indicators_1m", "cusum_1m", "global_risk",
        })
        {
            var rows = cut.Rows(table);
            rows.Count.ShouldBeInRange(whole.Rows(table).Count * 2 / 5, whole.Rows(table).Count * 9 / 10, table);
            whole.Rows(table).Take(rows.Count).ShouldBe(rows, table);
        }
        cut.Rows("labels_1m").SkipLast(30).ShouldBe(whole.Rows("labels_1m").Take(MinutesKept - 30), "the last rows of labels have no value yet");
        cut.Rows("cta_notebook")[0].ShouldNotBe(whole.Rows("cta_notebook")[0], "the notebook looks ahead");
        var days = cut.Rows("calibration");
        days.SkipLast(1).ShouldBe(whole.Rows("calibration").Take(days.Count - 1));
        days[^1].Split(',')[2].ShouldBe(whole.Rows("calibration")[days.Count - 1].Split(',')[2], "the threshold of a day uses nothing of the day");
        foreach (var signal in new[] { "A,", "B," })
        {
            var rows = cut.Rows("kelly").Where(row => row.StartsWith(signal, StringComparison.Ordinal)).ToList();
            whole.Rows("kelly").Where(row => row.StartsWith(signal, StringComparison.Ordinal)).Take(rows.Count).ShouldBe(rows);
        }
        cut.Rows("factors_1h").ShouldBe(whole.Rows("factors_1h").Where(row => Time(row, 1) <= LastCandleMs));

        // The runs are the last 48 candles of either file; those that both have are the same.
        foreach (var table in new[] { "selection_pool", "selection" })
        {
            var first = Time(whole.Rows(table)[0], 0);
            var common = cut.Rows(table).Where(row => Time(row, 0) >= first).ToList();
            common.Select(row => Time(row, 0)).Distinct().Count().ShouldBe(38);
            common.ShouldBe(whole.Rows(table).Where(row => Time(row, 0) <= LastCandleMs));
        }
    }

    [SharedFact]
    public void Other_parameters_give_what_they_define()
    {
        using var folder = ConformanceFolder.FromGolden((_, rows) => rows, Change);
        folder.Run().ShouldAllBe(result => result.IsWritten);

        var quantities = ConformanceFolder.Lines(GoldenFolder.SharedFile("golden", "inputs", "aggtrades.csv.gz")).Skip(1)
            .Select(row => row.Split(',')).ToDictionary(row => row[0], row => Number(row[2]));
        var bars = folder.Table("volume_bars");
        bars.Rows.Count.ShouldBeInRange(500, 1_200);
        var (volume, lastId) = (bars.IndexOf("volume"), bars.IndexOf("last_id"));
        foreach (var bar in bars.Rows)
        {
            Number(bar[volume]).ShouldBeGreaterThanOrEqualTo(7.125m);
            (Number(bar[volume]) - quantities[bar[lastId]]).ShouldBeLessThan(7.125m);
        }

        var features = folder.Table("features");
        features.Rows.Select(row => row[volume]).ShouldBe(bars.Rows.Select(row => row[volume]));
        var (trueRange, atr) = (features.IndexOf("true_range"), features.IndexOf("atr"));
        features.Rows[5][atr].ShouldBeEmpty();
        var mean = features.Rows.Take(7).Average(row => double.Parse(row[trueRange], CultureInfo.InvariantCulture));
        double.Parse(features.Rows[6][atr], CultureInfo.InvariantCulture).ShouldBe(mean, 1e-12 * mean);
        folder.Table("zscores").Columns.Take(3).ShouldBe(["bar_index", "z_ofi_33", "z_ofi_11"]);

        var factors = folder.Table("factors_1h");
        factors.Columns.ShouldBe(["symbol", "open_time", "atr", "MtmAtrMean_bh_60", "ChgPctMax_fl_12", "Volume_fl_6"]);
        factors.Rows[59][3].ShouldBeEmpty();
        factors.Rows[60][3].ShouldNotBeEmpty();
        factors.Rows[12][4].ShouldNotBeEmpty();

        // Two runs of one case that keeps five ranks, three of them long.
        var pool = folder.Table("selection_pool");
        pool.Rows.Select(row => row[0]).Distinct().Count().ShouldBe(2);
        foreach (var run in pool.Rows.GroupBy(row => row[0]))
            run.Select(row => Number(row[pool.IndexOf("rank")])).Order().ShouldBe([1, 2, 3, 4, 5]);
        folder.Table("selection").Rows.Select(row => row[2]).ShouldBe(["SHORT", "SHORT", "LONG", "LONG", "LONG", "SHORT", "SHORT", "LONG", "LONG", "LONG"]);
    }

    [SharedFact]
    public void Empty_inputs_give_tables_of_a_header()
    {
        using var folder = ConformanceFolder.FromGolden((_, _) => []);
        var results = folder.Run();
        // These have rows without any input: by the parameters alone, or one for each number's name.
        var rows = new Dictionary<string, int> { ["indicators_constant"] = 60, ["metrics"] = 34, ["walk_forward"] = 44, ["time_series_split"] = 5 };
        results.ShouldAllBe(result => result.IsWritten && result.RowCount == rows.GetValueOrDefault(result.Name));
        folder.Table("features").Columns.Length.ShouldBe(45);
    }

    private static void Change(JsonNode parameters)
    {
        parameters["volume_threshold"] = 7.125;
        var features = parameters["features"]!;
        features["atr_window"] = 7;
        features["q90_level"] = "0.75";
        features["z_windows"] = new JsonArray(33, 11);
        var factors = parameters["factors"]!;
        factors["n"] = 60;
        factors["chg"] = 12;
        factors["vol"] = 6;
        factors["min_candles"] = 500;
        factors["runs"] = 2;
        factors["cases"] = new JsonArray(new JsonArray("five", 5, 3, 2));
    }

    private static long Time(string row, int place) => long.Parse(row.Split(',')[place], CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
