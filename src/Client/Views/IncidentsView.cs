using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>Incidents, a row each.</summary>
public static class IncidentsView
{
    /// <summary>Draws them.</summary>
    public static IRenderable Render(IReadOnlyList<IncidentBody> incidents)
    {
        if (incidents.Count == 0) return new Markup("No incident.");
        var table = TableMaker.Create("Time (UTC)", "Scope~", "Kind", "Seen~", "Done~", "Result~");
        foreach (var i in incidents)
            table.AddRow(Format.Time(i.TimeMs), Format.Text(i.Scope), Format.Text(i.Kind), Format.Text(i.Seen), Format.Text(i.Done), Format.Text(i.Result));
        return table;
    }
}
