using System.Globalization;
using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>Decisions, a row each.</summary>
public static class DecisionsView
{
    /// <summary>Draws them.</summary>
    public static IRenderable Render(IReadOnlyList<DecisionBody> decisions)
    {
        if (decisions.Count == 0) return new Markup("No decision yet.");
        var table = TableMaker.Create("Time (UTC)", "Symbol", "Strategy", "For", "Side", ">Strength", ">Bar", "Outcome", "Detail~");
        foreach (var d in decisions)
        {
            var outcome = d.Outcome == "Approved" ? "[green]Approved[/]" : $"[yellow]{Format.Text(d.Outcome)}[/]";
            var detail = d.Reason.Length > 0 ? $"{d.Reason} {d.Detail}" : d.Detail;
            table.AddRow(
                Format.Time(d.TimeMs), Format.Text(d.Symbol), Format.Text(d.Strategy), Format.Text(d.Kind), Format.Side(d.Side),
                d.Strength.ToString("0.00", CultureInfo.InvariantCulture), Format.Count(d.BarIndex), outcome, Format.Text(detail));
        }
        return table;
    }
}
