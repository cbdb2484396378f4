using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>The whole picture on one screen: what is wrong comes first.</summary>
public static class StatusView
{
    /// <summary>Draws it.</summary>
    public static IRenderable Render(StatusBody status)
    {
        var parts = new List<IRenderable> { new Markup(Head(status)) };
        foreach (var problem in status.Problems) parts.Add(new Markup($"[red]problem:[/] {Format.Text(problem)}"));
        foreach (var note in status.Notes) parts.Add(new Markup($"[yellow]note:[/] {Format.Text(note)}"));
        parts.Add(Accounts(status.Accounts));
        parts.Add(SymbolView.RenderList(status.Symbols));
        return new Rows(parts);
    }

    private static string Head(StatusBody status)
    {
        var health = status.Status == "healthy" ? "[green]healthy[/]" : $"[red]{Format.Text(status.Status)}[/]";
        var money = status.RealMoney ? "[red]REAL MONEY[/]" : "no real money";
        var market = status.Market.Length > 0 ? $", {Format.Text(status.Market)} market" : "";
        return $"[bold]Granary[/] {Format.Text(status.Version)}, engine {Format.Text(status.Engine)}: {health}, "
            + $"up {Format.Age(status.NowMs - status.StartedMs)}, {Format.Time(status.NowMs)} UTC\n"
            + $"venue {Format.Text(status.Venue)} ({money}){market}\n"
            + $"actors on {Format.Text(status.Runtime)}";
    }

    private static Table Accounts(IReadOnlyList<AccountBody> accounts)
    {
        var table = TableMaker.Create(
            "Account", "State", ">Wallet", ">Equity", ">Day PnL", ">Gross", ">Live", ">Unknown", ">Approved", ">Refused");
        foreach (var a in accounts)
        {
            table.AddRow(
                Format.Text(a.Account), Format.State(a.State), Format.Money(a.Wallet), Format.Money(a.Equity), Format.Signed(a.DayPnl),
                Format.Money(a.GrossNotional), Format.Count(a.LiveOrders), a.UnknownOrders > 0 ? $"[red]{a.UnknownOrders}[/]" : "0",
                Format.Count(a.Approvals), Format.Count(a.Refusals.Values.Sum()));
        }
        return table;
    }
}
