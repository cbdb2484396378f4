using Spectre.Console;

namespace Granary.Client.Views;

/// <summary>Makes tables of one look.</summary>
public static class TableMaker
{
    /// <summary>A table with the named columns; a name that starts with &gt; is right-aligned, one that ends with ~ may wrap.</summary>
    public static Table Create(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var name in columns)
        {
            var right = name.StartsWith('>');
            var wraps = name.EndsWith('~');
            var column = new TableColumn($"[bold]{Markup.Escape(name.TrimStart('>').TrimEnd('~'))}[/]") { NoWrap = !wraps, Padding = new Padding(0, 0, 1, 0) };
            if (right) column.Alignment = Justify.Right;
            table.AddColumn(column);
        }
        return table;
    }

    /// <summary>A two-column list of names and values.</summary>
    public static Grid Pairs(params (string Name, string Value)[] rows)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(1, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in rows) grid.AddRow($"[grey]{Markup.Escape(name)}[/]", value);
        return grid;
    }
}
