using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using static Granary.Engine.Tests.Market.TradeFactory;

namespace Granary.Engine.Tests.Bars;

public sealed class TradeCleanerTests
{
    [Fact]
    public void A_repeated_id_is_a_duplicate_and_the_first_occurrence_wins()
    {
        var cleaner = new TradeCleaner();
        cleaner.Add(Trade(7, 100)).ShouldBe(TradeReject.None);
        cleaner.Add(Trade(7, 101)).ShouldBe(TradeReject.Duplicate);
        cleaner.Add(Trade(6, 101)).ShouldBe(TradeReject.Duplicate);
        cleaner.LastPriceE8.ShouldBe(100 * Fixed8.One);
        cleaner.RejectCount(TradeReject.Duplicate).ShouldBe(2);
        cleaner.TradeCount.ShouldBe(1);
        cleaner.NextId.ShouldBe(8);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(long.MinValue, 1)]
    [InlineData(1, long.MaxValue)]
    [InlineData(Fixed8.Max + 1, 1)]
    public void Prices_and_quantities_outside_the_range_are_invalid(long price, long quantity)
    {
        var cleaner = new TradeCleaner();
        cleaner.Add(new AggTrade(1, 0, price, quantity, 1, 1, false)).ShouldBe(TradeReject.Invalid);
        cleaner.Add(new AggTrade(1, 0, 1, 1, 1, 1, false)).ShouldBe(TradeReject.Duplicate);
        cleaner.NextId.ShouldBe(2);
        cleaner.TradeCount.ShouldBe(1);
        cleaner.AcceptedCount.ShouldBe(0);
    }

    [Fact]
    public void The_largest_numbers_are_valid()
    {
        new TradeCleaner().Add(new AggTrade(0, 0, Fixed8.Max, Fixed8.Max, 0, 1, false)).ShouldBe(TradeReject.None);
    }

    [Fact]
    public void A_negative_id_is_invalid_and_moves_nothing()
    {
        var cleaner = new TradeCleaner();
        cleaner.Add(Trade(-3)).ShouldBe(TradeReject.Invalid);
        cleaner.NextId.ShouldBe(0);
    }

    [Fact]
    public void A_time_before_the_last_accepted_one_is_reversed()
    {
        var cleaner = new TradeCleaner();
        cleaner.Add(Trade(1, timeMs: 50)).ShouldBe(TradeReject.None);
        cleaner.Add(Trade(2, timeMs: 49)).ShouldBe(TradeReject.TimeReversed);
        cleaner.Add(Trade(3, timeMs: 50)).ShouldBe(TradeReject.None);
        cleaner.LastTimeMs.ShouldBe(50);
        cleaner.RejectCount(TradeReject.TimeReversed).ShouldBe(1);
    }

    [Fact]
    public void Outliers_are_told_only_once_twenty_prices_are_accepted()
    {
        var cleaner = new TradeCleaner();
        for (var id = 1; id <= 19; id++) cleaner.Add(Trade(id));
        cleaner.Add(Trade(20, 200)).ShouldBe(TradeReject.None);
        cleaner.Add(Trade(21, 200)).ShouldBe(TradeReject.Outlier);
        cleaner.RejectCount(TradeReject.Outlier).ShouldBe(1);
    }

    [Theory]
    [InlineData("105", TradeReject.None)]
    [InlineData("105.00000001", TradeReject.Outlier)]
    [InlineData("95", TradeReject.None)]
    [InlineData("94.99999999", TradeReject.Outlier)]
    public void The_tolerance_is_inclusive_and_exact(string price, TradeReject verdict)
    {
        var cleaner = new TradeCleaner();
        for (var id = 1; id <= 20; id++) cleaner.Add(Trade(id));
        cleaner.Add(Trade(21, decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(verdict);
    }

    [Fact]
    public void The_median_is_the_mean_of_the_tenth_and_eleventh_price()
    {
        var cleaner = new TradeCleaner();
        for (var id = 1; id <= 20; id++) cleaner.Add(Trade(id, id <= 10 ? 100 : 104));

        // The median is 102, its tolerance reaches from 96.9 to 107.1.
        cleaner.Add(Trade(21, 107.11m)).ShouldBe(TradeReject.Outlier);
        cleaner.Add(Trade(22, 107.1m)).ShouldBe(TradeReject.None);
    }

    [Fact]
    public void A_lasting_jump_is_believed_after_ten_outliers_in_a_row()
    {
        var cleaner = new TradeCleaner();
        for (var id = 1; id <= 20; id++) cleaner.Add(Trade(id));
        for (var id = 21; id <= 30; id++) cleaner.Add(Trade(id, 80)).ShouldBe(TradeReject.Outlier);
        for (var id = 31; id <= 60; id++) cleaner.Add(Trade(id, 80)).ShouldBe(TradeReject.None);
        cleaner.Add(Trade(61)).ShouldBe(TradeReject.Outlier);
    }

    [Fact]
    public void An_accepted_price_ends_a_run_of_outliers()
    {
        var cleaner = new TradeCleaner();
        for (var id = 1; id <= 20; id++) cleaner.Add(Trade(id));
        for (var id = 21; id < 200; id++) cleaner.Add(Trade(id, id % 10 == 0 ? 100 : 80)).ShouldBe(id % 10 == 0 ? TradeReject.None : TradeReject.Outlier);
    }

    [Fact]
    public void Every_verdict_equals_that_of_the_plain_definition()
    {
        var random = new Random(5);
        var cleaner = new TradeCleaner();
        var accepted = new List<decimal>();
        var price = 100m;
        var run = 0;
        var outliers = 0;
        for (var id = 1; id <= 20_000; id++)
        {
            price *= 1 + (random.Next(-100, 101) / 10_000m);
            price = decimal.Round(price, 4);
            var offered = random.Next(50) == 0 ? decimal.Round(price * (0.9m + (random.Next(200) / 1_000m)), 4) : price;
            var isOutlier = false;
            if (accepted.Count >= 20)
            {
                var sorted = accepted[^20..].Order().ToArray();
                isOutlier = Math.Abs((offered / ((sorted[9] + sorted[10]) / 2)) - 1) > 0.05m;
            }
            if (isOutlier && ++run > TradeCleaner.OutlierRunMax)
            {
                isOutlier = false;
                accepted.Clear();
            }
            cleaner.Add(Trade(id, offered)).ShouldBe(isOutlier ? TradeReject.Outlier : TradeReject.None, $"trade {id}");
            if (isOutlier)
            {
                outliers++;
                continue;
            }
            accepted.Add(offered);
            run = 0;
        }
        outliers.ShouldBeInRange(100, 2_000);
    }

    [Fact]
    public void Skipped_ids_are_counted()
    {
        var cleaner = new TradeCleaner();
        cleaner.Add(Trade(1_000));
        cleaner.Add(Trade(1_001));
        cleaner.MissingCount.ShouldBe(0);
        cleaner.Add(Trade(1_005));
        cleaner.MissingCount.ShouldBe(3);
    }

    [Fact]
    public void A_file_is_cleaned_in_the_order_of_its_ids_and_judged_in_its_own()
    {
        TradeCleaner.CleanFile([
                Trade(2, timeMs: 2), Trade(1, timeMs: 1), Trade(2, timeMs: 9), Trade(4, timeMs: 3), Trade(3, price: 0, timeMs: 3), Trade(5, timeMs: 0)])
            .ShouldBe([TradeReject.None, TradeReject.None, TradeReject.Duplicate, TradeReject.None, TradeReject.Invalid, TradeReject.TimeReversed]);
        TradeCleaner.CleanFile([]).ShouldBeEmpty();
    }

    [Fact]
    public void A_snapshot_continues_with_the_same_verdicts()
    {
        var random = new Random(11);
        var cleaner = new TradeCleaner();
        for (var id = 1; id < 500; id++)
        {
            var writer = new SnapshotWriter();
            cleaner.Write(writer);
            var reader = new SnapshotReader(writer.Written);
            var copy = TradeCleaner.Read(ref reader);
            reader.AtEnd.ShouldBeTrue();
            var trade = Trade(id + random.Next(2), random.Next(92, 108), 1, random.Next(id));
            copy.Add(trade).ShouldBe(cleaner.Add(trade));
            var next = new SnapshotWriter();
            copy.Write(next);
            writer.Reset();
            cleaner.Write(writer);
            next.ToArray().ShouldBe(writer.ToArray());
        }
        cleaner.RejectCount(TradeReject.Outlier).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(TradeReject.None)]
    [InlineData((TradeReject)5)]
    public void Only_reasons_are_counted(TradeReject reason) => Should.Throw<ArgumentOutOfRangeException>(() => new TradeCleaner().RejectCount(reason));
}
