using System.Text.Json;
using Granary.Backtest.Results;
using Granary.Engine.Orders;
using Granary.Engine.Performance;
using Granary.Engine.Statistics;

namespace Granary.Backtest.Reports;

/// <summary>The data that the page's charts are drawn from, as one JSON object. Prices and money are doubles here: they are drawn, not booked.</summary>
internal static class TearSheetData
{
    private const int TradesMax = 5_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static string ToJson(BacktestResult result, BacktestReport report, TearSheetExtras extras)
    {
        EquityPoint[] days = [.. result.Days];
        var returns = EquityCurve.Returns(EquityCurve.Solvent(days));
        var months = EquityCurve.Months(EquityCurve.Solvent(days));
        int[] years = [.. months.Select(m => m.Year).Distinct()];
        return JsonSerializer.Serialize(new
        {
            samples = new
            {
                time = result.Samples.Select(s => s.TimeMs),
                equity = result.Samples.Select(s => Round(s.Equity)),
                beforeFees = result.Samples.Select(s => Round(s.EquityBeforeFees)),
                drawdown = EquityCurve.Drawdowns([.. result.Samples.Select(s => new EquityPoint(s.TimeMs, s.Equity))]).Select(v => Math.Round(v, 6)),
                leverage = result.Samples.Select(s => Math.Round(s.Leverage, 4)),
                net = result.Samples.Select(s => s.Equity > 0 ? Math.Round((double)(s.Net / s.Equity), 4) : 0),
            },
            days = new { returns = returns.Select(r => Math.Round(r, 8)) },
            months = new
            {
                rows = years.Select(y => y.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                columns = (string[])["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Year"],
                values = years.Select(y =>
                    Enumerable.Range(1, 12)
                    .Select(m => months.Where(r => r.Year == y && r.Month == m).Select(r => (double?)Math.Round(r.Return, 6)).FirstOrDefault())
                    .Append(Math.Round(months.Where(r => r.Year == y).Aggregate(1.0, (all, r) => all * (1 + r.Return)) - 1, 6))),
            },
            rolling = Rolling(days, returns),
            symbols = result.Symbols.Take(12)
                .Select(s => new { name = s.Symbol, time = s.Prices.Select(p => p.TimeMs), price = s.Prices.Select(p => (double)p.Price) }),
            trades = result.Trades.Skip(Math.Max(result.Trades.Count - TradesMax, 0)).Select(t => new
            {
                symbol = t.Symbol,
                @long = t.Side == OrderSide.Buy,
                entry = t.EntryMs,
                exit = t.ExitMs,
                entryPrice = (double)t.EntryPrice,
                exitPrice = (double)t.ExitPrice,
                pnl = Round(t.NetPnl),
            }),
            groups = report.Groups.Select(g => new { by = g.By, name = g.Group, pnl = Round(g.Trades.NetProfit), trades = g.Trades.Trades }),
            sensitivity = report.SlippageSensitivity.Select(s =>
                new { name = FormattableString.Invariant($"×{s.Scale:0.#}"), value = Round(s.NetPnl), note = $"({s.Trades})" }),
            parameters = extras.Parameters,
            fan = extras.MonteCarlo is not { } fan ? null : new
            {
                x = Enumerable.Range(0, fan.Actual.Count),
                levels = fan.Levels.Select((level, i) =>
                    new { name = FormattableString.Invariant($"{level * 100:0.#} %"), y = fan.Fan[i].Select(v => Math.Round(v, 2)) }),
                actual = fan.Actual.Select(v => Math.Round(v, 2)),
            },
            walk = extras.WalkForward is not { } walk ? null : new
            {
                time = walk.Equity.Select(p => p.TimeMs),
                equity = walk.Equity.Select(p => Round(p.Equity)),
                segments = walk.Segments.Select((s, i) => new
                {
                    name = DateTimeOffset.FromUnixTimeMilliseconds(s.TestFromMs)
                        .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                    from = s.TestFromMs,
                    to = s.TestToMs,
                    pnl = Round(s.TestNetPnl),
                    note = $"({s.TestTrades})",
                }),
            },
        }, Json).Replace("</", "<\\/", StringComparison.Ordinal);
    }

    private static object Rolling(EquityPoint[] days, double[] returns)
    {
        var window = Math.Clamp(returns.Length / 4, 7, 30);
        var time = new List<long>();
        var sharpe = new List<double?>();
        for (var end = window; end <= returns.Length; end++)
        {
            var part = returns.AsSpan(end - window, window);
            time.Add(days[end].TimeMs);
            sharpe.Add(Sample.StandardDeviation(part) is { } deviation && deviation > 0
                ? Math.Round(Sample.Mean(part)!.Value / deviation * Math.Sqrt(EquityMetrics.YearDays), 4) : null);
        }
        return new { days = window, time, sharpe };
    }

    private static double Round(decimal value) => (double)decimal.Round(value, 4);
}
