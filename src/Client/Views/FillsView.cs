using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>Fills, a row each.</summary>
public static class FillsView
{
    /// <summary>Draws them.</summary>
    public static IRenderable Render(IReadOnlyList<FillBody> fills)
    {
        if (fills.Count == 0) return new Markup("No fill.");
        var table = TableMaker.Create("Time (UTC)", "Account", "Symbol", "Side", ">Quantity", ">Price", ">Fee", ">PnL", "As", "Strategy~");
        foreach (var f in fills)
        {
            table.AddRow(
                Format.Time(f.TimeMs), Format.Text(f.Account), Format.Text(f.Symbol), Format.Side(f.Side), Format.Number(f.Quantity), Format.Number(f.Price),
                Format.Number(decimal.Round(f.Fee, 4)), Format.Signed(f.RealizedPnl), f.IsMaker ? "maker" : "taker", Format.Text(f.Strategy));
        }
        return table;
    }
}
