using System.Globalization;
using System.Text.Json;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Conditional;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Accounts;

public sealed class AuditTests
{
    [Fact]
    public void It_lists_every_order_fill_and_wallet_change_and_they_add_up()
    {
        using var rig = new DeskRig();
        rig.Quote(99m, 101m);
        rig.Exchange.Place("a", Exchanges.Market(OrderSide.Buy, 1m));
        rig.Exchange.Place("a", Exchanges.Market(OrderSide.Sell, 0.4m));
        var open = rig.Exchange.Place("a", Exchanges.Limit(OrderSide.Buy, 95m, 1m));
        rig.Exchange.Amend("a", new OrderAmendRequest(Exchanges.Symbol, open.OrderId, null, OrderSide.Buy, 1.5m, 94m, PriceMatch.None));
        rig.Exchange.PlaceConditional("a", new NewConditionalOrder(Exchanges.Symbol, OrderSide.Sell, ConditionalType.StopMarket, 0.1m, 50m));
        rig.Exchange.Transfer("a", 12.5m);

        var audit = rig.Exchange.GetAudit("a");
        audit.Orders.Select(o => o.Status).ShouldBe([OrderStatus.Filled, OrderStatus.Filled, OrderStatus.New]);
        audit.Fills.Sum(f => (int)f.Side * f.Quantity).ShouldBe(0.6m);
        audit.Income.Select(i => i.Type).ShouldBe(["COMMISSION", "REALIZED_PNL", "COMMISSION", "TRANSFER"]);
        audit.Wallet.Balance.ShouldBe(audit.Wallet.Initial + audit.Income.Sum(i => i.Amount));
        (audit.Conditionals.Count, audit.Amendments.Count, audit.Positions.Count).ShouldBe((1, 1, 1));

        // The same through the protocol, as text.
        using var json = JsonDocument.Parse(rig.Rest.Handle(new Exchange.Protocol.RestCall("GET", "/granary/v1/audit", "account=a", "", "", "local")).Body);
        var account = json.RootElement.EnumerateArray().Single();
        account.GetProperty("orders").GetArrayLength().ShouldBe(3);
        account.GetProperty("algoOrders").GetArrayLength().ShouldBe(1);
        account.GetProperty("fills").GetArrayLength().ShouldBe(audit.Fills.Count);
        Number(account.GetProperty("amendments")[0].GetProperty("priceAfter")).ShouldBe(94m);
        Number(account.GetProperty("positions")[0].GetProperty("quantity")).ShouldBe(0.6m);
        Number(account.GetProperty("wallet").GetProperty("balance")).ShouldBe(
            Number(account.GetProperty("wallet").GetProperty("initial")) + account.GetProperty("income").EnumerateArray().Sum(i => Number(i.GetProperty("income"))));
    }

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
