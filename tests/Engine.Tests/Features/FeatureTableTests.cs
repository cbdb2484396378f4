using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Bars;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Tests.Market;
using static Granary.Engine.Tests.Features.PipelineHarness;

namespace Granary.Engine.Tests.Features;

public sealed class FeatureTableTests
{
    [Fact]
    public void A_table_has_the_bits_of_the_pipeline_trade_by_trade()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, 3_000).ToArbitrary(), Gen.Choose(1, 60).ToArbitrary(), (seed, count, threshold) =>
        {
            var trades = Dirty(TradeFactory.Walk(seed, count), seed);
            var options = Short with { VolumeThreshold = threshold * threshold };
            var table = FeatureTable.Compute(trades, options);
            var bars = Run(new SymbolPipeline(options), trades);
            table.Count.ShouldBe(bars.Count);
            for (var i = 0; i < bars.Count; i++) table[i].ShouldBe(bars[i]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Cells_are_those_of_the_row()
    {
        var table = FeatureTable.Compute(TradeFactory.Walk(4, 2_000), Short);
        table.ZWindows.ShouldBe(Short.ZWindows);
        for (var row = 0; row < table.Count; row++)
        {
            var (bar, features) = (table[row].Bar, table[row].Features);
            table.Bars[row].ShouldBe(bar);
            table.Value(FeatureColumn.RollingVwap, row).ShouldBe(features.RollingVwap);
            table.Value(FeatureColumn.Vpin, row).ShouldBe(features.Vpin);
            table.ZScore(ZFeature.KyleLambda, 8, row).ShouldBe(features.ZScores[ZFeature.KyleLambda, 8]);
            table.Q90(row).ShouldBe(features.Q90);
            table.LargeVolume(row).ShouldBe(features.LargeVolume);
            (table.UptickCount[row], table.DowntickCount[row]).ShouldBe((features.UptickCount, features.DowntickCount));
            Fixed8.ToDecimalE16(table.CumulativeDeltaE8[row] * Fixed8.One).ShouldBe(features.CumulativeDelta);
            (table.Bars.FirstId[row], table.Bars.LastId[row], table.Bars.OpenTimeMs[row], table.Bars.CloseTimeMs[row])
                .ShouldBe((bar.FirstId, bar.LastId, bar.OpenTimeMs, bar.CloseTimeMs));
            (table.Bars.TradeCount[row], table.Bars.BuyTradeCount[row]).ShouldBe((bar.TradeCount, bar.BuyTradeCount));
            (table.Bars.VolumeE8[row], table.Bars.BuyVolumeE8[row]).ShouldBe((Fixed8.FromDecimal(bar.Volume), Fixed8.FromDecimal(bar.BuyVolume)));
        }
    }

    [Fact]
    public void What_is_not_there_is_refused()
    {
        var table = FeatureTable.Compute([], Short);
        table.Count.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => table[0]);
        Should.Throw<ArgumentOutOfRangeException>(() => table.Q90(-1));
        table = FeatureTable.Compute(TradeFactory.Walk(4, 100), Short);
        Should.Throw<ArgumentOutOfRangeException>(() => table.Value((FeatureColumn)20, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => table.ZScore(ZFeature.Ofi, 20, 0)).Message.ShouldContain("configured are 3, 8");
        Should.Throw<ArgumentException>(() => FeatureTable.Compute([], Short with { Q90Min = 0 })).Message.ShouldContain("Q90Min");
    }

    [Fact]
    public void Bars_of_a_span_are_those_of_the_builder_trade_by_trade()
    {
        var trades = TradeFactory.Walk(6, 5_000);
        foreach (var threshold in (decimal[])[0.001m, 3, 700, 1_000_000])
        {
            var builder = new VolumeBarBuilder(threshold);
            var bars = new List<Bar>();
            foreach (ref readonly var trade in trades.AsSpan())
            {
                if (builder.Add(trade)) bars.Add(builder.LastBar!);
            }
            var table = BarTable.Build(trades, threshold);
            Enumerable.Range(0, table.Count).Select(i => table[i]).ShouldBe(bars);
        }
        Should.Throw<ArgumentException>(() => BarTable.Build(trades, 0));
    }

    /// <summary>Repeats, holes, bad numbers, reversed times and price jumps, so that cleaning has all of its cases.</summary>
    private static AggTrade[] Dirty(AggTrade[] trades, int seed)
    {
        var random = new Random(seed);
        var dirty = new List<AggTrade>();
        foreach (var trade in trades)
        {
            dirty.Add(random.Next(60) switch
            {
                0 => trade with { PriceE8 = trade.PriceE8 * 2 },
                1 => trade with { TimeMs = trade.TimeMs - 10_000 },
                2 => trade with { QuantityE8 = 0 },
                _ => trade,
            });
            if (random.Next(40) == 0) dirty.Add(trade);
            if (random.Next(80) == 0) dirty.RemoveAt(dirty.Count - 1);
        }
        return [.. dirty];
    }
}
