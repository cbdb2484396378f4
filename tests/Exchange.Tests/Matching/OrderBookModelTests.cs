using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Matching;

namespace Granary.Exchange.Tests.Matching;

/// <summary>Random sessions against the naive book: same outcomes, same trades in the same order, same levels; and the invariants of any book.</summary>
public sealed class OrderBookModelTests
{
    [Fact]
    public void The_book_does_what_the_naive_book_does()
    {
        var command = from kind in Gen.Choose(0, 9)
                      from side in Gen.Elements(OrderSide.Buy, OrderSide.Sell)
                      from rule in Gen.Elements(MatchRule.Rest, MatchRule.Rest, MatchRule.Rest, MatchRule.Immediate, MatchRule.AllOrNone, MatchRule.PostOnly)
                      from price in Gen.Choose(90, 110)
                      from quantity in Gen.Choose(1, 20)
                      from owner in Gen.Choose(0, 3)
                      from pick in Gen.Choose(0, 1_000_000)
                      from mode in Gen.Elements(Enum.GetValues<SelfTradePrevention>())
                      from limit in Gen.Choose(-30, 25)
                      select new Command(kind, side, rule, price, quantity, owner, pick, mode, owner != 0 && limit >= 0 ? limit : null);
        Prop.ForAll(command.ListOf(400).ToArbitrary(), commands => Agrees([.. commands]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void Wide_books_keep_their_levels_in_order()
    {
        var prices = from side in Gen.Elements(OrderSide.Buy, OrderSide.Sell)
                     from price in Gen.Choose(1, 1_000_000)
                     from kind in Gen.Choose(0, 3)
                     select new Command(kind == 0 ? 0 : 9, side, MatchRule.Rest, side == OrderSide.Buy ? price : 1_000_000 + price, 5, 0, price, default, null);
        Prop.ForAll(prices.ListOf(800).ToArbitrary(), commands => Agrees([.. commands])).Check(Config.QuickThrowOnFailure.WithMaxTest(8));
    }

    private static bool Agrees(Command[] commands)
    {
        var book = new OrderBook(0, tracksDepth: true);
        var naive = new NaiveBook();
        var listener = new Trades();
        var resting = new Dictionary<long, BookOrder>();
        var rebuiltBids = new SortedDictionary<long, long>();
        var rebuiltAsks = new SortedDictionary<long, long>();
        long submitted = 0, tradedTwice = 0, cancelled = 0, expired = 0;
        var step = 0;
        foreach (var c in commands)
        {
            if (c.Kind <= 2 && naive.Items.Count > 0)
            {
                var item = naive.Items[c.Pick % naive.Items.Count];
                cancelled += item.Quantity;
                book.Cancel(resting[item.Id], item.Id).ShouldBeTrue();
                naive.Cancel(item.Id).ShouldBeTrue();
                resting.Remove(item.Id);
            }
            else
            {
                listener.Items.Clear();
                var expected = naive.Submit(c.Side, c.Rule, c.Price, c.Quantity, c.Owner, c.Mode, c.Limit);
                var actual = book.Submit(
                    new BookRequest(c.Side, c.Rule, c.Price, c.Quantity, c.Owner, c.Limit is not null, null, c.Mode), listener);
                (actual.Outcome, actual.ExecutedE8).ShouldBe((expected.Outcome, expected.Executed));
                listener.Items.ShouldBe(expected.Events);
                foreach (var (_, _, _, quantity) in expected.Events.Where(e => e.What != "trade")) cancelled += quantity;
                submitted += c.Quantity;
                tradedTwice += 2 * actual.ExecutedE8;
                if (actual.Resting is { } order)
                {
                    resting[order.Id] = order;
                    if (c.Limit is { } limit) listener.Limits[order.Id] = limit;
                }
                else
                {
                    expired += c.Quantity - actual.ExecutedE8;
                }
            }
            if (book.BidPriceE8 != 0 && book.AskPriceE8 != 0) book.BidPriceE8.ShouldBeLessThan(book.AskPriceE8);
            book.OrderCount.ShouldBe(naive.Items.Count);
            if (++step % 7 != 0) continue;
            Same(book, naive);
            Apply(book.NextDiff(step), rebuiltBids, rebuiltAsks);
            rebuiltBids.Reverse().Select(p => new DepthLevel(p.Key, p.Value)).ShouldBe(book.Snapshot(int.MaxValue, 0).Bids);
            rebuiltAsks.Select(p => new DepthLevel(p.Key, p.Value)).ShouldBe(book.Snapshot(int.MaxValue, 0).Asks);
        }
        // Every unit submitted has traded (as maker or taker), was cancelled, has expired, or rests.
        submitted.ShouldBe(tradedTwice + cancelled + expired + naive.Items.Sum(i => i.Quantity));
        return true;
    }

    private static void Same(OrderBook book, NaiveBook naive)
    {
        var snapshot = book.Snapshot(int.MaxValue, 0);
        Levels(naive, OrderSide.Buy).OrderByDescending(l => l.PriceE8).ShouldBe(snapshot.Bids);
        Levels(naive, OrderSide.Sell).OrderBy(l => l.PriceE8).ShouldBe(snapshot.Asks);
    }

    private static IEnumerable<DepthLevel> Levels(NaiveBook naive, OrderSide side) =>
        naive.Items.Where(i => i.Side == side).GroupBy(i => i.Price).Select(g => new DepthLevel(g.Key, g.Sum(i => i.Quantity)));

    private static void Apply(DepthDiff? diff, SortedDictionary<long, long> bids, SortedDictionary<long, long> asks)
    {
        foreach (var level in diff?.Bids ?? [])
        {
            if (level.QuantityE8 == 0) bids.Remove(level.PriceE8);
            else bids[level.PriceE8] = level.QuantityE8;
        }
        foreach (var level in diff?.Asks ?? [])
        {
            if (level.QuantityE8 == 0) asks.Remove(level.PriceE8);
            else asks[level.PriceE8] = level.QuantityE8;
        }
    }

    private sealed record Command(
        int Kind, OrderSide Side, MatchRule Rule, long Price, long Quantity, int Owner, int Pick, SelfTradePrevention Mode, long? Limit);

    private sealed class Trades : IMatchListener
    {
        public List<(string What, long Maker, long Price, long Quantity)> Items { get; } = [];

        /// <summary>What reduce-only orders may still trade, by id.</summary>
        public Dictionary<long, long> Limits { get; } = [];

        public void OnTrade(object? takerTag, BookOrder maker, long priceE8, long quantityE8)
        {
            Items.Add(("trade", maker.Id, priceE8, quantityE8));
            if (maker.ReduceOnly) Limits[maker.Id] -= quantityE8;
        }

        public long ReduceOnlyLimit(BookOrder maker) => Limits[maker.Id];

        public void OnKnockedOut(BookOrder maker) => Items.Add(("out", maker.Id, maker.PriceE8, maker.RemainingE8));

        public void OnSelfTrade(BookOrder maker) => Items.Add(("self", maker.Id, maker.PriceE8, maker.RemainingE8));
    }
}
