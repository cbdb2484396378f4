using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>Levels of the log, a row each.</summary>
public static class LogLevelsView
{
    /// <summary>Draws them.</summary>
    public static IRenderable Render(LogLevelsBody body)
    {
        var table = TableMaker.Create("Source", "Level");
        foreach (var (source, level) in body.Levels.OrderBy(static l => l.Key, StringComparer.Ordinal)) table.AddRow(Format.Text(source), Format.Text(level));
        return table;
    }
}
