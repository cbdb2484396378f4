using System.Globalization;
using System.Text.Json.Nodes;
using Granary.Engine.Tests.Golden;

namespace Granary.Client.Tests.Conformance;

/// <summary>Other parameters than the published ones, held against values that are computed here from the inputs.</summary>
public sealed class ConformanceDefinitionTests
{
    [SharedFact]
    public void Bars_follow_their_thresholds()
    {
        using var folder = Run(["volume_bars_split", "quote_bars", "tick_bars", "time_bars_2500", "time_bars_700"], parameters =>
        {
            parameters["volume_threshold"] = "3.5";
            parameters["quote_threshold"] = 123_456.5;
            parameters["tick_n"] = 97;
            parameters["time_steps"] = new JsonArray(2_500, 700);
        });
        var trades = Trades("aggtrades");
        var byId = trades.ToDictionary(trade => trade.Id);

        var split = new Columns(folder, "volume_bars_split");
        split.Decimals("volume").ShouldAllBe(volume => volume == 3.5m);
        split.Count.ShouldBe((int)(trades.Sum(trade => trade.Quantity) / 3.5m));

        var quote = new Columns(folder, "quote_bars");
        quote.Count.ShouldBeGreaterThan(1_325);
        foreach (var (volume, lastId) in quote.Decimals("quote_volume").Zip(quote.Longs("last_id")))
        {
            volume.ShouldBeGreaterThanOrEqualTo(123_456.5m);
            (volume - byId[lastId].Notional).ShouldBeLessThan(123_456.5m);
        }

        var tick = new Columns(folder, "tick_bars");
        tick.Longs("first_id").ShouldBe(trades.Where((_, i) => i % 97 == 0).Select(trade => trade.Id).Take(trades.Count / 97));
        tick.Decimals("volume").ShouldBe(trades.Chunk(97).Take(trades.Count / 97).Select(bar => bar.Sum(trade => trade.Quantity)));

        foreach (var stepMs in (long[])[2_500, 700])
        {
            var bars = new Columns(folder, $"time_bars_{stepMs}");
            var buckets = trades.GroupBy(trade => trade.TimeMs / stepMs).ToDictionary(bucket => bucket.Key, bucket => bucket.ToList());
            var (first, last) = (trades[0].TimeMs / stepMs, trades[^1].TimeMs / stepMs);
            bars.Longs("start").ShouldBe(Enumerable.Range(0, (int)(last - first)).Select(i => (first + i) * stepMs));
            var close = 0m;
            for (var i = 0; i < bars.Count; i++)
            {
                var bucket = buckets.GetValueOrDefault(first + i);
                bars.Decimals("volume")[i].ShouldBe(bucket?.Sum(trade => trade.Quantity) ?? 0);
                close = bucket?[^1].Price ?? close;
                bars.Decimals("close")[i].ShouldBe(close);
                bars.Texts("is_empty")[i].ShouldBe(bucket is null ? "1" : "0");
                bars.Texts("t_open")[i].ShouldBe(bucket?[0].TimeMs.ToString(CultureInfo.InvariantCulture) ?? "");
            }
        }
    }

    [SharedFact]
    public void The_threshold_of_a_day_is_the_mean_of_the_days_before_also_over_a_day_without_trades()
    {
        const long dayMs = 86_400_000;
        long silent = Trades("aggtrades_multiday")[0].TimeMs / dayMs + 3;
        using var folder = Run(
            ["calibration", "volume_bars_dynamic"],
            parameters => parameters["calib"] = new JsonObject { ["days"] = 2, ["bars_per_day"] = 7, ["step"] = "0.5" },
            (input, row) => input != "aggtrades_multiday" || Long(row, 5) / dayMs != silent);
        var trades = Trades("aggtrades_multiday").Where(trade => trade.TimeMs / dayMs != silent).ToList();
        decimal VolumeOf(long day) => trades.Where(trade => trade.TimeMs / dayMs == day).Sum(trade => trade.Quantity);

        var days = new Columns(folder, "calibration");
        days.Longs("day_start").ShouldBe(Enumerable.Range(0, 10).Select(i => (silent - 3 + i) * dayMs));
        days.Decimals("day_volume").ShouldBe(Enumerable.Range(0, 10).Select(i => VolumeOf(silent - 3 + i)));
        days.Decimals("day_volume")[3].ShouldBe(0);
        days.Texts("threshold").Take(2).ShouldBe(["", ""]);
        for (var i = 2; i < 10; i++)
        {
            var mean = (VolumeOf(silent - 5 + i) + VolumeOf(silent - 4 + i)) / 2 / 7;
            decimal.Parse(days.Texts("threshold")[i], CultureInfo.InvariantCulture).ShouldBe(Math.Round(mean / 0.5m, MidpointRounding.ToEven) * 0.5m);
        }

        var bars = new Columns(folder, "volume_bars_dynamic");
        bars.Longs("t_open")[0].ShouldBe(trades.First(trade => trade.TimeMs / dayMs == silent - 1).TimeMs);
        foreach (var (threshold, openMs) in bars.Decimals("threshold").Zip(bars.Longs("t_open")))
            threshold.ShouldBe(decimal.Parse(days.Texts("threshold")[(int)((openMs / dayMs) - silent + 3)], CultureInfo.InvariantCulture));
    }

    [SharedFact]
    public void Signals_follow_their_parameters()
    {
        using var folder = Run(["features", "signals"], parameters =>
        {
            var signals = parameters["signals"]!;
            signals["signal_z_window"] = 30;
            signals["A"]!["ofi_threshold"] = 0.01;
            signals["A"]!["delta_lookback"] = 2;
            signals["A"]!["optional_needed"] = 0;
            signals["B"]!["entry_window"] = 1;
            signals["C"]!["vol_short"] = 3;
            signals["C"]!["duration_ma"] = 4;
        });
        var (features, signals) = (new Columns(folder, "features"), new Columns(folder, "signals"));
        var (delta, duration, deviation) = (features.Decimals("delta"), features.Longs("duration_ms"), features.Doubles("vwap_deviation"));
        var (intensity, returns) = (features.Doubles("trade_intensity"), features.Doubles("log_return"));
        for (var i = 1_000; i < 1_100; i++)
        {
            // Least squares over two values is their difference.
            Near(signals.Doubles("slope_cum_delta")[i], (double)delta[i]);
            Near(signals.Doubles("duration_ma")[i], duration.Skip(i - 3).Take(4).Average());
            Near(signals.Doubles("deviation_entry_q")[i], Math.Abs(deviation[i - 1]!.Value));
            Near(signals.Doubles("vol_short")[i], Deviation(returns, i, 3));
            Near(signals.Doubles("z_intensity")[i], (intensity[i]!.Value - Window(intensity, i, 30).Average()) / Deviation(intensity, i, 30));
            var ema = signals.Doubles("ema_ofi_a")[i]!.Value;
            signals.Texts("a_long")[i].ShouldBe(ema > 0.01 && delta[i] > 0 ? "1" : "0");
        }
    }

    [SharedFact]
    public void Minute_factors_labels_and_indicators_follow_their_parameters()
    {
        using var folder = Run(["labels_1m", "indicators_1m", "cusum_1m", "cta_causal"], parameters =>
        {
            var (cta, ind) = (parameters["cta"]!, parameters["ind"]!);
            cta["horizons"] = new JsonArray(7);
            cta["short_window"] = 2;
            cta["vol_window"] = 5;
            cta["dov_clip"] = 0.5;
            ind["cusum"] = "0.01";
            ind["sma"] = new JsonArray(3, 8);
            ind["cmf"] = 1;
            ind["rsi"] = 1;
        });
        var candles = ConformanceFolder.Lines(Path.Combine(folder.Path, "inputs", "klines_1m.csv")).Skip(1).ToList();
        var close = candles.Select(row => (double)Number(row, 4)).ToList();

        var labels = new Columns(folder, "labels_1m");
        labels.Names.ShouldBe(["open_time", "fwd_ret_7", "up_7"]);
        labels.Texts("fwd_ret_7").TakeLast(8).ShouldBe([labels.Texts("fwd_ret_7")[^8], "", "", "", "", "", "", ""]);
        Near(labels.Doubles("fwd_ret_7")[500], Math.Log(close[507] / close[500]));
        labels.Texts("up_7")[500].ShouldBe(close[507] > close[500] ? "1" : "0");

        var indicators = new Columns(folder, "indicators_1m");
        for (var i = 100; i < 130; i++)
        {
            Near(indicators.Doubles("sma_fast")[i], close.Skip(i - 2).Take(3).Average());
            Near(indicators.Doubles("sma_slow")[i], close.Skip(i - 7).Take(8).Average());
            var (high, low) = ((double)Number(candles[i], 2), (double)Number(candles[i], 3));
            Near(indicators.Doubles("cmf")[i], high > low ? (close[i] - low - (high - close[i])) / (high - low) : 0);
            indicators.Doubles("rsi")[i].ShouldBe(close[i] > close[i - 1] ? 100 : close[i] < close[i - 1] ? 0 : 50);
        }

        List<(long, long)> events = [];
        var (up, down) = (0.0, 0.0);
        for (var i = 1; i < close.Count; i++)
        {
            var change = Math.Log(close[i] / close[i - 1]);
            (up, down) = (Math.Max(0, up + change), Math.Min(0, down + change));
            if (down < -0.01)
            {
                down = 0;
                events.Add((i, -1));
            }
            else if (up > 0.01)
            {
                up = 0;
                events.Add((i, 1));
            }
        }
        var cusum = new Columns(folder, "cusum_1m");
        cusum.Longs("row").Zip(cusum.Longs("direction")).ShouldBe(events);

        var factors = new Columns(folder, "cta_causal");
        var offset = candles.Count - factors.Count;
        for (var i = 100; i < 130; i++)
        {
            double Flow(int row) => ((2 * (double)Number(candles[row], 9)) - (double)Number(candles[row], 5)) / ((double)Number(candles[row], 5) + 1e-9);
            Near(factors.Doubles("sent_short")[i], (Flow(offset + i) + Flow(offset + i - 1)) / 2);
            factors.Doubles("cta_dov_clipped")[i].ShouldBe(Math.Min(0.5, factors.Doubles("cta_dov")[i]!.Value));
        }
    }

    [SharedFact]
    public void Windows_show_where_the_values_of_a_market_that_stands_still_begin()
    {
        using var folder = Run(["indicators_constant"], parameters =>
        {
            parameters["ind"]!["atr"] = 5;
            parameters["factors"]!["chg"] = 12;
            parameters["features"]!["z_windows"] = new JsonArray(33, 11);
            parameters["cta"]!["pwma"] = 7;
        });
        var table = new Columns(folder, "indicators_constant");
        table.Count.ShouldBe(60);
        foreach (var (column, first, value) in new[]
        {
            ("mtm_atr_mean", 5, "0"), ("atr_wilder", 5, "0"), ("chg_pct_max", 12, "0"), ("zscore", 10, "0"), ("pwma", 6, "100"),
        })
            table.Texts(column).ShouldBe(Enumerable.Range(0, 60).Select(row => row < first ? "" : value), column);
    }

    [SharedFact]
    public void Stops_kelly_and_account_rules_follow_their_parameters()
    {
        using var folder = Run(["stops", "kelly", "global_risk"], parameters =>
        {
            parameters["stops"]!["l1"] = "2.25";
            parameters["stops"]!["activate"] = 100;
            parameters["stops"]!["max_bars"] = 2;
            parameters["kelly"] = new JsonObject { ["window"] = 1, ["min_trades"] = 1, ["default"] = 0.7, ["floor"] = 0.05, ["cap"] = 0.4 };
            parameters["risk"]!["half_streak"] = 1;
            parameters["risk"]!["pause_streak"] = 2;
            parameters["risk"]!["pause_ms"] = 1;
            parameters["risk"]!["dd_on"] = "1";
            parameters["risk"]!["day_loss"] = "0.0001";
        });
        var inputs = Inputs("stop_bars").GroupBy(row => row[0]).ToDictionary(rows => rows.Key, rows => rows.First());
        var stops = new Columns(folder, "stops");
        stops.Longs("bar").Max().ShouldBe(2);
        for (var i = 0; i < stops.Count; i++)
        {
            var input = inputs[stops.Texts("scenario")[i]];
            stops.Decimals("l1")[i].ShouldBe(Decimal(input[2]) - ((input[1] == "LONG" ? 1 : -1) * 2.25m * Decimal(input[3])));
            if (stops.Longs("bar")[i] == 2) stops.Texts("exit_reason")[i].ShouldNotBeEmpty();
        }

        var pnl = Inputs("trades").ToDictionary(row => row[0], row => Decimal(row[7]));
        var kelly = new Columns(folder, "kelly");
        kelly.Longs("window_trades").ShouldAllBe(count => count == 1);
        foreach (var (id, factor) in kelly.Texts("after_trade_id").Zip(kelly.Doubles("kelly_factor"))) factor.ShouldBe(pnl[id] > 0 ? 0.4 : 0.05);

        var risk = new Columns(folder, "global_risk");
        var streak = 0;
        for (var i = 0; i < risk.Count; i++)
        {
            var net = risk.Decimals("net_pnl")[i];
            streak = net < 0 ? streak + 1 : net > 0 ? 0 : streak;
            risk.Longs("loss_streak")[i].ShouldBe(streak);
            risk.Decimals("size_multiplier")[i].ShouldBe(streak > 0 ? 0.5m : 1);
            if (net < 0 && streak > 1) risk.Longs("paused_until")[i].ShouldBe(risk.Longs("close_time")[i] + 1);
            if (risk.Doubles("day_loss_ratio")[i] > 0.0001)
                risk.Longs("halted_until")[i].ShouldBe(((risk.Longs("close_time")[i] / 86_400_000) + 1) * 86_400_000);
        }
    }

    /// <summary>Some tables computed with changed parameters, of inputs without the rows that are not kept.</summary>
    private static ConformanceFolder Run(string[] tables, Action<JsonNode> change, Func<string, string, bool>? keep = null)
    {
        // The hourly candles are by far the longest input, and none of these tables reads them.
        var folder = ConformanceFolder.FromGolden(
            (input, rows) => input == "klines_1h" ? [] : keep is null ? rows : rows.Where(row => keep(input, row)), change);
        var results = folder.Run(tables);
        results.Select(result => result.Name).ShouldBe(tables, ignoreOrder: true);
        results.ShouldAllBe(result => result.IsWritten);
        return folder;
    }

    private static List<Trade> Trades(string input) =>
        [.. Inputs(input).Select(row => new Trade((long)Decimal(row[0]), Decimal(row[1]), Decimal(row[2]), (long)Decimal(row[5])))];

    private static IEnumerable<string[]> Inputs(string input) =>
        ConformanceFolder.Lines(ConformanceFolder.FileOf(GoldenFolder.SharedFile("golden", "inputs"), input)).Skip(1).Select(row => row.Split(','));

    private static IEnumerable<double> Window(IReadOnlyList<double?> values, int last, int count) =>
        values.Skip(last - count + 1).Take(count).Select(value => value!.Value);

    private static double Deviation(IReadOnlyList<double?> values, int last, int count)
    {
        var mean = Window(values, last, count).Average();
        return Math.Sqrt(Window(values, last, count).Sum(value => (value - mean) * (value - mean)) / (count - 1));
    }

    private static void Near(double? got, double expected) => got!.Value.ShouldBe(expected, (1e-9 * Math.Abs(expected)) + 1e-11);

    private static long Long(string row, int place) => long.Parse(row.Split(',')[place], CultureInfo.InvariantCulture);

    private static decimal Number(string row, int place) => Decimal(row.Split(',')[place]);

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Trade(long Id, decimal Price, decimal Quantity, long TimeMs)
    {
        public decimal Notional => Price * Quantity;
    }

    /// <summary>A written table by columns, each parsed once.</summary>
    private sealed class Columns(ConformanceFolder folder, string name)
    {
        private readonly CsvTable _table = folder.Table(name);
        private readonly Dictionary<(string, Type), object> _columns = [];

        public int Count => _table.Rows.Count;

        public IReadOnlyList<string> Names => _table.Columns;

        public IReadOnlyList<string> Texts(string column) => Parsed(column, text => text);

        public IReadOnlyList<long> Longs(string column) => Parsed(column, text => text.Length == 0 ? -1 : long.Parse(text, CultureInfo.InvariantCulture));

        public IReadOnlyList<decimal> Decimals(string column) => Parsed(column, Decimal);

        public IReadOnlyList<double?> Doubles(string column) =>
            Parsed<double?>(column, text => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture));

        private IReadOnlyList<T> Parsed<T>(string column, Func<string, T> parse)
        {
            if (_columns.TryGetValue((column, typeof(T)), out var known)) return (IReadOnlyList<T>)known;
            var place = _table.IndexOf(column);
            List<T> values = [.. _table.Rows.Select(row => parse(row[place]))];
            _columns[(column, typeof(T))] = values;
            return values;
        }
    }
}
