using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>Orders, a row each.</summary>
public static class OrdersView
{
    /// <summary>Draws them.</summary>
    public static IRenderable Render(IReadOnlyList<OrderBody> orders)
    {
        if (orders.Count == 0) return new Markup("No order.");
        var table = TableMaker.Create("Time (UTC)", "Symbol", "For", "Side", ">Quantity", ">Filled", ">Price", "Status", "Id~");
        foreach (var o in orders)
        {
            table.AddRow(
                Format.Time(o.TimeMs), Format.Text(o.Symbol), Format.Text(o.Purpose), Format.Side(o.Side), Format.Number(o.Quantity),
                Format.Number(o.ExecutedQuantity), o.Price is { } price ? Format.Number(price) : Format.Text(o.Type), Status(o.Status), Format.Text(o.ClientOrderId));
        }
        return table;
    }

    private static string Status(string status) => status switch
    {
        "Filled" => "[green]Filled[/]",
        "Unknown" or "Rejected" => $"[red]{status}[/]",
        _ => Format.Text(status),
    };
}
