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
                Format.Text(p.Account), Format.Text(p.Symbol), Format.Number(p.Quantity), Format.Number(decimal.Round(p.EntryPrice, 8)), Format.Price(p.MarkPrice),
                p.StopPrice is { } stop ? Format.Number(decimal.Round(stop, 8)) : "-", Format.Signed(p.UnrealizedPnl), Format.Signed(p.RealizedPnl), Format.Text(p.Strategy));
        }
        return table;
    }
}
