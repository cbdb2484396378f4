using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Features;
using Granary.Engine.Tests.Market;
using static Granary.Engine.Tests.Features.PipelineHarness;

namespace Granary.Engine.Tests.Features;

/// <summary>What holds for any trades.</summary>
public sealed class SymbolPipelineProperties
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();
    private static readonly Arbitrary<int> Counts = Gen.Choose(1, 1_500).ToArbitrary();
    private static readonly Arbitrary<int> Cuts = Gen.Choose(0, 1_500).ToArbitrary();

    [Fact]
    public void A_snapshot_at_any_trade_continues_bit_for_bit()
    {
        Prop.ForAll(Seeds, Counts, Cuts, (seed, count, at) =>
        {
            var trades = TradeFactory.Walk(seed, count);
            var cut = Math.Min(at, count);
            var whole = new SymbolPipeline(Short);
            var expected = Run(whole, trades);

            var first = new SymbolPipeline(Short);
            var bars = Run(first, trades.AsSpan(0, cut));
            var second = Restore(Snapshot(first), Short);
            second.LastBar.ShouldBe(first.LastBar);
            bars.AddRange(Run(second, trades.AsSpan(cut)));

            bars.ShouldBe(expected);
            second.BarDigest.ShouldBe(whole.BarDigest);
            Snapshot(second).ShouldBe(Snapshot(whole));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Later_trades_change_nothing_of_a_closed_bar()
    {
        Prop.ForAll(Seeds, Counts, Cuts, (seed, count, at) =>
        {
            var trades = TradeFactory.Walk(seed, count);
            var cut = Math.Min(at, count);
            var truncated = Run(trades.AsSpan(0, cut));
            var other = trades.ToArray();
            TradeFactory.Walk(seed + 1, count).AsSpan(cut).CopyTo(other.AsSpan(cut));

            Run(trades).Take(truncated.Count).ShouldBe(truncated);
            Run(other).Take(truncated.Count).ShouldBe(truncated);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void The_features_at_every_bar_are_those_of_the_trades_up_to_it()
    {
        var trades = TradeFactory.Walk(77, 600);
        var bars = Run(trades);
        bars.Count.ShouldBeGreaterThan(30);
        foreach (var bar in bars)
        {
            var upTo = Run(trades.AsSpan(0, (int)bar.Bar.LastId));
            upTo[^1].ShouldBe(bar);
            upTo.Count.ShouldBe((int)bar.Bar.Index + 1);
        }
    }

    [Fact]
    public void Any_change_of_a_trade_in_a_closed_bar_changes_the_digest()
    {
        Prop.ForAll(Seeds, Cuts, Gen.Choose(0, 3).ToArbitrary(), (seed, at, kind) =>
        {
            var trades = TradeFactory.Walk(seed, 400);
            var pipeline = new SymbolPipeline(Short);
            var bars = Run(pipeline, trades);
            var i = at % (int)bars[^1].Bar.LastId;
            var trade = trades[i];
            trades[i] = kind switch
            {
                0 => trade with { PriceE8 = trade.PriceE8 + 1 },
                1 => trade with { QuantityE8 = trade.QuantityE8 + 1 },
                2 => trade with { IsBuyerMaker = !trade.IsBuyerMaker },
                _ => trade with { QuantityE8 = trade.QuantityE8 + 500_000_000 },
            };
            var changed = new SymbolPipeline(Short);
            Run(changed, trades);
            changed.BarDigest.ShouldNotBe(pipeline.BarDigest);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Fact]
    public void A_bar_with_features_comes_back_equal_from_its_bytes()
    {
        foreach (var bar in Run(TradeFactory.Walk(5, 800)))
        {
            var writer = new Granary.Engine.Snapshots.SnapshotWriter();
            bar.Write(writer);
            var reader = new Granary.Engine.Snapshots.SnapshotReader(writer.Written);
            var copy = FeatureBar.Read(ref reader);
            reader.AtEnd.ShouldBeTrue();
            copy.ShouldBe(bar);
            var again = new Granary.Engine.Snapshots.SnapshotWriter();
            copy.Write(again);
            again.ToArray().ShouldBe(writer.ToArray());
        }
    }
}
