using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Doubles;
using static Granary.Exchange.Tests.Doubles.Exchanges;

namespace Granary.Exchange.Tests.Matching;

/// <summary>Amended orders are ordered anew in the queue, whatever was amended and whether there was a restart; the others keep their turn.</summary>
public sealed class AmendPriorityTests
{
    [Fact]
    public void Every_amendment_sends_an_order_to_the_end_of_its_queue()
    {
        var amendment = from order in Gen.Choose(0, 7)
                        from kind in Gen.Choose(0, 3)
                        select (order, kind);
        Prop.ForAll(amendment.ListOf(12).ToArbitrary(), steps => Fills([.. steps])).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static bool Fills((int Order, int Kind)[] steps)
    {
        using var folder = new TempFolder();
        var options = TwoAccounts with { DataPath = folder.Path };
        var queue = new List<long>();
        using (var exchange = Book(new RecordedEvents(keepsAll: false), options))
        {
            for (var i = 0; i < 8; i++) queue.Add(exchange.Place("a", Limit(OrderSide.Buy, 99m, 1m + (0.1m * i))).OrderId);
            foreach (var (order, kind) in steps)
            {
                var id = queue[order];
                var quantity = exchange.GetOrder("a", Symbol, id, null).Quantity;
                if (kind == 2) Amend(exchange, id, quantity, 98m);
                Amend(exchange, id, kind switch { 0 => quantity + 0.2m, 1 => quantity - 0.05m, 2 => quantity, _ => quantity + 0.001m }, 99m);
                queue.RemoveAt(order);
                queue.Add(id);
            }
        }
        using var again = Book(new RecordedEvents(keepsAll: false), options);
        foreach (var id in queue)
        {
            // Takes what the first in the queue has and nothing else.
            var first = again.GetOrder("a", Symbol, id, null);
            again.Place("b", Limit(OrderSide.Sell, 99m, first.Quantity, TimeInForce.Ioc));
            again.GetOrder("a", Symbol, id, null).Status.ShouldBe(OrderStatus.Filled);
        }
        again.ShouldAddUp("a", "b");
        return true;
    }

    private static void Amend(ExchangeCore exchange, long id, decimal quantity, decimal price) =>
        exchange.Amend("a", new OrderAmendRequest(Symbol, id, null, OrderSide.Buy, quantity, price, PriceMatch.None));
}
