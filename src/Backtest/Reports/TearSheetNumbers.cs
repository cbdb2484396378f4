using System.Globalization;

namespace Granary.Backtest.Reports;

/// <summary>The numbers of a report as names and texts for people.</summary>
internal static class TearSheetNumbers
{
    private const string None = "–";

    public static IEnumerable<(string Name, string Value)> Of(BacktestReport r)
    {
        var d = r.Daily;
        yield return ("Equity at the end", Money(r.Equity));
        yield return ("Profit by prices alone", Money(r.GrossPnl));
        yield return ("Fees", Money(r.Fees));
        yield return ("Funding", Money(r.Funding));
        yield return ("Slippage (in the prices)", Money(r.SlippageCost));
        yield return ("Annual growth", Share(d.AnnualReturn));
        yield return ("Volatility, annual", Share(d.AnnualVolatility));
        yield return ("Sharpe", Plain(d.Sharpe));
        yield return ("Sortino", Plain(d.Sortino));
        yield return ("Calmar", Plain(d.Calmar));
        yield return ("Omega", Plain(d.Omega));
        yield return ("Ulcer index", Share(d.UlcerIndex));
        yield return ("Serenity", Plain(d.Serenity));
        yield return ("Probability that Sharpe is above 0", Share(r.Luck.Probabilistic));
        yield return ("Deflated for the trials", Share(r.Luck.Deflated));
        yield return ("Trials", r.Luck.Trials.ToString(CultureInfo.InvariantCulture));
        yield return ("Days needed to be 95 % sure", Plain(r.Luck.MinTrackRecordDays));
        yield return ("Value at risk, day, 95 / 99 %", $"{Share(d.ValueAtRisk95)} / {Share(d.ValueAtRisk99)}");
        yield return ("Expected shortfall, 95 / 99 %", $"{Share(d.ExpectedShortfall95)} / {Share(d.ExpectedShortfall99)}");
        yield return ("Skewness / kurtosis", $"{Plain(r.Luck.Skewness)} / {Plain(r.Luck.Kurtosis)}");
        yield return ("Drawdown, daily / every look", $"{Share(d.MaxDrawdown)} / {Share(r.DeepestDrawdown)}");
        yield return ("Mean drawdown", Share(d.AverageDrawdown));
        yield return ("Longest under water, days", d.MaxDrawdownDays.ToString(CultureInfo.InvariantCulture) + (d.IsInDrawdown ? " (not over)" : ""));
        yield return ("Best / worst day", $"{Share(d.BestDay)} / {Share(d.WorstDay)}");
        yield return ("Winning days / months", $"{Share(d.DailyWinRate)} / {Share(d.MonthlyWinRate)}");
        yield return ("Wins / losses / neither", $"{r.Trades.Wins} / {r.Trades.Losses} / {r.Trades.Breakeven}");
        yield return ("Mean win / loss", $"{Plain(r.Trades.AverageWin)} / {Plain(r.Trades.AverageLoss)}");
        yield return ("Payoff ratio", Plain(r.Trades.PayoffRatio));
        yield return ("Expectancy a trade", Plain(r.Trades.Expectancy));
        yield return ("Longest run of wins / losses", $"{r.Trades.MaxConsecutiveWins} / {r.Trades.MaxConsecutiveLosses}");
        yield return ("Held: wins / losses", $"{Duration(r.HoldingMsWins)} / {Duration(r.HoldingMsLosses)}");
        yield return ("Trades a day", Plain(r.TradesPerDay));
        yield return ("Turnover", Money(r.Turnover));
        yield return ("Profit per turnover", Share(r.ReturnPerTurnover));
        yield return ("Return per drawdown", Plain(r.ReturnPerDrawdown));
        yield return ("Could be larger by about", r.CapacityMultiple is null ? None : Plain(r.CapacityMultiple) + "×");
        yield return ("Time with a position", Share(r.ExposureShare));
        yield return ("Leverage: largest / mean / median", $"{Plain(r.LeverageMax)} / {Plain(r.LeverageMean)} / {Plain(r.LeverageMedian)}");
        yield return ("Position value: largest / median", $"{Money(r.PositionValueMax)} / {(r.PositionValueMedian is { } median ? Money(median) : None)}");
        yield return ("Beta to holding", Plain(r.Beta));
        yield return ("Orders / fills / unfilled / cancels", $"{r.Orders:N0} / {r.Fills:N0} / {r.OrdersUnfilled:N0} / {r.CancelsSent:N0}");
        yield return ("Share of the turnover that rested", Share(r.MakerShare));
        foreach (var m in r.AdverseSelection.Where(m => m.Count > 0)) yield return ($"Price {m.HorizonMs / 1000} s after resting fills", Share(m.MeanMove));
        if (r.OrderLatencyMs is { } way) yield return ("Order latency p50 / p99 / max, ms", $"{Plain(way.P50)} / {Plain(way.P99)} / {Plain(way.Max)}");
        if (r.FillWaitMs is { } wait) yield return ("First fill after p50 / p99, ms", $"{Plain(wait.P50)} / {Plain(wait.P99)}");
        yield return ("Liquidations", r.Liquidations.ToString(CultureInfo.InvariantCulture));
        foreach (var (reason, count) in r.Refusals.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Take(8))
            yield return ($"Refused: {reason}", count.ToString("N0", CultureInfo.InvariantCulture));
        foreach (var (symbol, hold) in r.Hold.OrderBy(p => p.Key, StringComparer.Ordinal).Take(12))
            yield return ($"Holding {symbol}: return / Sharpe", $"{Share(hold.TotalReturn)} / {Plain(hold.Sharpe)}");
    }

    public static string Money(decimal value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);

    public static string Share(double? value) => value is null ? None : value.Value.ToString("0.00 %", CultureInfo.InvariantCulture);

    public static string Plain(double? value) => value is null ? None
        : value.Value.ToString(Math.Abs(value.Value) >= 1000 ? "#,0" : "0.00", CultureInfo.InvariantCulture);

    private static string Duration(double? ms) => ms is not { } value ? None
        : value >= 86_400_000 ? FormattableString.Invariant($"{value / 86_400_000:0.0} d")
        : value >= 3_600_000 ? FormattableString.Invariant($"{value / 3_600_000:0.0} h")
        : FormattableString.Invariant($"{value / 60_000:0.0} min");
}
