using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Markets;

public sealed class SyntheticMarketTests
{
    private static readonly ExchangeOptions s_options = new() { StartTimeMs = 1_700_000_000_000, Seed = 7 };

    [Fact]
    public void The_book_is_always_deep_and_never_crossed()
    {
        var exchange = Exchanges.Synthetic(new RecordedEvents(keepsAll: false), s_options);
        var spreads = new List<decimal>();
        var fewest = int.MaxValue;
        while (exchange.MarketTimeMs < s_options.StartTimeMs + 120_000)
        {
            foreach (var rules in exchange.Symbols)
            {
                var depth = exchange.GetDepth(rules.Symbol, 1000);
                fewest = Math.Min(fewest, Math.Min(depth.Bids.Count, depth.Asks.Count));
                depth.Bids[0].PriceE8.ShouldBeLessThan(depth.Asks[0].PriceE8);
                if (rules.Symbol == "BTCUSDT") spreads.Add((depth.Asks[0].PriceE8 - depth.Bids[0].PriceE8) / 1e8m / rules.TickSize);
            }
            for (var i = 0; i < 5; i++) exchange.Driver.Step();
        }
        fewest.ShouldBeGreaterThanOrEqualTo(20);
        spreads.Sort();
        spreads[spreads.Count / 2].ShouldBeInRange(1, 5);
    }

    [Fact]
    public void Trades_come_at_a_plausible_pace_with_consecutive_ids_and_clustered_flow()
    {
        var events = new RecordedEvents(keepsAll: false);
        var exchange = Exchanges.Synthetic(events, s_options);
        const int seconds = 3600;
        while (exchange.MarketTimeMs < s_options.StartTimeMs + (seconds * 1000)) exchange.Driver.Step();
        foreach (var rules in exchange.Symbols)
        {
            var trades = events.Trades.Where(t => t.Symbol == rules.Symbol).Select(t => t.Trade).ToArray();
            ((double)trades.Length / seconds).ShouldBeInRange(5, 30);
            for (var i = 1; i < trades.Length; i++)
            {
                trades[i].Id.ShouldBe(trades[i - 1].Id + 1);
                trades[i].FirstTradeId.ShouldBe(trades[i - 1].LastTradeId + 1);
                trades[i].TimeMs.ShouldBeGreaterThanOrEqualTo(trades[i - 1].TimeMs);
            }
            var prices = trades.Select(t => t.Price).ToArray();
            (prices.Max() / prices.Min()).ShouldBeInRange(1.001m, 1.2m);
            SignCorrelation(trades, lag: 10).ShouldBeGreaterThan(0.05);
            var (bars, signals) = MomentumBars(trades, trades.Sum(t => t.Quantity) / 1500);
            bars.ShouldBeGreaterThan(1000);
            signals.ShouldBeInRange(5, bars / 4);
        }
        exchange.Progress.Trades.ShouldBe(events.Trades.Count);
    }

    [Fact]
    public void Same_seed_and_same_orders_give_the_same_events()
    {
        var first = Session(7, seconds: 60);
        Session(7, seconds: 60).ShouldBe(first);
        Session(8, seconds: 60).ShouldNotBe(first);
    }

    [Fact]
    public void A_mispriced_order_is_taken_and_a_market_order_fills()
    {
        var events = new RecordedEvents(keepsAll: false);
        var exchange = Exchanges.Synthetic(events, s_options);
        var ask = exchange.GetBookTicker("ETHUSDT").AskPrice;
        exchange.Place("main", new NewOrder("ETHUSDT", OrderSide.Buy, OrderType.Market, TimeInForce.Gtc, 1m, 0, false, "m")).Status
            .ShouldBe(OrderStatus.Filled);
        var resting = exchange.Place("main", new NewOrder("ETHUSDT", OrderSide.Buy, OrderType.Limit, TimeInForce.Gtc, 2m, ask + 0.05m, false, "r"));
        var end = exchange.MarketTimeMs + 600_000;
        while (exchange.MarketTimeMs < end && exchange.GetOrder("main", "ETHUSDT", resting.OrderId, null).Status != OrderStatus.Filled) exchange.Driver.Step();
        exchange.GetOrder("main", "ETHUSDT", resting.OrderId, null).Status.ShouldBe(OrderStatus.Filled);
        exchange.GetPositions("main", null).Single().Quantity.ShouldBe(3m);
        exchange.ShouldAddUp("main");
    }

    [Fact]
    public void Mark_prices_come_every_second_and_diffs_chain_to_the_snapshot()
    {
        var events = new RecordedEvents();
        var exchange = Exchanges.Synthetic(events, s_options);
        var book = exchange.GetDepth("BTCUSDT", int.MaxValue);
        while (exchange.MarketTimeMs < s_options.StartTimeMs + 30_000) exchange.Driver.Step();
        events.Marks.Count(m => m.Symbol == "SOLUSDT").ShouldBeInRange(29, 30);
        events.Marks.ShouldAllBe(m => m.Mark.NextFundingTimeMs > m.Mark.TimeMs && m.Mark.NextFundingTimeMs % 28_800_000 == 0);
        var bids = book.Bids.ToDictionary(l => l.PriceE8, l => l.QuantityE8);
        var last = book.LastUpdateId;
        foreach (var (_, diff) in events.Depths.Where(d => d.Symbol == "BTCUSDT"))
        {
            diff.FirstUpdateId.ShouldBeLessThanOrEqualTo(last + 1);
            diff.LastUpdateId.ShouldBeGreaterThan(last);
            last = diff.LastUpdateId;
            foreach (var level in diff.Bids)
            {
                if (level.QuantityE8 == 0) bids.Remove(level.PriceE8);
                else bids[level.PriceE8] = level.QuantityE8;
            }
        }
        var end = exchange.GetDepth("BTCUSDT", int.MaxValue);
        // Changes since the last diff are not in it yet; a fresh diff would carry them.
        if (end.LastUpdateId == last) bids.OrderByDescending(b => b.Key).Select(b => new DepthLevel(b.Key, b.Value)).ShouldBe(end.Bids);
        bids.Count.ShouldBeGreaterThan(20);
    }

    private static string Session(ulong seed, int seconds)
    {
        var events = new RecordedEvents();
        var exchange = Exchanges.Synthetic(events, s_options with { Seed = seed });
        var n = 0;
        while (exchange.MarketTimeMs < s_options.StartTimeMs + (seconds * 1000))
        {
            exchange.Driver.Step();
            if (++n % 97 != 0) continue;
            var ticker = exchange.GetBookTicker("BTCUSDT");
            var side = n % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            exchange.Place("main", new NewOrder(
                "BTCUSDT", side, OrderType.Limit, TimeInForce.Gtc, 0.05m, side == OrderSide.Buy ? ticker.BidPrice : ticker.AskPrice, false, $"c{n}"));
            if (n % 970 == 0) exchange.CancelAll("main", "BTCUSDT");
        }
        exchange.ShouldAddUp("main");
        events.Orders.ShouldContain(o => o.Execution.Kind == "TRADE");
        return events.Hash() + exchange.StateDigest();
    }

    private static double SignCorrelation(IReadOnlyList<Granary.Engine.Market.AggTrade> trades, int lag)
    {
        double sum = 0;
        for (var i = lag; i < trades.Count; i++) sum += trades[i].IsBuyerMaker == trades[i - lag].IsBuyerMaker ? 1 : -1;
        return sum / (trades.Count - lag);
    }

    /// <summary>Volume bars on which EMA20 of (buys - sells) / volume is beyond 0.15 while trades per ms are 1.5 deviations above their 100-bar mean.</summary>
    private static (int Bars, int Signals) MomentumBars(IReadOnlyList<Granary.Engine.Market.AggTrade> trades, decimal threshold)
    {
        var intensities = new List<double>();
        decimal buys = 0, sells = 0;
        var count = 0;
        var signals = 0;
        double? ema = null;
        var begin = trades[0].TimeMs;
        foreach (var trade in trades)
        {
            if (trade.IsBuyerMaker) sells += trade.Quantity;
            else buys += trade.Quantity;
            count++;
            if (buys + sells < threshold) continue;
            var ofi = (double)((buys - sells) / (buys + sells));
            ema = ema is null ? ofi : ema + ((ofi - ema) * 2 / 21);
            intensities.Add(count / (double)Math.Max(1, trade.TimeMs - begin));
            if (intensities.Count >= 100)
            {
                var window = intensities[^100..];
                var mean = window.Average();
                var deviation = Math.Sqrt(window.Sum(x => (x - mean) * (x - mean)) / 99);
                if (Math.Abs(ema.Value) > 0.15 && (intensities[^1] - mean) / deviation > 1.5) signals++;
            }
            buys = sells = count = 0;
            begin = trade.TimeMs;
        }
        return (intensities.Count, signals);
    }
}
