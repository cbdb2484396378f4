using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Tests.Golden;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Bars;

public sealed class TimeBarProperties
{
    // Dividing and not dividing each other, chains and forks.
    private static readonly Gen<long[]> StepLists = Gen.Elements<long[]>(
        [1_000], [1_000, 5_000, 60_000], [2_000, 3_000, 6_000, 7_000], [100, 250, 1_000, 1_500], [7_000, 10_000, 70_000], [60_000, 3_600_000]);

    // A walk of minutes, with silences.
    private static readonly Gen<AggTrade[]> Streams =
        from seed in Gen.Choose(0, 1_000_000)
        from count in Gen.Choose(1, 1_500)
        from silence in Gen.Choose(0, 40_000)
        select Silent(Walk(seed, count), new Random(seed), silence);

    [Fact]
    public void Bars_and_running_bar_are_exactly_all_trades_of_their_time()
    {
        Prop.ForAll(Streams.ToArbitrary(), StepLists.ToArbitrary(), (trades, steps) =>
        {
            var builder = new TimeBarBuilder(steps);
            var all = BarTables.TimeBars(builder, trades);
            foreach (var step in steps)
            {
                List<TimeBar> bars = [.. all.Where(bar => bar.StepMs == step), builder.Running(step)!.Value];
                bars[0].StartMs.ShouldBe(trades[0].TimeMs / step * step);
                var groups = trades.GroupBy(trade => trade.TimeMs / step).ToDictionary(group => group.Key, group => group.ToArray());
                for (var i = 0; i < bars.Count; i++)
                {
                    var bar = bars[i];
                    (bar.Index, bar.StartMs, bar.EndMs, bar.IsComplete).ShouldBe((i, bars[0].StartMs + (i * step), bar.StartMs + step - 1, true));
                    var members = groups.GetValueOrDefault(bar.StartMs / step, []);
                    bar.IsEmpty.ShouldBe(members.Length == 0);
                    if (bar.IsEmpty)
                    {
                        (bar.Open, bar.High, bar.Low, bar.Close).ShouldBe((bars[i - 1].Close, bars[i - 1].Close, bars[i - 1].Close, bars[i - 1].Close));
                        continue;
                    }
                    (bar.FirstId, bar.LastId, bar.OpenTimeMs, bar.CloseTimeMs).ShouldBe((members[0].Id, members[^1].Id, members[0].TimeMs, members[^1].TimeMs));
                    (bar.Open, bar.High, bar.Low, bar.Close).ShouldBe(
                        (members[0].Price, members.Max(trade => trade.Price), members.Min(trade => trade.Price), members[^1].Price));
                    bar.QuoteVolume.ShouldBe(members.Sum(trade => trade.Price * trade.Quantity));
                    (bar.BuyQuoteVolume + bar.SellQuoteVolume).ShouldBe(bar.QuoteVolume);
                    bar.BuyTradeCount.ShouldBe(members.Count(trade => !trade.IsBuyerMaker));
                }
                bars.Sum(bar => bar.Volume).ShouldBe(trades.Sum(trade => trade.Quantity));
                bars.Sum(bar => bar.SellVolume).ShouldBe(trades.Where(trade => trade.IsBuyerMaker).Sum(trade => trade.Quantity));
                bars.Sum(bar => bar.TradeCount).ShouldBe(trades.Length);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Bars_merged_from_finer_ones_are_those_built_from_the_trades()
    {
        Prop.ForAll(Events().ToArbitrary(), StepLists.ToArbitrary(), (events, steps) =>
        {
            var merged = Play(new TimeBarBuilder(steps, 300), events);
            foreach (var step in steps)
                merged.Where(bar => bar.StepMs == step).ShouldBe(Play(new TimeBarBuilder([step], 300), events));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Bars_come_in_the_order_of_their_ends_then_steps_whatever_closes_them()
    {
        Prop.ForAll(Streams.ToArbitrary(), StepLists.ToArbitrary(), (trades, steps) =>
        {
            var byTrades = BarTables.TimeBars(new TimeBarBuilder(steps), trades);
            byTrades.ShouldBe(byTrades.OrderBy(bar => bar.EndMs).ThenBy(bar => bar.StepMs));

            // A clock as exact as the trades closes the same bars, only earlier.
            var builder = new TimeBarBuilder(steps);
            var byClock = new List<TimeBar>();
            foreach (var trade in trades)
            {
                for (var nowMs = trade.TimeMs - 2_500; nowMs <= trade.TimeMs; nowMs += 500)
                {
                    builder.Advance(nowMs);
                    while (builder.TryTake(out var bar)) byClock.Add(bar);
                }
                builder.Add(trade).ShouldBeFalse();
            }
            byClock.ShouldBe(byTrades);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void Restored_is_uninterrupted()
    {
        Prop.ForAll(Events().ToArbitrary(), StepLists.ToArbitrary(), Gen.Choose(0, 2_000).ToArbitrary(), (events, steps, cut) =>
        {
            var whole = new TimeBarBuilder(steps, 300);
            var expected = Play(whole, events);
            var restored = new TimeBarBuilder(steps, 300);
            Play(ref restored, events, cut).ShouldBe(expected);
            SnapshotChecks.Bytes(restored.Write).ShouldBe(SnapshotChecks.Bytes(whole.Write));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Late_trades_are_all_that_is_missing()
    {
        Prop.ForAll(Events().ToArbitrary(), StepLists.ToArbitrary(), (events, steps) =>
        {
            var builder = new TimeBarBuilder(steps[..1], 300);
            var bars = Play(builder, events);
            var count = bars.Sum(bar => bar.TradeCount) + (builder.Running(steps[0])?.TradeCount ?? 0);
            (count + builder.LateTradeCount).ShouldBe(events.Count(step => step.Trade is not null));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_by_its_exception()
    {
        var builder = new TimeBarBuilder([1_000, 5_000, 60_000]);
        BarTables.TimeBars(builder, Walk(1, 500));
        builder.Add(Trade(501, timeMs: 1_700_000_900_000)).ShouldBeTrue();
        SnapshotChecks.Damage(SnapshotChecks.Bytes(builder.Write), TimeBarBuilder.Read);
    }

    private static AggTrade[] Silent(AggTrade[] trades, Random random, int silence)
    {
        var shift = 0L;
        for (var i = 0; i < trades.Length; i++)
        {
            if (random.Next(50) == 0) shift += random.Next(silence + 1);
            trades[i] = trades[i] with { TimeMs = trades[i].TimeMs + shift };
        }
        return trades;
    }

    /// <summary>Trades in the order of time, the clock before or behind them, gaps.</summary>
    private static Gen<Event[]> Events() =>
        from trades in Streams
        from seed in Gen.Choose(0, 1_000_000)
        select Mixed(trades, new Random(seed));

    private static Event[] Mixed(AggTrade[] trades, Random random)
    {
        var events = new List<Event>();
        foreach (var trade in trades)
        {
            if (random.Next(5) == 0) events.Add(new Event(null, trade.TimeMs + random.Next(-2_000, 2_000)));
            if (random.Next(150) == 0) events.Add(new Event(null, null));
            events.Add(new Event(trade, null));
        }
        return [.. events];
    }

    private static List<TimeBar> Play(TimeBarBuilder builder, Event[] events) => Play(ref builder, events, -1);

    private static List<TimeBar> Play(ref TimeBarBuilder builder, Event[] events, int cut)
    {
        var bars = new List<TimeBar>();
        var steps = 0;
        foreach (var step in events)
        {
            if (step.Trade is { } trade) builder.Add(trade);
            else if (step.ClockMs is { } nowMs) builder.Advance(nowMs);
            else builder.MarkGap();
            while (true)
            {
                if (steps++ == cut) builder = SnapshotChecks.Read(SnapshotChecks.Bytes(builder.Write), TimeBarBuilder.Read);
                if (!builder.TryTake(out var bar)) break;
                bars.Add(bar);
            }
        }
        return bars;
    }

    /// <summary>A trade, or the clock, or neither: a gap.</summary>
    private sealed record Event(AggTrade? Trade, long? ClockMs);
}
