using Granary.Engine.Orders;
using Granary.Exchange.Matching;

namespace Granary.Exchange.Tests.Matching;

public sealed class OrderBookTests
{
    private readonly OrderBook _book = new();
    private readonly TradeList _trades = new();

    [Fact]
    public void Older_orders_trade_first_at_the_resting_price()
    {
        var first = Rest(OrderSide.Sell, 101, 5);
        var second = Rest(OrderSide.Sell, 101, 5);
        var better = Rest(OrderSide.Sell, 100, 1);
        var result = Submit(OrderSide.Buy, 105, 7);
        result.Outcome.ShouldBe(MatchOutcome.Filled);
        _trades.Items.ShouldBe([(better, 100, 1), (first, 101, 5), (second, 101, 1)]);
        _book.AskQuantityE8.ShouldBe(4);
    }

    [Fact]
    public void Immediate_orders_leave_nothing_behind()
    {
        Rest(OrderSide.Sell, 100, 3);
        var result = Submit(OrderSide.Buy, 100, 5, MatchRule.Immediate);
        (result.Outcome, result.ExecutedE8).ShouldBe((MatchOutcome.Expired, 3L));
        _book.OrderCount.ShouldBe(0);
    }

    [Fact]
    public void All_or_none_takes_across_levels_or_does_nothing()
    {
        Rest(OrderSide.Sell, 100, 3);
        Rest(OrderSide.Sell, 101, 3);
        Submit(OrderSide.Buy, 101, 7, MatchRule.AllOrNone).Outcome.ShouldBe(MatchOutcome.Killed);
        Submit(OrderSide.Buy, 100, 4, MatchRule.AllOrNone).Outcome.ShouldBe(MatchOutcome.Killed);
        _trades.Items.ShouldBeEmpty();
        Submit(OrderSide.Buy, 101, 6, MatchRule.AllOrNone).Outcome.ShouldBe(MatchOutcome.Filled);
        _book.AskLevelCount.ShouldBe(0);
    }

    [Fact]
    public void Post_only_is_refused_where_it_would_take()
    {
        Rest(OrderSide.Sell, 100, 3);
        Submit(OrderSide.Buy, 100, 1, MatchRule.PostOnly).Outcome.ShouldBe(MatchOutcome.WouldTake);
        Submit(OrderSide.Buy, 99, 1, MatchRule.PostOnly).Outcome.ShouldBe(MatchOutcome.Rested);
    }

    [Fact]
    public void An_owner_never_trades_with_itself_and_the_incoming_remainder_expires()
    {
        Rest(OrderSide.Sell, 100, 1, owner: 2);
        Rest(OrderSide.Sell, 101, 1, owner: 1);
        Rest(OrderSide.Sell, 102, 1, owner: 2);
        var result = Submit(OrderSide.Buy, 105, 3, owner: 1);
        (result.Outcome, result.ExecutedE8).ShouldBe((MatchOutcome.SelfTrade, 1L));
        _book.OrderCount.ShouldBe(2);
        _book.CanFill(OrderSide.Buy, 105, 1, 1, _trades).ShouldBeFalse();
        _book.CanFill(OrderSide.Buy, 105, 2, 3, _trades).ShouldBeTrue();
    }

    [Fact]
    public void A_cancel_by_an_old_reference_does_nothing()
    {
        var result = Submit(OrderSide.Buy, 100, 1);
        var id = result.Resting!.Id;
        _book.Cancel(result.Resting, id).ShouldBeTrue();
        var reused = Submit(OrderSide.Buy, 90, 1).Resting!;
        reused.ShouldBeSameAs(result.Resting);
        _book.Cancel(result.Resting, id).ShouldBeFalse();
        _book.BidPriceE8.ShouldBe(90);
    }

    [Fact]
    public void Reduce_only_makers_trade_to_their_limit_and_are_then_knocked_out()
    {
        _book.Submit(new BookRequest(OrderSide.Sell, MatchRule.Rest, 100, 5, 1, ReduceOnly: true), _trades);
        Rest(OrderSide.Sell, 100, 5);
        _trades.Limit = 2;
        Submit(OrderSide.Buy, 100, 4).Outcome.ShouldBe(MatchOutcome.Filled);
        _trades.Items.Select(t => t.Quantity).ShouldBe([2L, 2L]);
        _trades.KnockedOut.ShouldBe(1);
        _book.AskQuantityE8.ShouldBe(3);
    }

    [Fact]
    public void Diffs_chain_and_rebuild_the_book()
    {
        var book = new OrderBook(40, tracksDepth: true);
        var before = book.Snapshot(10, 0);
        var resting = book.Submit(new BookRequest(OrderSide.Buy, MatchRule.Rest, 100, 5), _trades).Resting!;
        book.Submit(new BookRequest(OrderSide.Buy, MatchRule.Rest, 99, 1), _trades);
        var first = book.NextDiff(1).ShouldNotBeNull();
        book.NextDiff(1).ShouldBeNull();
        book.Cancel(resting, resting.Id);
        var second = book.NextDiff(2).ShouldNotBeNull();
        (before.LastUpdateId, first.PreviousUpdateId, first.FirstUpdateId, first.LastUpdateId).ShouldBe((40L, 40L, 41L, 42L));
        (second.PreviousUpdateId, second.LastUpdateId).ShouldBe((42L, 43L));
        first.Bids.Select(l => (l.PriceE8, l.QuantityE8)).ShouldBe([(100L, 5L), (99L, 1L)]);
        second.Bids.Select(l => (l.PriceE8, l.QuantityE8)).ShouldBe([(100L, 0L)]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void Nonsense_is_refused(long price, long quantity) =>
        Should.Throw<ArgumentException>(() => _book.Submit(new BookRequest(OrderSide.Buy, MatchRule.Rest, price, quantity), _trades));

    private long Rest(OrderSide side, long price, long quantity, int owner = 0) => Submit(side, price, quantity, MatchRule.Rest, owner).Resting!.Id;

    private BookResult Submit(OrderSide side, long price, long quantity, MatchRule rule = MatchRule.Rest, int owner = 0) =>
        _book.Submit(new BookRequest(side, rule, price, quantity, owner), _trades);

    private sealed class TradeList : IMatchListener
    {
        public List<(long MakerId, long Price, long Quantity)> Items { get; } = [];

        public long Limit { get; set; }

        public int KnockedOut { get; private set; }

        public void OnTrade(object? takerTag, BookOrder maker, long priceE8, long quantityE8)
        {
            Items.Add((maker.Id, priceE8, quantityE8));
            if (maker.ReduceOnly) Limit -= quantityE8;
        }

        public long ReduceOnlyLimit(BookOrder maker) => Limit;

        public void OnKnockedOut(BookOrder maker) => KnockedOut++;

        public void OnSelfTrade(BookOrder maker) => OnKnockedOut(maker);
    }
}
