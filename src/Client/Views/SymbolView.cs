using System.Text.Json;
using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>Symbols: a row each, or one with its last bar and decision.</summary>
public static class SymbolView
{
    private const long StaleMs = 10_000;

    /// <summary>A row for each symbol.</summary>
    public static IRenderable RenderList(IReadOnlyList<SymbolBody> symbols)
    {
        var table = TableMaker.Create("Symbol", ">Last", ">Bid", ">Ask", ">Data age", ">Trades", ">Refused", ">Bars", ">Holes");
        foreach (var s in symbols)
        {
            if (s.Error.Length > 0)
            {
                table.AddRow(Format.Text(s.Symbol), "[red]no answer[/]", "-", "-", "-", "-", "-", "-", "-");
                continue;
            }
            var age = Format.Age(s.DataAgeMs);
            table.AddRow(
                Format.Text(s.Symbol), Format.Price(s.LastPrice), Format.Price(s.BidPrice), Format.Price(s.AskPrice),
                s.DataAgeMs > StaleMs ? $"[red]{age}[/]" : age, Format.Count(s.Trades), Format.Count(s.Rejects.Values.Sum()), Format.Count(s.Bars),
                s.Holes > 0 ? $"[yellow]{Format.Count(s.Holes)}[/]" : "0");
        }
        return table;
    }

    /// <summary>One symbol.</summary>
    public static IRenderable Render(SymbolBody s)
    {
        // Without backups there is no verdict to show.
        (string, string)[] feed = s.Feed.Length > 0 ? [("market feed", Format.Text(s.Feed))] : [];
        var parts = new List<IRenderable>
        {
            new Markup($"[bold]{Format.Text(s.Symbol)}[/]"),
            TableMaker.Pairs(
            [
                ("last price", Format.Price(s.LastPrice)),
                ("bid / ask", $"{Format.Price(s.BidPrice)} / {Format.Price(s.AskPrice)}"),
                ("mark price", Format.Price(s.MarkPrice)),
                ("last trade", $"{Format.Time(s.LastTradeTimeMs)} UTC, data age {Format.Age(s.DataAgeMs)}"),
                ("trades", $"{Format.Count(s.Trades)}, next id {s.NextId}, holes {Format.Count(s.Holes)}"),
                ("refused trades", s.Rejects.Count == 0 ? "none" : Format.Text(string.Join(", ", s.Rejects.Select(r => $"{r.Key} {r.Value}")))),
                ("bars", $"{Format.Count(s.Bars)}, closing at {Format.Number(s.VolumeThreshold)}, digest {Format.Text(s.BarDigest)}"),
                ("protection", s.Guard.Length > 0 ? Format.Text(s.Guard) : "none"),
                .. feed,
            ]),
        };
        Add(parts, "order book", s.Book);
        Add(parts, "last minute", s.LastMinute);
        Add(parts, "last bar", s.LastBar);
        Add(parts, "last decision", s.LastDecision);
        return new Rows(parts);
    }

    private static void Add(List<IRenderable> parts, string title, JsonElement? json)
    {
        if (json is not { ValueKind: not JsonValueKind.Null } element) return;
        parts.Add(new Markup($"[bold]{title}[/]"));
        if (element.ValueKind != JsonValueKind.Object)
        {
            parts.Add(new Text(Format.Clean(element.ToString())));
            return;
        }
        var members = element.EnumerateObject().ToList();
        parts.Add(TableMaker.Pairs([.. members.Where(m => !IsTable(m.Value) && !HasTable(m.Value)).Select(m => (Format.Clean(m.Name), Format.Text(Value(m.Value))))]));
        foreach (var member in members.Where(m => IsTable(m.Value)))
        {
            parts.Add(new Text(Format.Clean(member.Name)));
            parts.Add(RowsOf(member.Value));
        }
        foreach (var member in members.Where(m => HasTable(m.Value))) Add(parts, $"{title}: {Format.Text(member.Name)}", member.Value);
    }

    private static bool HasTable(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any(m => IsTable(m.Value));

    private static bool IsTable(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object);

    private static Table RowsOf(JsonElement array)
    {
        var names = array.EnumerateArray().SelectMany(row => row.EnumerateObject().Select(m => m.Name)).Distinct().ToList();
        var table = TableMaker.Create([.. names.Select(n => Format.Clean(n) + "~")]);
        foreach (var row in array.EnumerateArray())
            table.AddRow([.. names.Select(n => row.TryGetProperty(n, out var value) ? Format.Text(Value(value)) : "-")]);
        return table;
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole.ToString(System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.Number => value.GetDouble().ToString("G8", System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Null => "-",
        _ => value.ToString(),
    };
}
