using System.Globalization;
using Granary.Backtest.Parity;
using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Backtests;

/// <summary>A live run over its backtest, for the console.</summary>
internal static class OverlayView
{
    private const int RowsMax = 200;

    public static IRenderable Render(Overlay overlay, string? page)
    {
        var numbers = TableMaker.Pairs(
            ("bars alike", Format.Count(overlay.BarsCompared)),
            ("wishes to enter alike", Format.Count(overlay.DecisionsCompared)),
            ("orders matched", Format.Count(overlay.Matched)),
            ("only live", Format.Count(overlay.LiveOnly)),
            ("only in the backtest", Format.Count(overlay.BacktestOnly)),
            ("fills worse than the model, mean", overlay.MeanSlippageVersusModel?.ToString("P4", CultureInfo.InvariantCulture) ?? "-"),
            ("wallet, live", Format.Money(overlay.LiveEquity[^1].Equity)),
            ("wallet, backtest", Format.Money(overlay.BacktestEquity[^1].Equity)));
        var table = TableMaker.Create("Order", "Field", ">Live", ">Backtest", "Because of");
        var rows = overlay.Differences.OrderByDescending(d => d.Kind == DifferenceKind.Unexplained).ToList();
        foreach (var d in rows.Take(RowsMax))
        {
            var kind = d.Kind == DifferenceKind.Unexplained ? "[red]unexplained[/]" : d.Kind.ToString().ToLowerInvariant();
            table.AddRow(Format.Text(d.Subject), Format.Text(d.Field), Format.Text(d.Live), Format.Text(d.Backtest), kind);
        }
        var parts = new List<IRenderable>
        {
            new Markup(overlay.IsExplained
                ? "[green]the fill model explains every difference[/]"
                : FormattableString.Invariant($"[red]{overlay.Count(DifferenceKind.Unexplained)} differences are unexplained[/]")),
            numbers,
        };
        if (rows.Count > 0) parts.Add(table);
        if (rows.Count > RowsMax) parts.Add(new Markup(FormattableString.Invariant($"and {rows.Count - RowsMax} more; --json has all of them")));
        if (page is not null) parts.Add(new Markup(Format.Text(page)));
        return new Rows(parts);
    }
}
