using Granary.Backtest.Reports;
using Granary.Backtest.Results;
using Granary.Client.Data;
using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Backtests;

/// <summary>A run's most important numbers.</summary>
internal static class BacktestView
{
    public static IRenderable Render(BacktestResult result, BacktestReport report, string? page)
    {
        var daily = report.Daily;
        var parts = new List<IRenderable>
        {
            TableMaker.Pairs(
            [
                ("symbols", Format.Text(string.Join(", ", result.Symbols.Select(s => s.Symbol)))),
                ("span (UTC)", $"{DataText.Time(result.StartMs)} to {DataText.Time(result.EndMs)}"),
                ("events", Format.Count(result.Symbols.Sum(s => s.Events))),
                ("bars", Format.Count(result.Symbols.Sum(s => s.Bars))),
                ("orders, fills", $"{Format.Count(report.Orders)}, {Format.Count(report.Fills)}"),
                ("trades", $"{Format.Count(report.Trades.Trades)}, {Share(report.Trades.WinRate)} won"),
                ("net PnL", Signed(report.NetPnl)),
                ("by prices alone", Signed(report.GrossPnl)),
                ("fees, funding, slippage", $"{Money(report.Fees)}, {Money(report.Funding)}, {Money(report.SlippageCost)}"),
                ("Sharpe, Sortino", $"{Plain(daily.Sharpe)}, {Plain(daily.Sortino)}"),
                ("deepest drawdown", Share(report.DeepestDrawdown)),
                ("maker share", Share(report.MakerShare)),
                ("liquidations", Format.Count(report.Liquidations)),
                ("refused", Format.Text(
                    report.Refusals.Count == 0 ? "0"
                    : string.Join(", ", report.Refusals.OrderByDescending(r => r.Value).Select(r => $"{r.Key} {Format.Count(r.Value)}")))),
                ("order list", report.OrderHash),
                .. page is null ? [] : new[] { ("report", Format.Text(page)) },
            ]),
        };
        foreach (var warning in report.Warnings)
            parts.Add(new Markup($"[yellow]{warning.Name}[/] {Format.Text(warning.Message)} ({warning.Explanation})"));
        if (report.SlippageSensitivity.Count > 0)
        {
            var table = TableMaker.Create("Slippage", ">Net PnL", ">Sharpe", ">Trades");
            foreach (var s in report.SlippageSensitivity) table.AddRow($"x{s.Scale}", Money(s.NetPnl), Plain(s.Sharpe), Format.Count(s.Trades));
            parts.Add(table);
        }
        var groups = report.Groups.Where(g => g.By is "signal" or "side" or "symbol" or "exit").ToList();
        if (groups.Count > 0)
        {
            var table = TableMaker.Create("By", "Group", ">Trades", ">Won", ">Net PnL", ">Expectancy");
            foreach (var g in groups)
            {
                table.AddRow(
                    g.By, Format.Text(g.Group), Format.Count(g.Trades.Trades), Share(g.Trades.WinRate), Money(g.Trades.NetProfit),
                    Plain(g.Trades.Expectancy));
            }
            parts.Add(table);
        }
        return new Rows(parts);
    }

    public static string Plain(double? value) => value is { } v ? FormattableString.Invariant($"{v:0.00}") : "-";

    public static string Share(double? value) => value is { } v ? FormattableString.Invariant($"{v * 100:0.00} %") : "-";

    public static string Money(decimal value) => FormattableString.Invariant($"{value:#,0.00}");

    private static string Signed(decimal value) => value < 0 ? $"[red]{Money(value)}[/]" : $"[green]{Money(value)}[/]";
}
