using System.Globalization;
using System.Text;
using System.Text.Json;
using Granary.Backtest.Parity;
using Granary.Backtest.Results;
using Granary.Engine.Orders;
using Granary.Engine.Performance;

namespace Granary.Backtest.Reports;

/// <summary>A live run over its backtest as one self-contained HTML page: both wallets, and every order on the price, with the charts of the tear sheet.</summary>
public static class OverlayPage
{
    private const int MarksMax = 2_000;
    private const int RowsMax = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Makes the page.</summary>
    /// <param name="overlay">The comparison.</param>
    /// <param name="symbols">The backtest's symbols, whose prices the orders stand on.</param>
    public static string Write(Overlay overlay, IReadOnlyList<SymbolSummary> symbols)
    {
        ArgumentNullException.ThrowIfNull(overlay);
        ArgumentNullException.ThrowIfNull(symbols);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Append(CultureInfo.InvariantCulture, $"<title>Live over backtest</title><style>\n{TearSheet.Asset("report.css")}</style></head>\n<body><main>\n");
        page.Append("<h1>Live over backtest</h1>\n");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"sub\">{overlay.BarsCompared:N0} bars and {overlay.DecisionsCompared:N0} wishes to enter alike, {overlay.Matched:N0} orders matched</p>\n");
        var unexplained = overlay.Count(DifferenceKind.Unexplained);
        if (unexplained > 0) page.Append(CultureInfo.InvariantCulture, $"<p class=\"mark\"><b>{unexplained:N0} differences are unexplained</b> by the fill model.</p>\n");
        page.Append("<div class=\"cards\">\n");
        TearSheet.Card(page, "equity", "Wallets", "By the fills of both sides: profit and loss less fees, funding left out.", isWide: true);
        foreach (var symbol in symbols.Take(12)) TearSheet.Card(page, "price-" + symbol.Symbol, $"Orders on price: {symbol.Symbol}", "The last 2,000 fills at most.", isWide: true);
        TearSheet.Card(page, "slippage", "Fills worse than the model", "Share of the price, below 0 better; one bar an order that both sides have.");
        TearSheet.Card(page, "kinds", "Differences", "By what they come from.");
        Numbers(page, overlay);
        Table(page, overlay);
        page.Append("</div>\n</main>\n<script type=\"application/json\" id=\"data\">");
        page.Append(Data(overlay, symbols));
        page.Append(CultureInfo.InvariantCulture, $"</script>\n<script>\n{TearSheet.ChartScript}{TearSheet.Asset("overlay.js")}</script>\n</body></html>\n");
        return page.ToString();
    }

    private static void Numbers(StringBuilder page, Overlay overlay)
    {
        (string Name, string Value)[] numbers =
        [
            ("orders matched", overlay.Matched.ToString("N0", CultureInfo.InvariantCulture)),
            ("only live", overlay.LiveOnly.ToString("N0", CultureInfo.InvariantCulture)),
            ("only in the backtest", overlay.BacktestOnly.ToString("N0", CultureInfo.InvariantCulture)),
            ("fills worse than the model, mean", overlay.MeanSlippageVersusModel?.ToString("P4", CultureInfo.InvariantCulture) ?? "none"),
            ("wallet, live", TearSheetNumbers.Money(overlay.LiveEquity[^1].Equity)),
            ("wallet, backtest", TearSheetNumbers.Money(overlay.BacktestEquity[^1].Equity)),
        ];
        page.Append("<section class=\"wide\"><h2>Numbers</h2><div class=\"pairs\">\n");
        foreach (var (name, value) in numbers) page.Append(CultureInfo.InvariantCulture, $"<div><span>{name}</span><b>{TearSheet.Text(value)}</b></div>\n");
        page.Append("</div></section>\n");
    }

    private static void Table(StringBuilder page, Overlay overlay)
    {
        page.Append("<section class=\"wide\"><h2>Every difference</h2><p class=\"hint\">What nothing explains first; 500 at most.</p><div class=\"pairs\">\n");
        foreach (var d in overlay.Differences.OrderByDescending(d => d.Kind == DifferenceKind.Unexplained).Take(RowsMax))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<div><span>{TearSheet.Text(d.Subject)} {TearSheet.Text(d.Field)}: {TearSheet.Text(d.Live)} live, {TearSheet.Text(d.Backtest)}</span><b>{d.Kind}</b></div>\n");
        }
        page.Append("</div></section>\n");
    }

    private static string Data(Overlay overlay, IReadOnlyList<SymbolSummary> symbols) => JsonSerializer.Serialize(
        new
        {
            live = Curve(overlay.LiveEquity),
            backtest = Curve(overlay.BacktestEquity),
            symbols = symbols.Take(12).Select(s => new { name = s.Symbol, time = s.Prices.Select(p => p.TimeMs), price = s.Prices.Select(p => (double)p.Price) }),
            marks = overlay.Pairs.SelectMany(Marks).TakeLast(MarksMax),
            slippage = overlay.Pairs.Where(p => p.SlippageVersusModel is not null).TakeLast(60).Select(p => new { name = p.Key, value = p.SlippageVersusModel }),
            kinds = Enum.GetValues<DifferenceKind>().Select(kind => new { name = kind.ToString(), value = overlay.Count(kind) }),
        },
        Json).Replace("</", "<\\/", StringComparison.Ordinal);

    private static IEnumerable<object> Marks(OrderPair pair)
    {
        if (pair.Live is { } live)
        {
            var kind = pair.Backtest is null ? "live" : pair.IsExplained ? "matched" : "unexplained";
            foreach (var mark in Marks(live, kind)) yield return mark;
        }
        if (pair.Backtest is { } backtest)
        {
            foreach (var mark in Marks(backtest, pair.Live is null ? "backtest" : "model")) yield return mark;
        }
    }

    private static IEnumerable<object> Marks(LoggedOrder order, string kind) => order.Fills.Select(f => new
    {
        symbol = order.Symbol,
        kind,
        x = f.TimeMs,
        y = (double)f.Price,
        up = order.Side == OrderSide.Buy,
    });

    private static object Curve(IReadOnlyList<EquityPoint> points) =>
        new { time = points.Select(p => p.TimeMs), equity = points.Select(p => (double)decimal.Round(p.Equity, 4)) };
}
