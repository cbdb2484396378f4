using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>Positions, a row each.</summary>
public static class PositionsView
{
    /// <summary>Draws them.</summary>
    public static IRenderable Render(IReadOnlyList<PositionBody> positions)
    {
        if (positions.Count == 0) return new Markup("No open position.");
        var table = TableMaker.Create("Account", "Symbol", ">Quantity", ">Entry", ">Mark", ">Stop", ">Unrealised", ">Realised", "Strategy~");
        foreach (var p in positions)
        {
            table.AddRow(
                Format.Text(p.Account), Format.Text(p.Symbol), Format.Number(p.Quantity), Format.Price(decimal.Round(p.EntryPrice, 8)), Format.Price(p.MarkPrice),
                Stop(p), Format.Signed(p.UnrealizedPnl), Format.Signed(p.RealizedPnl), Format.Text(p.Strategy));
        }
        var stops = positions.Where(p => p is { Quantity: not 0, StopState.Length: > 0 }).Select(p => new Markup(StopLine(p))).ToArray();
        return stops.Length == 0 ? table : new Rows([table, .. stops]);
    }

    private static string Stop(PositionBody p) => p switch
    {
        { Quantity: 0 } or { StopPrice: null } => "-",
        { StopPrice: { } price } => Format.Number(decimal.Round(price, 8)),
    };

    /// <summary>What protects the position should the engine die.</summary>
    private static string StopLine(PositionBody p)
    {
        var name = $"{Format.Text(p.Account)} {Format.Text(p.Symbol)}";
        return p.StopState switch
        {
            "Resting" => $"{name}: [green]the stop rests at the venue[/]",
            "None" => $"{name}: [red]no stop at the venue[/]{(p.StopReason.Length > 0 ? $": {Format.Text(p.StopReason)}" : "")}",
            var state => $"{name}: [yellow]the stop at the venue is {Format.Text(state)}[/]",
        };
    }
}
