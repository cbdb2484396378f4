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
        // The column is worth its room only when there is something to tell apart.
        var hasStrategies = decisions.Select(d => d.Strategy).Distinct().Count() > 1;
        var table = TableMaker.Create([.. Row(hasStrategies, "Time (UTC)", "Symbol", ">Bar", "Strategy", "Wants", ">Strength", "Outcome", "Detail~")]);
        foreach (var d in decisions)
        {
            // A refusal is known by its reason; that it is one shows by the colour and by not being "Approved".
            var outcome = d.Outcome == "Approved" ? "[green]Approved[/]" : $"[yellow]{Format.Text(d.Reason.Length > 0 ? d.Reason : d.Outcome)}[/]";
            table.AddRow([.. Row(
                hasStrategies, Format.Time(d.TimeMs), Format.Text(d.Symbol), Format.Count(d.BarIndex), Format.Text(d.Strategy), $"{Format.Text(d.Kind)} {Format.Side(d.Side)}",
                d.Strength.ToString("0.00", CultureInfo.InvariantCulture), outcome, Format.Text(d.Detail))]);
        }
        return table;
    }

    private static IEnumerable<string> Row(bool hasStrategies, params string[] cells) => hasStrategies ? cells : cells.Where((_, index) => index != 3);
}
