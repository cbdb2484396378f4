using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Matching;

namespace Granary.Exchange.Tests.Matching;

/// <summary>The rules of the book in their plainest form: one list, sorted for every order. Slow and obviously right.</summary>
internal sealed class NaiveBook
{
    private long _id;

    public List<Item> Items { get; } = [];

    public (MatchOutcome Outcome, long Executed, List<(string What, long Maker, long Price, long Quantity)> Events) Submit(
        OrderSide side, MatchRule rule, long price, long quantity, int owner, SelfTradePrevention mode, long? reduceLimit)
    {
        var events = new List<(string, long, long, long)>();
        if (rule == MatchRule.PostOnly && Makers().Any()) return (MatchOutcome.WouldTake, 0, events);
        if (rule == MatchRule.AllOrNone && Fillable() < quantity) return (MatchOutcome.Killed, 0, events);
        var left = quantity;
        var met = false;
        while (left > 0 && !met && Makers().FirstOrDefault() is { } maker)
        {
            if (owner != 0 && maker.Owner == owner)
            {
                met = mode != SelfTradePrevention.ExpireMaker;
                if (mode is SelfTradePrevention.ExpireMaker or SelfTradePrevention.ExpireBoth) Remove("self", maker);
            }
            else if (maker.Limit is <= 0)
            {
                Remove("out", maker);
            }
            else
            {
                var traded = Math.Min(left, Math.Min(maker.Quantity, maker.Limit ?? long.MaxValue));
                left -= traded;
                maker.Quantity -= traded;
                maker.Limit -= traded;
                events.Add(("trade", maker.Id, maker.Price, traded));
                if (maker.Quantity == 0) Items.Remove(maker);
            }
        }
        if (left == 0) return (MatchOutcome.Filled, quantity, events);
        if (met) return (MatchOutcome.SelfTrade, quantity - left, events);
        if (rule is MatchRule.Immediate or MatchRule.AllOrNone) return (MatchOutcome.Expired, quantity - left, events);
        Items.Add(new Item { Id = ++_id, Side = side, Price = price, Quantity = left, Owner = owner, Limit = reduceLimit });
        return (MatchOutcome.Rested, quantity - left, events);

        IEnumerable<Item> Makers() => Items.Where(i => i.Side != side && (side == OrderSide.Buy ? i.Price <= price : i.Price >= price))
            .OrderBy(i => side == OrderSide.Buy ? i.Price : -i.Price).ThenBy(i => i.Id);

        long Fillable()
        {
            var makers = Makers().ToList();
            var own = mode == SelfTradePrevention.ExpireMaker ? -1 : makers.FindIndex(i => owner != 0 && i.Owner == owner);
            return (own < 0 ? makers : makers[..own]).Where(i => owner == 0 || i.Owner != owner)
                .Sum(i => Math.Max(0, Math.Min(i.Quantity, i.Limit ?? long.MaxValue)));
        }

        void Remove(string what, Item maker)
        {
            Items.Remove(maker);
            events.Add((what, maker.Id, maker.Price, maker.Quantity));
        }
    }

    public bool Cancel(long id) => Items.RemoveAll(i => i.Id == id) == 1;

    public sealed class Item
    {
        public long Id { get; init; }

        public OrderSide Side { get; init; }

        public long Price { get; init; }

        public long Quantity { get; set; }

        public int Owner { get; init; }

        /// <summary>What a reduce-only order may still trade; null for other orders.</summary>
        public long? Limit { get; set; }
    }
}
