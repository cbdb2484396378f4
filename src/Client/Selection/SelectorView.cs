using Granary.Backtest.Selection;
using Granary.Client.Backtests;
using Granary.Client.Data;
using Granary.Client.Views;
using Granary.Engine.Selection;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Selection;

/// <summary>What a run of the selector came to, for the screen.</summary>
internal static class SelectorView
{
    private const int NamesMax = 6;

    public static IRenderable Render(SelectorResult result, IReadOnlyList<string> left, string? page)
    {
        var first = result.Variants[0];
        var parts = new List<IRenderable>
        {
            TableMaker.Pairs(
            [
                ("symbols", Format.Count(first.Result.Symbols.Count)),
                ("span (UTC)", $"{DataText.Time(first.Result.StartMs)} to {DataText.Time(first.Result.EndMs)}"),
                ("selections", Format.Count(result.Selections)),
                ("net exposure, mean", BacktestView.Share(first.Neutrality.NetExposureMean)),
                ("net exposure, farthest", BacktestView.Share(first.Neutrality.NetExposureAbsMax)),
                ($"beta to {first.Neutrality.Benchmark}", BacktestView.Plain(first.Neutrality.Beta)),
                ("beta of longs, shorts", $"{BacktestView.Plain(first.Neutrality.BetaLongs)}, {BacktestView.Plain(first.Neutrality.BetaShorts)}"),
                ("longs, shorts", $"{BacktestView.Money(first.Longs.NetPnl)}, {BacktestView.Money(first.Shorts.NetPnl)}"),
                ("capital at 1 % of volume", BacktestView.Plain(first.Capacity.CapitalAtOnePercent)),
                ("capital where impact eats all", BacktestView.Plain(first.Capacity.CapitalBreakEven)),
                ("below minimum, unfilled", $"{Format.Count(first.BelowMinimum)}, {Format.Count(first.Unfilled)}"),
                .. page is null ? [] : new[] { ("report", Format.Text(page)) },
            ]),
            Variants(result),
            Excluded(result),
        };
        if (left.Count > 0) parts.Add(new Markup($"[yellow]not read, because another file holds the same symbol:[/] {Format.Text(string.Join(", ", left))}"));
        return new Rows(parts);
    }

    private static Table Variants(SelectorResult result)
    {
        var table = TableMaker.Create(
            ">Hold", ">Offset", ">Net PnL", ">Sharpe", ">Drawdown", ">Turnover", ">Fees", ">Funding", ">Slippage", ">Trades", ">Beta");
        foreach (var at in result.Variants)
        {
            var row = SelectorRow.Of(at);
            table.AddRow(
                Format.Count(at.Variant.HoldCandles), Format.Count(at.Variant.Offset), BacktestView.Money(row.NetPnl), BacktestView.Plain(row.Sharpe),
                BacktestView.Share(row.Drawdown), BacktestView.Money(row.Turnover), BacktestView.Money(row.Fees), BacktestView.Money(row.Funding),
                BacktestView.Money(row.Slippage), Format.Count(row.Trades), BacktestView.Plain(at.Neutrality.Beta));
        }
        return table;
    }

    /// <summary>By reason. Ranking low is the rule at work and named in the file only.</summary>
    private static Table Excluded(SelectorResult result)
    {
        var table = TableMaker.Create("Left out", ">Symbols", "Which");
        foreach (var reason in result.Exclusions.GroupBy(exclusion => exclusion.Reason).OrderBy(group => group.Key))
        {
            var names = reason.OrderByDescending(exclusion => exclusion.Runs).ThenBy(exclusion => exclusion.Symbol, StringComparer.Ordinal)
                .Select(exclusion => exclusion.Symbol).ToList();
            var which = reason.Key == DropReason.BelowRank ? "" : string.Join(", ", names.Take(NamesMax)) + (names.Count > NamesMax ? ", …" : "");
            table.AddRow(reason.Key.ToString(), Format.Count(names.Count), Format.Text(which));
        }
        return table;
    }
}
