using Granary.Client.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Data.Import;

/// <summary>What an import did, as tables or as JSON.</summary>
public static class ImportView
{
    private const int LinesMax = 60;

    /// <summary>Draws it: a line for each file, then rows that were left out, then the sum.</summary>
    public static IRenderable Render(ImportResult result)
    {
        var table = TableMaker.Create("File~", "Symbol", "Kind", ">Rows", ">Written", ">There already", ">Invalid");
        var files = result.Parts.GroupBy(p => p.Part.Path, StringComparer.Ordinal).ToList();
        foreach (var file in files.Take(LinesMax))
        {
            var symbols = file.SelectMany(p => p.Symbols).Distinct(StringComparer.Ordinal).ToList();
            table.AddRow(
                Format.Text(Path.GetFileName(file.Key) + (file.Count() > 1 ? $" ({file.Count()} members)" : "")),
                Format.Text(symbols.Count is 1 or 2 ? string.Join(' ', symbols) : symbols.Count == 0 ? "-" : $"{symbols[0]} ..."),
                Format.Text(string.Join(' ', file.Select(p => p.Kind).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal))),
                Format.Count(file.Sum(p => p.Rows)), Format.Count(file.Sum(p => p.Tally.Added)), Format.Count(file.Sum(p => p.Tally.Present)),
                file.Sum(p => p.Invalid) is > 0 and var invalid ? $"[red]{Format.Count(invalid)}[/]" : "0");
        }
        var parts = new List<IRenderable> { table };
        if (files.Count > LinesMax) parts.Add(new Markup($"... and {Format.Count(files.Count - LinesMax)} more files; --json has all."));
        foreach (var part in result.Parts.Where(p => p.Error is not null).Take(LinesMax))
        {
            var withheld = part.Tally.Withheld > 0 ? $" ({Format.Count(part.Tally.Withheld)} rows of unfinished days are not written)" : "";
            parts.Add(new Markup($"[red]failed:[/] {Format.Text(part.Error + withheld)}"));
        }
        foreach (var part in result.Parts.Where(p => p.Error is null && p.Tally.Withheld > 0).Take(LinesMax))
            parts.Add(new Markup($"[red]withheld:[/] {Format.Text(part.Part.Name)}: {Format.Count(part.Tally.Withheld)} rows of a day that another file failed in"));
        var invalidRows = result.Parts.SelectMany(p => p.Offences.Select(o => DataText.Offence(p.Part.Name, o))).ToList();
        foreach (var line in invalidRows.Take(LinesMax)) parts.Add(new Markup("[red]invalid:[/] " + Format.Text(line)));
        parts.Add(new Markup(Verdict(result)));
        return new Rows(parts);
    }

    /// <summary>The same as an object for JSON.</summary>
    public static object ToBody(ImportResult result) => new
    {
        isClean = result.ExitCode == DataExit.Clean,
        isChanged = result.Changes.Count > 0,
        files = result.Parts.Select(p => new
        {
            file = p.Part.Path,
            member = p.Part.Member,
            symbols = p.Symbols,
            kind = p.Kind,
            rows = p.Rows,
            written = p.Tally.Added,
            present = p.Tally.Present,
            withheld = p.Tally.Withheld,
            invalid = p.Invalid,
            error = p.Error,
            first = p.Offences.Select(o => new { line = o.Line, field = o.Field, defect = DataText.Name(o.Defect), text = o.Text }),
        }),
        tapes = result.Changes.Select(c => new { file = c.Path, isNew = c.IsNew, rowsBefore = c.RowsBefore, rows = c.RowsAfter }),
    };

    private static string Verdict(ImportResult result)
    {
        var made = result.Changes.Count(c => c.IsNew);
        return result.Changes.Count == 0
            ? "Nothing has changed: no tape was written."
            : $"{Format.Count(result.Parts.Sum(p => p.Tally.Added))} rows written; {Format.Count(made)} tapes are new, {Format.Count(result.Changes.Count - made)} were changed.";
    }
}
