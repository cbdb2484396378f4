using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Bars;

public sealed class VolumeBarBuilderTests
{
    [Fact]
    public void The_reaching_trade_stays_whole_in_the_bar_it_closes()
    {
        var builder = new VolumeBarBuilder(5m);
        builder.Add(Trade(1, 100, 2m, 10)).ShouldBeFalse();
        builder.Add(Trade(2, 103, 1m, 20, true)).ShouldBeFalse();
        builder.LastBar.ShouldBeNull();
        builder.Add(Trade(3, 99, 60m, 30)).ShouldBeTrue();
        builder.LastBar.ShouldBe(new Bar(
            0, 1, 3, 10, 30, 100, 103, 99, 99, 63, 200 + 103 + 5940, 3, 62, 1, 6140, 103, 2, 1, true));
        builder.OpenVolume.ShouldBe(0);
        builder.BarCount.ShouldBe(1);
    }

    [Fact]
    public void The_running_bar_has_the_range_of_its_own_trades()
    {
        var builder = new VolumeBarBuilder(5m);
        builder.Running.ShouldBeNull();
        builder.Add(Trade(1, 100, 1m, 10));
        builder.Add(Trade(2, 104, 1m, 20));
        builder.Add(Trade(3, 99, 1m, 30, true));
        builder.Threshold = 7m;
        builder.Running.ShouldBe(new OpenVolumeBar(0, 10, 100, 104, 99, 99, 3, 5));
        builder.Running.ShouldBe(new OpenVolumeBar(0, 10, 100, 104, 99, 99, 3, 5));

        builder.Add(Trade(4, 101, 2m, 40)).ShouldBeTrue();
        builder.Running.ShouldBeNull();
        builder.Add(Trade(5, 103, 6m, 50)).ShouldBeFalse();
        builder.Running.ShouldBe(new OpenVolumeBar(1, 50, 103, 103, 103, 103, 6, 7));
    }

    [Fact]
    public void A_running_bar_of_more_trades_than_are_summed_at_once_is_whole()
    {
        var builder = new VolumeBarBuilder(1_000m);
        for (var i = 1; i <= 600; i++) builder.Add(Trade(i, 100 + (i == 300 ? 9 : i == 20 ? -9 : 0), 1m, i));
        builder.Running.ShouldBe(new OpenVolumeBar(0, 1, 100, 109, 91, 100, 600, 1_000));
    }

    [Fact]
    public void The_threshold_itself_closes_a_bar_and_a_hair_less_does_not()
    {
        var builder = new VolumeBarBuilder(0.3m);
        builder.Add(Trade(1, 100, 0.1m)).ShouldBeFalse();
        builder.Add(Trade(2, 100, 0.19999999m)).ShouldBeFalse();
        builder.Add(Trade(3, 100, 0.00000001m)).ShouldBeTrue();
        builder.LastBar!.Volume.ShouldBe(0.3m);
    }

    [Fact]
    public void One_trade_can_be_a_bar()
    {
        var builder = new VolumeBarBuilder(1m);
        builder.Add(Trade(1, 100, 7m, 5)).ShouldBeTrue();
        builder.LastBar!.DurationMs.ShouldBe(0);
        builder.Add(Trade(2, 101, 1m, 6)).ShouldBeTrue();
        builder.LastBar!.Index.ShouldBe(1);
        builder.LastBar.Open.ShouldBe(101);
    }

    [Fact]
    public void The_largest_numbers_do_not_overflow_a_volume()
    {
        var max = Fixed8.ToDecimal(Fixed8.Max);
        var builder = new VolumeBarBuilder(max);
        builder.Add(new AggTrade(1, 0, 1, Fixed8.Max - 1, 1, 1, false)).ShouldBeFalse();
        builder.Add(new AggTrade(2, 0, 1, Fixed8.Max, 1, 1, false)).ShouldBeTrue();
        builder.LastBar!.Volume.ShouldBe((2 * max) - 0.00000001m);
    }

    [Fact]
    public void A_gap_marks_the_running_bar_only()
    {
        var builder = new VolumeBarBuilder(2m);
        builder.Add(Trade(1));
        builder.MarkGap();
        builder.Add(Trade(3)).ShouldBeTrue();
        builder.LastBar!.IsComplete.ShouldBeFalse();
        builder.Add(Trade(4));
        builder.Add(Trade(5)).ShouldBeTrue();
        builder.LastBar!.IsComplete.ShouldBeTrue();
        builder.MarkGap();
        builder.Add(Trade(6, quantity: 2)).ShouldBeTrue();
        builder.LastBar!.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void Bars_and_open_remainder_are_exactly_all_trades()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(1, 3_000).ToArbitrary(), Gen.Choose(1, 30_000).ToArbitrary(), (seed, count, lots) =>
        {
            var trades = Walk(seed, count);
            var threshold = lots * 0.001m;
            var builder = new VolumeBarBuilder(threshold);
            var bars = new List<Bar>();
            foreach (var trade in trades)
            {
                if (builder.Add(trade)) bars.Add(builder.LastBar!);
            }
            foreach (var bar in bars)
            {
                var members = trades.Where(trade => trade.Id >= bar.FirstId && trade.Id <= bar.LastId).ToArray();
                bar.Volume.ShouldBeGreaterThanOrEqualTo(threshold);
                (bar.Volume - members[^1].Quantity).ShouldBeLessThan(threshold);
                bar.Volume.ShouldBe(bar.BuyVolume + bar.SellVolume);
                bar.QuoteVolume.ShouldBe(members.Sum(trade => trade.Price * trade.Quantity));
                bar.SellQuoteVolume.ShouldBe(members.Where(trade => trade.IsBuyerMaker).Sum(trade => trade.Price * trade.Quantity));
                (bar.High, bar.Low).ShouldBe((members.Max(trade => trade.Price), members.Min(trade => trade.Price)));
            }
            (bars.Sum(bar => bar.Volume) + builder.OpenVolume).ShouldBe(trades.Sum(trade => trade.Quantity));
            (bars.Sum(bar => bar.QuoteVolume) + builder.OpenQuoteVolume).ShouldBe(trades.Sum(trade => trade.Price * trade.Quantity));
            (bars.Sum(bar => bar.TradeCount) + builder.OpenTradeCount).ShouldBe(count);
            bars.Select(bar => bar.Index).ShouldBe(Enumerable.Range(0, bars.Count).Select(i => (long)i));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.000000001")]
    [InlineData("50000000000")]
    public void A_threshold_out_of_range_is_refused(string text)
    {
        var threshold = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Should.Throw<ArgumentException>(() => new VolumeBarBuilder(threshold)).Message.ShouldContain(text);
    }

    [Fact]
    public void A_threshold_set_within_a_bar_waits_for_the_next_bar_and_survives_a_snapshot()
    {
        var builder = new VolumeBarBuilder(5m);
        builder.Add(Trade(1, 100m, 2m)).ShouldBeFalse();
        builder.Threshold = 1m;
        var writer = new SnapshotWriter();
        builder.Write(writer);
        var reader = new SnapshotReader(writer.ToArray());
        foreach (var candidate in new[] { builder, VolumeBarBuilder.Read(ref reader) })
        {
            candidate.Threshold.ShouldBe(1m);
            candidate.Add(Trade(2, 100m, 2m)).ShouldBeFalse();
            candidate.Add(Trade(3, 100m, 1m)).ShouldBeTrue();
            candidate.Add(Trade(4, 100m, 1m)).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_table_filled_again_holds_the_bars_of_the_new_trades_alone()
    {
        var table = BarTable.Build(Walk(3, 2_000), 5m);
        var trades = Walk(4, 700);
        table.Fill(trades, 7m);
        var expected = BarTable.Build(trades, 7m);
        table.Count.ShouldBe(expected.Count);
        table.Count.ShouldBeGreaterThan(10);
        for (var i = 0; i < table.Count; i++) table[i].ShouldBe(expected[i]);
    }
}
