using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Data;

/// <summary>What files hold, as tables or as JSON.</summary>
public static class ShowView
{
    /// <summary>Draws one file with its rows, or a line for each member of an archive.</summary>
    public static IRenderable Render(IReadOnlyList<DataShow> parts) => parts.Count == 1 ? One(parts[0]) : List(parts);

    /// <summary>The same as an object for JSON.</summary>
    public static object ToBody(IReadOnlyList<DataShow> parts) => parts.Select(p => new
    {
        file = p.Part.Path,
        member = p.Part.Member,
        symbol = p.Part.Symbol,
        layout = p.Layout,
        rows = p.Summary.Rows,
        skipped = p.Skipped,
        firstMs = p.Summary.FirstMs,
        lastMs = p.Summary.LastMs,
        low = p.Summary.Low,
        high = p.Summary.High,
        tick = p.Summary.Tick,
        step = p.Summary.Step,
        takerBuys = p.Summary.TakerBuys,
        kinds = p.Kinds.Count > 0 ? p.Kinds : null,
        columns = p.Tail.Names,
        first = p.Tail.First,
        last = p.Tail.Last,
    });

    private static Rows One(DataShow part)
    {
        var summary = part.Summary;
        var pairs = TableMaker.Pairs(
            ("file", Format.Text(Path.GetFileName(part.Part.Path) + (part.Part.Member is { } member ? "!" + member : ""))),
            ("symbol", Or(Format.Text(part.Part.Symbol))),
            ("layout", part.Layout),
            ("rows", Format.Count(summary.Rows) + (part.Skipped > 0 ? $" [red]and {Format.Count(part.Skipped)} invalid[/]" : "")),
            ("span (UTC)", $"{DataText.Time(summary.FirstMs)} to {DataText.Time(summary.LastMs)}"),
            ("prices", summary.Low is { } low && summary.High is { } high ? $"{Format.Number(low)} to {Format.Number(high)}" : "-"),
            ("tick", summary.Tick is { } tick ? Format.Number(tick) : "-"),
            ("step", summary.Step is { } step ? Format.Number(step) : "-"),
            ("taker buys", summary.TakerBuys is { } buys ? Format.Count(buys) : "-"));
        var parts = new List<IRenderable> { pairs };
        if (part.Kinds.Count > 0) parts.Add(TableMaker.Pairs([.. part.Kinds.Select(k => (k.Key, Format.Count(k.Value)))]));
        if (part.Tail.First.Count > 0) parts.Add(RowsOf(part.Tail));
        return new Rows(parts);
    }

    private static string Or(string text) => text.Length > 0 ? text : "-";

    private static Table RowsOf(RowTail tail)
    {
        var table = TableMaker.Create([.. tail.Names.Select((n, i) => (i == 0 ? ">" : "") + n)]);
        foreach (var row in tail.First) table.AddRow([.. row.Select(Format.Text)]);
        var last = tail.Last.ToList();
        if (last.Count > 0) table.AddRow([.. tail.Names.Select((_, i) => i == 0 ? "..." : "")]);
        foreach (var row in last) table.AddRow([.. row.Select(Format.Text)]);
        return table;
    }

    private static Table List(IReadOnlyList<DataShow> parts)
    {
        var table = TableMaker.Create("Member~", "Layout", ">Rows", "From", "To", ">Low", ">High", ">Tick");
        foreach (var part in parts)
        {
            var s = part.Summary;
            table.AddRow(
                Format.Text(Path.GetFileName(part.Part.Member ?? part.Part.Path)), part.Layout, Format.Count(s.Rows), DataText.Day(s.FirstMs), DataText.Day(s.LastMs),
                s.Low is { } low ? Format.Number(low) : "-", s.High is { } high ? Format.Number(high) : "-", s.Tick is { } tick ? Format.Number(tick) : "-");
        }
        return table;
    }
}
