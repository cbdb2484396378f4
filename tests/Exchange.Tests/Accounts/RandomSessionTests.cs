using FsCheck;
using FsCheck.Fluent;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Accounts;

public sealed class RandomSessionTests
{
    private static readonly ExchangeOptions s_options = Exchanges.TwoAccounts with
    {
        Accounts = [new("a", "ka", "s", 5_000m), new("b", "kb", "s", 50_000m), new("c", "kc", "s", 1_000_000m)],
    };

    [Fact]
    public void Whatever_is_traded_wallets_add_up_and_nothing_is_created() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), Session).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Many_threads_and_the_market_interleave_safely()
    {
        var events = new RecordedEvents(keepsAll: false);
        var exchange = Exchanges.Synthetic(events, new ExchangeOptions
        {
            StartTimeMs = 1_700_000_000_000,
            Accounts = [new("a", "ka", "s", 100_000m), new("b", "kb", "s", 100_000m)],
        });
        Parallel.For(0, 4, n =>
        {
            var trader = new RandomTrader((ulong)n, "a", "b");
            for (var i = 0; i < 1500; i++) trader.Act(exchange);
        });
        exchange.ShouldAddUp("a", "b");
        var ids = events.Orders.Where(o => o.Execution.Kind == "NEW").Select(o => o.Execution.Order.OrderId).ToArray();
        ids.ShouldBe(Enumerable.Range(1, ids.Length).Select(i => (long)i));
        for (var i = 1; i < events.Trades.Count; i++) events.Trades[i].Trade.TimeMs.ShouldBeGreaterThanOrEqualTo(events.Trades[i - 1].Trade.TimeMs);
    }

    private static bool Session(ulong seed)
    {
        var events = new RecordedEvents(keepsAll: false);
        var exchange = Exchanges.Book(events, s_options);
        var trader = new RandomTrader(seed, "a", "b", "c");
        for (var i = 0; i < 400; i++)
        {
            trader.Act(exchange);
            var ticker = exchange.GetBookTicker(Exchanges.Symbol);
            if (ticker.BidPriceE8 != 0 && ticker.AskPriceE8 != 0) ticker.BidPriceE8.ShouldBeLessThan(ticker.AskPriceE8);
        }
        exchange.ShouldAddUp("a", "b", "c");
        exchange.ShouldBeZeroSum("a", "b", "c");
        foreach (var account in (string[])["a", "b", "c"])
        {
            var open = exchange.GetOpenOrders(account, null);
            open.ShouldAllBe(o => o.ExecutedQuantity < o.Quantity);
            var position = exchange.GetPositions(account, Exchanges.Symbol).SingleOrDefault()?.Quantity ?? 0;
            open.Where(o => o.ReduceOnly).ShouldAllBe(o => Math.Sign(position) == -(int)o.Side);
        }
        // The book holds exactly the accounts' open orders (reduce-only ones at most at their remainder).
        var depth = exchange.GetDepth(Exchanges.Symbol, 1000);
        var resting = depth.Bids.Concat(depth.Asks).Sum(l => l.QuantityE8) / 1e8m;
        var owed = exchange.GetOpenOrders("a", null).Concat(exchange.GetOpenOrders("b", null)).Concat(exchange.GetOpenOrders("c", null)).ToArray();
        resting.ShouldBeInRange(owed.Where(o => !o.ReduceOnly).Sum(o => o.Quantity - o.ExecutedQuantity), owed.Sum(o => o.Quantity - o.ExecutedQuantity));
        return true;
    }
}
