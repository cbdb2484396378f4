using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Faults;

namespace Granary.Simulation.Scenarios;

/// <summary>Failures of listen keys, of orders whose fate is unclear, and of what is left of positions. Names begin with the row of the list of scenarios.</summary>
public sealed class AccountScenarios
{
    [Fact]
    public void H1_an_order_that_the_venue_does_not_show_for_three_seconds_is_not_sent_again()
    {
        using var stage = new Stage(41);
        stage.Fault(
            7_200, new FaultRule(FaultKind.LostAfter) { Request = "POST /fapi/v1/order", Times = 1 },
            new FaultRule(FaultKind.EventLost) { Stream = "ORDER_TRADE_UPDATE" });
        stage.Until(() => stage.Evidence.VenueOrders.Count > 0, 3_600, "an order at the exchange");
        var id = stage.Evidence.VenueOrders.Keys.Single();
        stage.Fault(3, new FaultRule(FaultKind.Refused) { Request = "GET /fapi/v1/order", Value = 2_013 });
        stage.Run(3);
        stage.Happened(FaultKind.Refused).ShouldBeGreaterThan(1);
        stage.Evidence.Orders[id].Status.ShouldBe("Unknown");
        stage.Evidence.VenueOrders.Keys.ShouldBe([id]);
        stage.Mend();
        stage.Until(() => stage.Evidence.Orders[id].Status == "Filled", 35, "the order to be known as filled");
        stage.Evidence.VenueOrders.Keys.ShouldBe([id]);
        stage.Settle();
    }

    [Theory]
    [InlineData(FaultKind.Refused, 1)]
    [InlineData(FaultKind.BadGateway, 30)]
    public void H2_a_listen_key_that_cannot_be_prolonged_for_ten_minutes_is_replaced_without_a_storm(FaultKind kind, int intervalMinutes)
    {
        using var stage = new Stage(42, o => o with { Client = c => c with { ListenKeyInterval = TimeSpan.FromMinutes(intervalMinutes) } });
        if (intervalMinutes > 1) stage.Run((intervalMinutes - 1) * 60);
        stage.Fault(600, new FaultRule(kind) { Request = "PUT /fapi/v1/listenKey", Value = kind == FaultKind.Refused ? 1_125 : 0 });
        for (var minute = 1; minute <= 11; minute++)
        {
            stage.World.TradeByHand($"web_{minute}", minute % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, 0.002m);
            stage.Until(() => stage.Evidence.VenueFills.Keys.All(stage.Evidence.Fills.ContainsKey), 10, "every fill");
            stage.Run(55);
        }

        stage.Happened(kind).ShouldBeInRange(2, 40);
        stage.World.Network.Requests.Answers["POST /fapi/v1/listenKey"].ShouldBeInRange(1, 15);

        // A stream that was lost paused everything until books and venue had been compared.
        if (kind == FaultKind.Refused) stage.Incidents("UserStreamLost").ShouldContain(i => i.Seen.Contains("listen key", StringComparison.Ordinal));
        stage.Until(() => stage.AskRisk().State == "Active", 30, "the account to be active");
        stage.Settle();
    }

    [Fact]
    public void L5_what_is_left_of_a_position_below_the_smallest_notional_is_closed()
    {
        const string Symbol = "C001USDT";
        using var stage = new Stage(43, o => Listing.Add(o, [Symbol]));
        var bought = stage.World.TradeByHand("web_1", OrderSide.Buy, 100m, symbol: Symbol);
        stage.World.TradeByHand("web_2", OrderSide.Sell, 98m, symbol: Symbol);
        stage.Until(() => stage.World.Ask(stage.World.Execution(Symbol).GetView).Quantity == 2, 10, "the rest of the position");
        (2 * stage.World.Core.GetMarkPrice(Symbol).Mark).ShouldBeInRange(3, 5);
        bought.Status.ShouldBe(OrderStatus.Filled);
        stage.World.Ask(() => stage.World.Risk.Flatten("drill", "operator"));
        stage.Until(() => stage.World.Position(Symbol) == 0, 30, "a flat account");
        var close = stage.Evidence.VenueOrders.Values.Single(o => !Watch.Evidence.IsForeign(o));
        (close.ReduceOnly, close.ExecutedQuantity).ShouldBe((true, 2m));
        stage.Settle(Symbol);
    }

    [Fact]
    public void L10_a_nightly_reset_an_order_that_stays_and_a_fill_during_its_change_leave_the_quantities_right()
    {
        using var stage = new Stage(44);
        stage.UntilPosition();

        // The venue's daily disconnect, of every connection.
        stage.Fault(10, new FaultRule(FaultKind.SocketClosed) { Probability = 0.5 });
        stage.Run(10);
        stage.Until(() => stage.AskRisk().State == "Active", 30, "the account to be active");

        // A foreign order whose cancel the venue refuses blocks nothing.
        var mark = stage.World.Core.GetMarkPrice(Stage.Symbol).Mark;
        var resting = stage.World.TradeByHand("web_1", OrderSide.Buy, 0.02m, decimal.Floor(mark * 0.97m));
        stage.Until(() => stage.Ask().LiveOrders.Any(o => o.ClientOrderId == "web_1"), 35, "the order to be seen");
        stage.Fault(20, new FaultRule(FaultKind.Refused) { Request = "DELETE /fapi/v1/order", Value = 2_011 });
        stage.World.Scheduler.Run(async () => await stage.World.Risk.CancelAll("drill"));
        stage.Run(20);
        stage.Ask().LiveOrders.ShouldContain(o => o.ClientOrderId == "web_1");
        stage.AskRisk().State.ShouldBe("Active");

        // Changed to a price that takes, it is filled by the change itself.
        stage.World.Core.Amend(World.Account, new(Stage.Symbol, resting.OrderId, null, OrderSide.Buy, 0.03m, decimal.Floor(mark * 1.02m), PriceMatch.None));
        stage.Until(() => stage.Ask() is { LiveOrders.Count: 0 } books && books.Quantity == stage.Position, 35, "the fill to be booked");
        stage.Evidence.VenueOrders["web_1"].ExecutedQuantity.ShouldBe(0.03m);
        stage.Settle();
    }
}
