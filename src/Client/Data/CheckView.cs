using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Data;

/// <summary>What a check found, as tables or as JSON.</summary>
public static class CheckView
{
    private const int LinesMax = 60, MembersMax = 3;

    /// <summary>Draws it: a line for each file, then what is wrong, then what is worth knowing.</summary>
    public static IRenderable Render(IReadOnlyList<PartReport> reports)
    {
        var parts = new List<IRenderable> { Files(reports) };
        foreach (var report in reports.Where(r => r.Error is not null)) parts.Add(new Markup($"[red]unreadable:[/] {Format.Text(report.Error!)}"));
        AddFindings(parts, reports, isNote: false);
        AddFindings(parts, reports, isNote: true);
        parts.Add(new Markup(Verdict(reports)));
        return new Rows(parts);
    }

    /// <summary>The same as an object for JSON.</summary>
    public static object ToBody(IReadOnlyList<PartReport> reports) => new
    {
        isClean = reports.All(r => r.IsClean),
        files = reports.Select(r => new
        {
            file = r.Part.Path,
            member = r.Part.Member,
            symbol = r.Part.Symbol,
            layout = r.Layout,
            rows = r.Summary.Rows,
            firstMs = r.Summary.FirstMs,
            lastMs = r.Summary.LastMs,
            low = r.Summary.Low,
            high = r.Summary.High,
            takerBuys = r.Summary.TakerBuys,
            error = r.Error,
            findings = r.Findings.Select(f => new
            {
                kind = DataText.Name(f.Kind),
                isNote = f.Kind.IsNote(),
                count = f.Count,
                detail = f.Detail,
                first = f.First.Select(p => new { line = p.Line, text = p.Text }),
            }),
        }),
    };

    private static Table Files(IReadOnlyList<PartReport> reports)
    {
        var table = TableMaker.Create("File~", "Layout", ">Rows", "From", "To", ">Wrong");
        foreach (var file in reports.GroupBy(r => r.Part.Path, StringComparer.Ordinal))
        {
            var read = file.Where(r => r.Error is null).ToList();
            var members = file.Count() > 1 ? $" ({file.Count()} members)" : "";
            var wrong = file.Sum(r => r.Findings.Count(f => !f.Kind.IsNote()) + (r.Error is null ? 0 : 1));
            table.AddRow(
                Format.Text(Path.GetFileName(file.Key) + members), Format.Text(string.Join(' ', read.Select(r => r.Layout).Distinct(StringComparer.Ordinal))),
                Format.Count(read.Sum(r => r.Summary.Rows)), DataText.Day(read.Min(r => r.Summary.FirstMs)), DataText.Day(read.Max(r => r.Summary.LastMs)),
                wrong > 0 ? $"[red]{Format.Count(wrong)}[/]" : "0");
        }
        return table;
    }

    private static void AddFindings(List<IRenderable> parts, IReadOnlyList<PartReport> reports, bool isNote)
    {
        var lines = reports.SelectMany(r => r.Findings.Where(f => f.Kind.IsNote() == isNote).Select(f => (Report: r, Finding: f)))
            .GroupBy(l => (l.Finding.Kind, l.Report.Part.Path)).OrderBy(g => g.Key.Kind).SelectMany(g => Lines([.. g])).ToList();
        if (lines.Count == 0) return;
        var table = TableMaker.Create(isNote ? "Worth knowing" : "Wrong", ">Count", "In~", "Detail, first place~");
        foreach (var line in lines.Take(LinesMax)) table.AddRow(isNote ? line[0] : $"[red]{line[0]}[/]", line[1], Format.Text(line[2]), Format.Text(line[3]));
        parts.Add(table);
        if (lines.Count > LinesMax) parts.Add(new Markup($"... and {Format.Count(lines.Count - LinesMax)} more; --json has all."));
    }

    // What many members of an archive share is one line with their symbols.
    private static IEnumerable<string[]> Lines(List<(PartReport Report, Finding Finding)> found)
    {
        if (found.Count > MembersMax)
        {
            var symbols = string.Join(' ', found.Select(f => f.Report.Part.Symbol.Length > 0 ? f.Report.Part.Symbol : f.Report.Part.Member));
            return [[found[0].Finding.Kind.Title(), Format.Count(found.Sum(f => f.Finding.Count)), Path.GetFileName(found[0].Report.Part.Path), symbols]];
        }
        return found.Select(f =>
        {
            var first = f.Finding.First.Count == 0 ? "" : Where(f.Finding.First[0]);
            var detail = string.Join("; ", new[] { f.Finding.Detail, first }.Where(t => t.Length > 0));
            return new[] { f.Finding.Kind.Title(), Format.Count(f.Finding.Count), Path.GetFileName(f.Report.Part.Member ?? f.Report.Part.Path), detail };
        });
    }

    private static string Where(FindingPlace place) => place.Line > 0 ? FormattableString.Invariant($"line {place.Line}: {place.Text}") : place.Text;

    private static string Verdict(IReadOnlyList<PartReport> reports)
    {
        var unreadable = reports.Count(r => r.Error is not null);
        if (unreadable > 0) return $"[red]{Format.Count(unreadable)} of {Format.Count(reports.Count)} files cannot be read.[/]";
        var wrong = reports.Count(r => !r.IsClean);
        return wrong > 0 ? $"[red]Something is wrong in {Format.Count(wrong)} of {Format.Count(reports.Count)} files.[/]" : "[green]Clean.[/]";
    }
}
