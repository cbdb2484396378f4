using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>One account in full.</summary>
public static class AccountView
{
    /// <summary>Draws it.</summary>
    public static IRenderable Render(AccountBody a)
    {
        var reason = a.StateReason.Length > 0 ? $": {Format.Text(a.StateReason)}" : "";
        var parts = new List<IRenderable>
        {
            new Markup($"[bold]{Format.Text(a.Account)}[/] {Format.State(a.State)}{reason}"),
            TableMaker.Pairs(
                ("equity", Format.Money(a.Equity)),
                ("wallet", $"{Format.Number(a.Wallet)} (venue says {Format.Number(a.VenueWallet)})"),
                ("wallet =", $"{Format.Number(a.InitialWallet)} at the start, {Format.Number(a.RealizedPnl)} realised, -{Format.Number(a.Fees)} fees, {Format.Number(a.OtherFlows)} other"),
                ("of the other", $"{Format.Number(a.Funding)} funding, {Format.Number(a.Transfers)} transfers, {Format.Number(a.OtherFlows - a.Funding - a.Transfers)} unexplained"),
                ("unrealised PnL", Format.Signed(a.UnrealizedPnl)),
                ("PnL of the UTC day", Format.Signed(a.DayPnl)),
                ("gross / net notional", $"{Format.Money(a.GrossNotional)} / {Format.Money(a.NetNotional)}"),
                ("orders", $"{a.LiveOrders} live, {a.UnknownOrders} with unknown outcome, {Format.Money(a.ReservedNotional)} reserved"),
                ("proposals", $"{Format.Count(a.Approvals)} approved, {Format.Count(a.Refusals.Values.Sum())} refused")),
        };
        if (a.Refusals.Count > 0)
        {
            var table = TableMaker.Create("Refused because", ">Times");
            foreach (var (name, times) in a.Refusals.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal))
                table.AddRow(Format.Text(name), Format.Count(times));
            parts.Add(table);
        }
        parts.Add(PositionsView.Render(a.Positions));
        return new Rows(parts);
    }
}
