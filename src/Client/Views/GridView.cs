using System.Globalization;
using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>A grid: how it stands, its sides, and the ladder.</summary>
public static class GridView
{
    /// <summary>One grid.</summary>
    public static IRenderable Render(GridBody g)
    {
        var net = g.RealizedProfit - g.Fees - g.FundingPaid;
        var parts = new List<IRenderable>
        {
            new Markup($"[bold]{Format.Text(g.Symbol)}[/] on {Format.Text(g.Account)}: {State(g.State)}{(g.Reason.Length > 0 ? $" ({Format.Text(g.Reason)})" : "")}"),
            TableMaker.Pairs(
                ("bid / ask", $"{Format.Price(g.BidPrice)} / {Format.Price(g.AskPrice)}"),
                ("inventory", $"{Format.Number(g.Inventory)}, {g.OpenOrders} orders open"),
                ("net profit", $"{Format.Signed(net)} (closed {Format.Money(g.RealizedProfit)}, fees {Format.Money(g.Fees)}, funding {Format.Money(-g.FundingPaid)})"),
                ("margin", $"{Format.Money(g.MarginUsed)} of {Format.Money(g.MarginMax)}; the gate allows {Format.Money(g.NotionalMax)} a side"),
                ("leverage", g.Leverage == 0 ? "-" : g.Leverage == g.LeverageTarget ? $"{g.Leverage}" : $"{g.Leverage}, to be {g.LeverageTarget}"),
                ("maker share", $"{Share(g.MakerRatio)}, {(g.UnexpectedTakerNotional > 0 ? $"[red]{Format.Money(g.UnexpectedTakerNotional)} took unasked[/]" : "nothing took unasked")}"),
                ("rejects in a row", g.IsRejecting ? $"[red]{g.RejectsInRow}[/]" : $"{g.RejectsInRow}")),
        };
        foreach (var ladder in g.Ladders) parts.AddRange(Ladder(ladder));
        return new Rows(parts);
    }

    private static IEnumerable<IRenderable> Ladder(GridLadderBody l)
    {
        string[] waits = [.. new[] { l.IsStopped ? "stopped" : "", l.IsCashShort ? "waits for margin" : "", l.IsMoveWaiting ? "levels wait to move" : "" }.Where(w => w.Length > 0)];
        yield return new Markup($"[bold]{Format.Text(l.Side)}[/] {l.RungCount} rungs{(waits.Length > 0 ? $" [yellow]{string.Join(", ", waits)}[/]" : "")}");
        yield return TableMaker.Pairs(
            ("limit / boundary", $"{Price(l.Limit)} / {Price(l.Boundary)}"),
            ("global stop", Price(l.StopPrice)),
            ("liquidation line", Price(l.LiquidationPrice)),
            ("average entry", $"{Price(l.AverageEntry)} of {Format.Number(l.Held)}"),
            ("round trips", $"{Format.Count(l.Trips)}, saturations {Format.Count(l.Saturations)}"));
        var table = TableMaker.Create(">Rung", "State", ">Level", ">Take-profit", ">Quantity", ">Held", ">Entry", ">Rejects");
        foreach (var r in l.Rungs)
        {
            table.AddRow(
                $"{r.Rung}", Format.Text(r.State), Price(r.Price), Price(r.TakeProfit), Format.Number(r.Quantity), Format.Number(r.Held), Price(r.EntryPrice),
                r.Rejects > 0 ? $"[yellow]{r.Rejects}[/]" : "0");
        }

        yield return table;
    }

    /// <summary>Levels have many digits; eight after the point are the venue's most.</summary>
    private static string Price(decimal? value) => value is { } price ? Format.Number(decimal.Round(price, 8)) : "-";

    private static string Share(decimal? share) => share is { } known ? known.ToString("0.00 %", CultureInfo.InvariantCulture) : "no fill yet";

    private static string State(string state) => state switch
    {
        "Trading" => "[green]Trading[/]",
        "Paused" or "Idle" => $"[yellow]{state}[/]",
        _ => $"[red]{Format.Text(state)}[/]",
    };
}
