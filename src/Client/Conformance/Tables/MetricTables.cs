using Granary.Engine.Performance;

namespace Granary.Client.Conformance.Tables;

/// <summary>Performance of an equity curve and of closed trades (formulas §9).</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class MetricTables(ConformanceSource source) : IConformanceFamily
{
    private const string Edges = "metrics_edge";

    private static readonly CsvColumn<MetricRow>[] Columns = [new("metric", at => at.Metric), new("value", at => at.Value)];

    private static readonly CsvColumn<(EquityPoint Point, double? Return, double Drawdown)>[] SeriesColumns =
        [new("day_end", at => at.Point.TimeMs), new("daily_return", at => at.Return), new("drawdown", at => at.Drawdown)];

    private static readonly CsvColumn<DrawdownEpisode>[] DrawdownColumns =
    [
        new("peak_day", at => at.PeakMs),
        new("end_day", at => at.EndMs),
        new("days", at => at.Days),
        new("depth", at => at.Depth),
        new("recovered", at => at.IsRecovered),
    ];

    private static readonly CsvColumn<MonthlyReturn>[] MonthColumns = [new("month", at => at.Name), new("return", at => at.Return)];

    private static readonly CsvColumn<IGrouping<int, Trade>>[] HourColumns =
    [
        new("entry_hour_utc", at => at.Key),
        new("trades", at => at.Count()),
        new("net_pnl", at => at.Sum(trade => trade.NetPnl)),
        new("wins", at => at.Count(trade => trade.NetPnl > 0)),
    ];

    /// <inheritdoc/>
    public string Name => "metrics";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, csv => csv.Write(Metrics(Equity(), [.. Trades().OrderBy(trade => trade.ExitMs).Select(trade => trade.NetPnl)], Trials()), Columns)),
        new("equity_series", csv => csv.Write(Series(), SeriesColumns)),
        new("drawdowns", csv => csv.Write(EquityCurve.Episodes(Equity()), DrawdownColumns)),
        new("monthly_returns", csv => csv.Write(EquityCurve.Months(Equity()), MonthColumns)),
        new("hourly_attribution", csv => csv.Write(Trades().GroupBy(trade => trade.EntryHour).OrderBy(hour => hour.Key), HourColumns)),
        new("signal_attribution", csv => csv.Write(Signals(), [new("signal", at => at.Group), .. Columns])),
        new(Edges, csv => csv.Write(Cases(), [new("case", at => at.Group), .. Columns])),
    ];

    private static IEnumerable<MetricRow> Metrics(EquityPoint[] equity, decimal[] pnls, double[] trials)
    {
        var metrics = EquityMetrics.Compute(equity);
        IEnumerable<MetricRow> rows =
        [
            new("periods", metrics.Periods),
            new("total_return", metrics.TotalReturn),
            new("annual_return", metrics.AnnualReturn),
            new("annual_volatility", metrics.AnnualVolatility),
            new("sharpe", metrics.Sharpe),
            new("downside_deviation_annual", metrics.DownsideDeviation),
            new("sortino", metrics.Sortino),
            new("max_drawdown", metrics.MaxDrawdown),
            new("max_drawdown_days", metrics.MaxDrawdownDays),
            new("omega_0", metrics.Omega),
            new("ulcer_index", metrics.UlcerIndex),
            new("calmar", metrics.Calmar),
            new("daily_win_rate", metrics.DailyWinRate),
            new("best_day", metrics.BestDay),
            new("worst_day", metrics.WorstDay),
            new("var_95", metrics.ValueAtRisk95),
            new("es_95", metrics.ExpectedShortfall95),
            new("var_99", metrics.ValueAtRisk99),
            new("es_99", metrics.ExpectedShortfall99),
        ];
        if (SharpeTest.Of(EquityCurve.Returns(EquityCurve.Solvent(equity))) is { } test) rows = rows.Concat(Luck(test, trials));
        var trades = TradeMetrics.Compute(pnls);
        return rows
            .Concat(TradeRows(trades).Select(row => row with { Metric = "trade_" + row.Metric }))
            .Append(new("trades_per_day", metrics.Periods == 0 ? null : (double)trades.Trades / metrics.Periods));
    }

    private static IEnumerable<MetricRow> Luck(SharpeTest test, double[] trials)
    {
        yield return new("skewness", test.Skewness);
        yield return new("kurtosis", test.Kurtosis);
        yield return new("sharpe_per_period", test.SharpePerPeriod);
        yield return new("psr_0", test.Probabilistic(0));
        yield return new("psr_annual_1", test.Probabilistic(1 / Math.Sqrt(EquityMetrics.YearDays)));
        yield return new("min_track_record_95", test.MinTrackRecord(0, 0.95));
        if (trials.Length == 0) yield break;
        yield return new("dsr_benchmark", SharpeTest.ExpectedMax(trials));
        yield return new("deflated_sharpe", test.Deflated(trials));
    }

    private static MetricRow[] TradeRows(TradeMetrics metrics) =>
    [
        new("trades", metrics.Trades),
        new("wins", metrics.Wins),
        new("losses", metrics.Losses),
        new("breakeven", metrics.Breakeven),
        new("gross_profit", metrics.GrossProfit),
        new("gross_loss", metrics.GrossLoss),
        new("net_profit", metrics.NetProfit),
        new("win_rate", metrics.WinRate),
        new("avg_win", metrics.AverageWin),
        new("avg_loss", metrics.AverageLoss),
        new("payoff_ratio", metrics.PayoffRatio),
        new("profit_factor", metrics.ProfitFactor),
        new("expectancy", metrics.Expectancy),
        new("max_consecutive_losses", metrics.MaxConsecutiveLosses),
    ];

    private IEnumerable<(EquityPoint Point, double? Return, double Drawdown)> Series()
    {
        var equity = Equity();
        var returns = EquityCurve.Returns(EquityCurve.Solvent(equity));
        var drawdowns = EquityCurve.Drawdowns(equity);
        return equity.Select((point, i) => (point, i == 0 || i > returns.Length ? (double?)null : returns[i - 1], drawdowns[i]));
    }

    private IEnumerable<MetricRow> Signals() => Trades()
        .GroupBy(trade => trade.Signal)
        .OrderBy(signal => signal.Key, StringComparer.Ordinal)
        .SelectMany(signal => TradeRows(TradeMetrics.Compute(signal.OrderBy(trade => trade.ExitMs).Select(trade => trade.NetPnl)))
            .Select(row => row with { Group = signal.Key }));

    private IEnumerable<MetricRow> Cases()
    {
        using var table = source.Inputs.Open(Edges);
        var rows = table.Rows().Select(row => (Case: row.Text("case"), Kind: row.Text("kind"), I: row.Long("i"), Value: row.Decimal("value"), Row: row)).ToList();
        if (rows.FirstOrDefault(row => row.Kind is not ("equity" or "pnl")) is { Case: not null } unknown) throw unknown.Row.Wrong("kind", "equity or pnl");
        const long dayMs = 86_400_000;
        foreach (var name in rows.Select(row => row.Case).Distinct())
        {
            var own = rows.Where(row => row.Case == name).OrderBy(row => row.I).ToList();
            EquityPoint[] equity = [.. own.Where(row => row.Kind == "equity").Select(row => new EquityPoint(row.I * dayMs, row.Value))];
            decimal[] pnls = [.. own.Where(row => row.Kind == "pnl").Select(row => row.Value)];
            foreach (var row in Metrics(equity, pnls, [])) yield return row with { Group = name };
        }
    }

    private EquityPoint[] Equity()
    {
        using var table = source.Inputs.Open("equity_daily");
        return [.. table.Rows().Select(row => new EquityPoint(row.Long("day_end"), row.Decimal("equity")))];
    }

    private Trade[] Trades()
    {
        using var table = source.Inputs.Open("trades");
        return [.. table.Rows().Select(row => new Trade(
            row.Text("signal"), DateTimeOffset.FromUnixTimeMilliseconds(row.Long("entry_time")).Hour, row.Long("exit_time"), row.Decimal("net_pnl")))];
    }

    private double[] Trials()
    {
        using var table = source.Inputs.Open("sharpe_trials");
        return [.. table.Rows().Select(row => row.DoubleOrNone("sharpe_per_period") ?? throw row.Wrong("sharpe_per_period", "a number"))];
    }

    private sealed record MetricRow(string Metric, object? Value, string Group = "");

    private sealed record Trade(string Signal, int EntryHour, long ExitMs, decimal NetPnl);
}
