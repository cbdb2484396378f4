using System.Globalization;
using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>What orders cost against their arrival prices, beside what was expected. Above 0 is a cost.</summary>
public static class SlippageView
{
    /// <summary>Draws the sums, a row for each strategy, symbol and purpose.</summary>
    public static IRenderable Render(IReadOnlyList<SlippageBody> groups)
    {
        if (groups.Count == 0) return new Markup("No order is over yet.");
        var table = TableMaker.Create(
            "Symbol", "Orders of~", ">Number", ">Bps", ">P95", ">Expected", ">Bias", ">Delay", ">Spread", ">Impact", ">Fees");
        foreach (var g in groups)
        {
            table.AddRow(
                Format.Text(g.Symbol), Format.Text($"{g.Strategy} {g.Purpose}"), Format.Count(g.Orders), Bps(g.MeanBps), Bps(g.P95Bps),
                Bps(g.ForecastBps), Bps(g.BiasBps), Format.Money(g.DelayQuote), Format.Money(g.SpreadQuote), Format.Money(g.ImpactQuote), Format.Money(g.Fees));
        }
        return table;
    }

    /// <summary>Draws orders, a row each.</summary>
    public static IRenderable RenderOrders(IReadOnlyList<OrderCostBody> orders)
    {
        if (orders.Count == 0) return new Markup("No order.");
        var table = TableMaker.Create("Time (UTC)", "Symbol", "Side", ">Filled", ">Arrival", ">Average", ">Bps", ">Expected", "By", "Order~");
        foreach (var o in orders)
        {
            table.AddRow(
                Format.Time(o.TimeMs), Format.Text(o.Symbol), Format.Side(o.Side), $"{Format.Number(o.Filled)}{(o.IsOver ? "" : "...")}",
                Format.Number(decimal.Round(o.ArrivalPrice, 4)), o.AveragePrice is { } average ? Format.Number(decimal.Round(average, 4)) : "-", Bps(o.Bps),
                Bps(o.ForecastBps), o.ForecastBasis.Length > 0 ? Format.Text(o.ForecastBasis) : "-", Format.Text(o.ClientOrderId));
        }
        return table;
    }

    private static string Bps(double? value) => value is { } bps ? bps.ToString("0.00", CultureInfo.InvariantCulture) : "-";
}
