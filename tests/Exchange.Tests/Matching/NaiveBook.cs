using Granary.Engine.Orders;
using Granary.Exchange.Matching;

namespace Granary.Exchange.Tests.Matching;

/// <summary>The rules of the book in their plainest form: one list, sorted for every order. Slow and obviously right.</summary>
internal sealed class NaiveBook
{
    private long _id;

    public List<Item> Items { get; } = [];

    public (MatchOutcome Outcome, long Executed, List<(long Maker, long Price, long Quantity)> Trades) Submit(
        OrderSide side, MatchRule rule, long price, long quantity, int owner)
    {
        var makers = Items.Where(i => i.Side != side && (side == OrderSide.Buy ? i.Price <= price : i.Price >= price))
            .OrderBy(i => side == OrderSide.Buy ? i.Price : -i.Price).ThenBy(i => i.Id).ToList();
        var own = makers.FindIndex(i => owner != 0 && i.Owner == owner);
        var usable = own < 0 ? makers : makers[..own];
        if (rule == MatchRule.PostOnly && makers.Count > 0) return (MatchOutcome.WouldTake, 0, []);
        if (rule == MatchRule.AllOrNone && usable.Sum(i => i.Quantity) < quantity) return (MatchOutcome.Killed, 0, []);
        var trades = new List<(long, long, long)>();
        var left = quantity;
        foreach (var maker in usable)
        {
            if (left == 0) break;
            var traded = Math.Min(left, maker.Quantity);
            left -= traded;
            maker.Quantity -= traded;
            trades.Add((maker.Id, maker.Price, traded));
            if (maker.Quantity == 0) Items.Remove(maker);
        }
        if (left == 0) return (MatchOutcome.Filled, quantity, trades);
        if (own >= 0) return (MatchOutcome.SelfTrade, quantity - left, trades);
        if (rule is MatchRule.Immediate or MatchRule.AllOrNone) return (MatchOutcome.Expired, quantity - left, trades);
        Items.Add(new Item { Id = ++_id, Side = side, Price = price, Quantity = left, Owner = owner });
        return (MatchOutcome.Rested, quantity - left, trades);
    }

    public bool Cancel(long id) => Items.RemoveAll(i => i.Id == id) == 1;

    public sealed class Item
    {
        public long Id { get; init; }

        public OrderSide Side { get; init; }

        public long Price { get; init; }

        public long Quantity { get; set; }

        public int Owner { get; init; }
    }
}
