using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Golden;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Bars;

/// <summary>Tick, quote, imbalance and run bars, and what holds for every builder of bars from whole trades.</summary>
public sealed class BarBuilderTests
{
    private static readonly Gen<Kind> Kinds = Gen.OneOf(
        from count in Gen.Choose(1, 400)
        select new Kind(() => new TickBarBuilder(count), TickBarBuilder.Read),
        from lots in Gen.Choose(1, 3_000_000)
        select new Kind(() => new QuoteBarBuilder(lots * 0.17m), QuoteBarBuilder.Read),
        from rule in Gen.Elements(FlowRule.Imbalance, FlowRule.Run)
        from measure in Gen.Elements(BarMeasure.Ticks, BarMeasure.Volume, BarMeasure.Quote)
        from size in Gen.Choose(1, 200)
        select new Kind(() => new FlowBarBuilder(rule, measure, measure == BarMeasure.Quote ? size * 10_000m : size * 0.25m), FlowBarBuilder.Read),
        from rule in Gen.Elements(FlowRule.Imbalance, FlowRule.Run)
        from measure in Gen.Elements(BarMeasure.Ticks, BarMeasure.Volume, BarMeasure.Quote)
        from min in Gen.Choose(1, 20)
        from initial in Gen.Choose(20, 60)
        from max in Gen.Choose(60, 300)
        let options = new AdaptiveBarOptions
        {
            Rule = rule,
            Measure = measure,
            TradeCountMin = min,
            TradeCountInitial = initial,
            TradeCountMax = max,
            BarSpan = min,
            TradeSpan = 10 * max,
        }
        select new Kind(() => new AdaptiveBarBuilder(options), AdaptiveBarBuilder.Read));

    [Fact]
    public void A_tick_bar_closes_with_its_last_trade()
    {
        var builder = new TickBarBuilder(3);
        builder.Add(Trade(7, 100, 2m, 10)).ShouldBeFalse();
        builder.Add(Trade(8, 103, 1m, 20, true)).ShouldBeFalse();
        builder.LastBar.ShouldBeNull();
        builder.OpenTradeCount.ShouldBe(2);
        builder.Add(Trade(9, 99, 60m, 30)).ShouldBeTrue();
        builder.LastBar.ShouldBe(new Bar(0, 7, 9, 10, 30, 100, 103, 99, 99, 63, 200 + 103 + 5940, 3, 62, 1, 6140, 103, 2, 1, true));
        builder.BarCount.ShouldBe(1);
        new TickBarBuilder(1).Add(Trade(1)).ShouldBeTrue();
    }

    [Fact]
    public void A_quote_bar_closes_at_the_threshold_itself_and_not_a_hair_below()
    {
        var builder = new QuoteBarBuilder(1m);
        builder.Add(Trade(1, 0.1m, 9.9999999m)).ShouldBeFalse();
        builder.OpenQuoteVolume.ShouldBe(0.99999999m);
        builder.Add(Trade(2, 0.00000001m, 0.99999999m)).ShouldBeFalse();
        builder.OpenQuoteVolume.ShouldBe(0.9999999999999999m);
        builder.Add(Trade(3, 0.00000001m, 0.00000001m)).ShouldBeTrue();
        builder.LastBar!.QuoteVolume.ShouldBe(1m);
    }

    [Fact]
    public void A_volume_beyond_64_bits_is_exact()
    {
        var builder = new TickBarBuilder(5);
        for (var i = 0; i < 4; i++) builder.Add(new AggTrade(i, 0, 1, Fixed8.Max, i, 1, i % 2 == 0)).ShouldBeFalse();
        builder.Add(new AggTrade(4, 0, 1, Fixed8.Max, 4, 1, true)).ShouldBeTrue();
        builder.LastBar!.Volume.ShouldBe(5 * Fixed8.ToDecimal(Fixed8.Max));
        builder.LastBar.BuyVolume.ShouldBe(2 * Fixed8.ToDecimal(Fixed8.Max));
    }

    [Fact]
    public void Imbalance_bars_close_when_one_side_outweighs_the_other()
    {
        var builder = new FlowBarBuilder(FlowRule.Imbalance, BarMeasure.Volume, 3m);
        builder.Add(Trade(1, 100, 2m)).ShouldBeFalse();
        builder.Add(Trade(2, 100, 4m, isBuyerMaker: true)).ShouldBeFalse();
        builder.OpenTheta.ShouldBe(2m);
        builder.Add(Trade(3, 100, 0.99999999m, isBuyerMaker: true)).ShouldBeFalse();
        builder.Add(Trade(4, 100, 0.00000001m, isBuyerMaker: true)).ShouldBeTrue();
        builder.OpenTheta.ShouldBe(0m);
        builder.LastBar!.TradeCount.ShouldBe(4);
    }

    [Fact]
    public void Run_bars_close_when_one_side_is_heavy_whatever_the_other_does()
    {
        var builder = new FlowBarBuilder(FlowRule.Run, BarMeasure.Ticks, 2.5m);
        builder.Add(Trade(1)).ShouldBeFalse();
        builder.Add(Trade(2, isBuyerMaker: true)).ShouldBeFalse();
        builder.Add(Trade(3)).ShouldBeFalse();
        builder.OpenTheta.ShouldBe(2m);
        builder.Add(Trade(4, isBuyerMaker: true)).ShouldBeFalse();
        builder.Add(Trade(5)).ShouldBeTrue();
        builder = new FlowBarBuilder(FlowRule.Run, BarMeasure.Quote, 500m);
        builder.Add(Trade(1, 100, 4.9m)).ShouldBeFalse();
        builder.Add(Trade(2, 100, 5m, isBuyerMaker: true)).ShouldBeTrue();
    }

    [Fact]
    public void Bars_and_open_remainder_are_exactly_all_trades()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(1, 3_000).ToArbitrary(), Kinds.ToArbitrary(), (seed, count, kind) =>
        {
            var trades = Walk(seed, count);
            var builder = kind.Create();
            var bars = BarTables.Bars(builder, trades);
            foreach (var bar in bars)
            {
                var members = trades[(int)(bar.FirstId - 1)..(int)bar.LastId];
                (bar.TradeCount, bar.BuyTradeCount).ShouldBe((members.Length, members.Count(trade => !trade.IsBuyerMaker)));
                bar.BuyVolume.ShouldBe(members.Where(trade => !trade.IsBuyerMaker).Sum(trade => trade.Quantity));
                bar.SellQuoteVolume.ShouldBe(members.Where(trade => trade.IsBuyerMaker).Sum(trade => trade.Price * trade.Quantity));
                (bar.Open, bar.High, bar.Low, bar.Close).ShouldBe(
                    (members[0].Price, members.Max(trade => trade.Price), members.Min(trade => trade.Price), members[^1].Price));
                (bar.OpenTimeMs, bar.CloseTimeMs).ShouldBe((members[0].TimeMs, members[^1].TimeMs));
            }
            (bars.Sum(bar => bar.Volume) + builder.OpenVolume).ShouldBe(trades.Sum(trade => trade.Quantity));
            (bars.Sum(bar => bar.QuoteVolume) + builder.OpenQuoteVolume).ShouldBe(trades.Sum(trade => trade.Price * trade.Quantity));
            (bars.Sum(bar => bar.TradeCount) + builder.OpenTradeCount).ShouldBe(count);
            bars.Select(bar => bar.Index).ShouldBe(Enumerable.Range(0, bars.Count).Select(i => (long)i));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Thresholds_are_reached_by_the_last_trade_and_not_before()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(1, 120).ToArbitrary(), (seed, size) =>
        {
            var trades = Walk(seed, 2_000);
            foreach (var bar in BarTables.Bars(new QuoteBarBuilder(size * 1_000m), trades))
                ReachesWithLast(trades, bar, size * 1_000m, members => members.Sum(trade => trade.Price * trade.Quantity));
            foreach (var bar in BarTables.Bars(new FlowBarBuilder(FlowRule.Imbalance, BarMeasure.Volume, size * 0.1m), trades))
                ReachesWithLast(trades, bar, size * 0.1m, members => Math.Abs(members.Sum(trade => trade.IsBuyerMaker ? -trade.Quantity : trade.Quantity)));
            foreach (var bar in BarTables.Bars(new FlowBarBuilder(FlowRule.Run, BarMeasure.Ticks, size), trades))
                ReachesWithLast(trades, bar, size, members => Math.Max(members.Count(t => t.IsBuyerMaker), members.Count(t => !t.IsBuyerMaker)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [Fact]
    public void Restored_is_uninterrupted()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, 1_500).ToArbitrary(), Kinds.ToArbitrary(), (seed, cut, kind) =>
        {
            var trades = Walk(seed, 1_500);
            var whole = kind.Create();
            var expected = BarTables.Bars(whole, trades);
            var first = kind.Create();
            var bars = BarTables.Bars(first, trades.AsSpan(0, cut));
            var second = SnapshotChecks.Read(SnapshotChecks.Bytes(first.Write), kind.Read);
            second.LastBar.ShouldBe(first.LastBar);
            bars.AddRange(BarTables.Bars(second, trades.AsSpan(cut)));
            bars.ShouldBe(expected);
            SnapshotChecks.Bytes(second.Write).ShouldBe(SnapshotChecks.Bytes(whole.Write));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_by_its_exception()
    {
        foreach (var kind in Kinds.Sample(40, 12))
        {
            var builder = kind.Create();
            BarTables.Bars(builder, Walk(3, 777));
            SnapshotChecks.Damage(SnapshotChecks.Bytes(builder.Write), kind.Read);
        }
    }

    [Fact]
    public void A_gap_marks_the_running_bar_only()
    {
        var builder = new TickBarBuilder(2);
        builder.Add(Trade(1));
        builder.MarkGap();
        builder.Add(Trade(3)).ShouldBeTrue();
        builder.LastBar!.IsComplete.ShouldBeFalse();
        builder.Add(Trade(4));
        builder.Add(Trade(5)).ShouldBeTrue();
        builder.LastBar!.IsComplete.ShouldBeTrue();
        builder.MarkGap();
        builder = SnapshotChecks.Read(SnapshotChecks.Bytes(builder.Write), TickBarBuilder.Read);
        builder.Add(Trade(8));
        builder.Add(Trade(9)).ShouldBeTrue();
        builder.LastBar!.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void Trades_that_close_no_bar_allocate_nothing()
    {
        var trades = Walk(5, 2_000);
        BarBuilder[] builders =
        [
            new TickBarBuilder(1_000_000), new QuoteBarBuilder(10_000_000_000m), new FlowBarBuilder(FlowRule.Run, BarMeasure.Quote, 10_000_000_000m),
            new AdaptiveBarBuilder(new AdaptiveBarOptions { TradeCountInitial = 1_000_000, TradeCountMin = 1_000_000, TradeCountMax = 1_000_000 }),
        ];
        foreach (var builder in builders)
        {
            builder.Add(trades[0]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (ref readonly var trade in trades.AsSpan(1)) builder.Add(trade);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
            builder.OpenTradeCount.ShouldBe(2_000);
        }
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Should.Throw<ArgumentException>(() => new TickBarBuilder(0)).Message.ShouldContain("tradesPerBar");
        Should.Throw<ArgumentException>(() => new TickBarBuilder(1_000_001)).Message.ShouldContain("1000001");
        Should.Throw<ArgumentException>(() => new QuoteBarBuilder(0)).Message.ShouldContain("threshold");
        Should.Throw<ArgumentException>(() => new QuoteBarBuilder(0.000000001m)).Message.ShouldContain("0.000000001");
        Should.Throw<ArgumentException>(() => new FlowBarBuilder(FlowRule.Run, BarMeasure.Volume, -1m)).Message.ShouldContain("-1");
        Should.Throw<ArgumentException>(() => new FlowBarBuilder(0, BarMeasure.Volume, 1m)).Message.ShouldContain("rule");
        Should.Throw<ArgumentException>(() => new FlowBarBuilder(FlowRule.Run, (BarMeasure)9, 1m)).Message.ShouldContain("measure");
    }

    private static void ReachesWithLast(AggTrade[] trades, Bar bar, decimal threshold, Func<AggTrade[], decimal> theta)
    {
        var members = trades[(int)(bar.FirstId - 1)..(int)bar.LastId];
        theta(members).ShouldBeGreaterThanOrEqualTo(threshold);
        for (var count = 1; count < members.Length; count++) theta(members[..count]).ShouldBeLessThan(threshold);
    }

    private sealed record Kind(Func<BarBuilder> Create, SnapshotChecks.Reading<BarBuilder> Read);
}
