using System.Globalization;
using System.Net;
using System.Text;
using Granary.Backtest.Checks;
using Granary.Backtest.Configuration;
using Granary.Backtest.Results;

namespace Granary.Backtest.Reports;

/// <summary>
/// One self-contained HTML page of a run: numbers, and charts drawn by the script that it carries. It loads nothing, and reads on a phone, in the dark and on
/// paper.
/// </summary>
public static class TearSheet
{
    /// <summary>The chart functions alone, for other pages that show the same charts.</summary>
    public static string ChartScript => Asset("charts.js");

    /// <summary>Makes the page.</summary>
    /// <param name="result">The run.</param>
    /// <param name="report">Its numbers.</param>
    /// <param name="config">What was run; null when the extras say it.</param>
    /// <param name="extras">What validation adds; null for nothing.</param>
    public static string Write(BacktestResult result, BacktestReport report, RunConfig? config, TearSheetExtras? extras = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(report);
        config ??= new RunConfig();
        extras ??= new TearSheetExtras();
        var symbols = string.Join(", ", result.Symbols.Select(s => s.Symbol));
        var title = extras.Title ?? $"{config.Strategy} on {symbols}";
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Append(CultureInfo.InvariantCulture, $"<title>Backtest {Text(extras.Title ?? symbols)}</title><style>\n{Asset("report.css")}</style></head>\n<body><main>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Backtest: {Text(title)}</h1>\n");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"sub\">{Time(result.StartMs)} to {Time(result.EndMs)} UTC, {result.Symbols.Sum(s => s.Events):N0} events, ");
        page.Append(
            CultureInfo.InvariantCulture, $"{Text(extras.Note ?? $"fills: {config.Execution.FillModel}")}. Order list <code>{report.OrderHash}</code></p>\n");
        foreach (var warning in extras.Warnings) page.Append(CultureInfo.InvariantCulture, $"<p class=\"mark\">{Text(warning)}</p>\n");
        foreach (var warning in report.Warnings) Warn(page, warning);
        Tiles(page, report);
        page.Append("<div class=\"cards\">\n");
        Card(page, "equity", "Equity", "Net of all costs; the faint line gives the fees back.", isWide: true);
        Card(page, "underwater", "Underwater", "Loss from the highest equity so far.", isWide: true);
        Card(page, "hold", "Against holding", "Return of the run, and of buying at the first price and holding.", isWide: true);
        Card(page, "months", "Monthly returns", "", isWide: true);
        Card(page, "returns", "Daily returns", "");
        Card(page, "tradeReturns", "Profit and loss of the trades", "Quote units, net.");
        Card(page, "rolling", "Rolling Sharpe ratio", "");
        Card(page, "exposure", "Exposure and leverage", "Multiples of equity.");
        foreach (var symbol in result.Symbols.Take(12))
            Card(page, "price-" + symbol.Symbol, $"Trades on price: {symbol.Symbol}", "The last 400 at most.", isWide: true);
        Card(page, "by-signal", "By signal", "Net PnL, quote units; trades in brackets.");
        Card(page, "by-regime", "By regime at the entry", "");
        Card(page, "by-side", "By side", "");
        Card(page, "by-exit", "By exit", "");
        if (result.Symbols.Count > 1) Card(page, "by-symbol", "By symbol", "");
        Card(page, "by-hour", "By hour of the entry, UTC", "", isWide: true);
        if (report.SlippageSensitivity.Count > 0) Card(page, "sensitivity", "Net PnL with more slippage", "The same run, slippage and impact multiplied.");
        if (extras.Parameters is not null) Card(page, "parameters", "Parameters", "The score over two of them.", isWide: true);
        if (extras.MonteCarlo is { } paths)
            Card(
                page, "fan", $"Monte Carlo: {paths.Method}",
                FormattableString.Invariant($"{paths.Paths:N0} paths; {paths.LossProbability:P1} end with a loss, {paths.RuinProbability:P1} lose half."),
                isWide: true);
        if (extras.WalkForward is not null)
        {
            Card(page, "walk", "Walk-forward, out of sample", "Every part was chosen on what came before it only.", isWide: true);
            Card(page, "walkSegments", "Walk-forward windows", "Net PnL of each test.", isWide: true);
        }
        page.Append("<section class=\"wide\"><h2>All numbers</h2><div class=\"pairs\">\n");
        foreach (var (name, value) in extras.Numbers.Select(number => (number.Name, number.Value)).Concat(TearSheetNumbers.Of(report)))
            page.Append(CultureInfo.InvariantCulture, $"<div><span>{Text(name)}</span><b>{Text(value)}</b></div>\n");
        page.Append("</div></section>\n");
        Explain(page, report.Warnings);
        page.Append("</div>\n</main>\n<script type=\"application/json\" id=\"data\">");
        page.Append(TearSheetData.ToJson(result, report, extras));
        page.Append(CultureInfo.InvariantCulture, $"</script>\n<script>\n{ChartScript}{Asset("report.js")}</script>\n</body></html>\n");
        return page.ToString();
    }

    /// <summary>The page loads nothing: a warning leads to its explanation further down.</summary>
    private static void Warn(StringBuilder page, ResultWarning warning) => page.Append(
        CultureInfo.InvariantCulture,
        $"<p class=\"mark\"><b>{Text(warning.Name)}</b>: {Text(warning.Message)}. <a href=\"#why-{Text(warning.Name)}\">What that means</a></p>\n");

    private static void Explain(StringBuilder page, IReadOnlyList<ResultWarning> warnings)
    {
        if (warnings.Count == 0) return;
        page.Append("<section class=\"wide\"><h2>The warnings explained</h2>\n");
        foreach (var warning in warnings.DistinctBy(w => w.Name))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<h3 id=\"why-{Text(warning.Name)}\">{Text(warning.Name)}</h3><p>{Text(WarningTexts.Of(warning.Name) ?? warning.Message)}</p>\n");
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"hint\">From <code>{Text(warning.Explanation)}</code></p>\n");
        }
        page.Append("</section>\n");
    }

    private static void Tiles(StringBuilder page, BacktestReport report)
    {
        page.Append("<div class=\"tiles\">\n");
        (string Name, string Value)[] tiles =
        [
            ("net profit", TearSheetNumbers.Money(report.NetPnl)),
            ("return", TearSheetNumbers.Share(report.Daily.TotalReturn)),
            ("Sharpe, annual", TearSheetNumbers.Plain(report.Daily.Sharpe)),
            ("deepest drawdown", TearSheetNumbers.Share(report.DeepestDrawdown)),
            ("trades", report.Trades.Trades.ToString("N0", CultureInfo.InvariantCulture)),
            ("win rate", TearSheetNumbers.Share(report.Trades.WinRate)),
            ("profit factor", TearSheetNumbers.Plain(report.Trades.ProfitFactor)),
            ("fees", TearSheetNumbers.Money(report.Fees)),
        ];
        foreach (var (name, value) in tiles) page.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><b>{Text(value)}</b><span>{name}</span></div>\n");
        page.Append("</div>\n");
    }

    internal static void Card(StringBuilder page, string id, string title, string hint, bool isWide = false)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section{(isWide ? " class=\"wide\"" : "")}><h2>{Text(title)}</h2>");
        if (hint.Length > 0) page.Append(CultureInfo.InvariantCulture, $"<p class=\"hint\">{Text(hint)}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"chart\" id=\"{Text(id)}\"></div></section>\n");
    }

    internal static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    internal static string Asset(string name)
    {
        using var stream = typeof(TearSheet).Assembly.GetManifestResourceStream($"Granary.Backtest.Reports.Assets.{name}")
            ?? throw new InvalidOperationException($"the assembly lacks its resource {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
