using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>The live screen.</summary>
public static class WatchView
{
    /// <summary>Draws it.</summary>
    public static IRenderable Render(WatchLook look)
    {
        var parts = new List<IRenderable>();
        if (look.Failure.Length > 0) parts.Add(new Markup($"[red]What follows is old:[/] {Format.Text(look.Failure)}"));
        parts.Add(StatusView.Render(look.Status.Value));
        parts.Add(new Markup("[bold]Positions[/]"));
        parts.Add(PositionsView.Render(look.Positions));
        parts.Add(new Markup("[bold]Decisions[/]"));
        parts.Add(DecisionsView.Render(look.Decisions));
        parts.Add(new Markup("[bold]Incidents[/]"));
        parts.Add(IncidentsView.Render(look.Incidents));
        parts.Add(new Markup("[grey]Ctrl-C leaves.[/]"));
        return new Rows(parts);
    }

    /// <summary>One line, for outputs that are not a terminal.</summary>
    public static string Line(WatchLook look)
    {
        var status = look.Status.Value;
        if (look.Failure.Length > 0) return $"{Format.Time(status.NowMs)} old: {Format.Clean(look.Failure)}";
        var accounts = status.Accounts.Select(a => $"{a.Account} {a.State} equity {Format.Money(a.Equity)} day {Format.Money(a.DayPnl)} live {a.LiveOrders} unknown {a.UnknownOrders}");
        return Format.Clean(
            $"{Format.Time(status.NowMs)} {status.Status} | {string.Join(" | ", accounts)} | trades {Format.Count(status.Symbols.Sum(s => s.Trades))} "
            + $"bars {Format.Count(status.Symbols.Sum(s => s.Bars))} positions {look.Positions.Count} problems {status.Problems.Count}");
    }
}
