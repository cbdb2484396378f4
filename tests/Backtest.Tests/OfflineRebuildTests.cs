using System.Globalization;
using System.IO.Compression;
using Granary.Backtest.Tests.Support;
using Granary.Engine.Bars;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Backtest.Tests;

public sealed class OfflineRebuildTests
{
    private const string Ape = "aggtrades/um-APEUSDT-aggTrades-2024-10-18.zip";
    private static readonly PipelineOptions Options = new() { VolumeThreshold = 25_000m };

    [SharedFilesFact]
    public void The_bars_of_a_recorded_day_are_those_summed_by_hand()
    {
        var path = SharedFiles.Data(Ape);
        var bars = new List<Bar>();
        var result = OfflineRebuild.Run(path, Options, onBar: b => bars.Add(b.Bar));
        result.TradeCount.ShouldBe(45_342);
        result.AcceptedCount.ShouldBe(45_342);
        result.Rejects.ShouldBe([new(TradeReject.Duplicate, 0), new(TradeReject.Invalid, 0), new(TradeReject.TimeReversed, 0), new(TradeReject.Outlier, 0)]);
        (result.FirstId, result.LastId, result.MissingCount).ShouldBe((171_927_517, 171_927_517 + 45_341, 0));
        result.BarCount.ShouldBe(bars.Count);
        result.LastBar.ShouldNotBeNull().Bar.ShouldBe(bars[^1]);

        // Decimal sums, one trade after the other: nothing shared with the builder.
        var index = 0;
        var run = new List<AggTrade>();
        foreach (var trade in AggTradeTape.Read(path))
        {
            run.Add(trade);
            if (run.Sum(t => t.Quantity) < 25_000m) continue;
            var bar = bars[index];
            (bar.Index, bar.FirstId, bar.LastId, bar.TradeCount).ShouldBe((index, run[0].Id, run[^1].Id, run.Count));
            (bar.Open, bar.High, bar.Low, bar.Close).ShouldBe((run[0].Price, run.Max(t => t.Price), run.Min(t => t.Price), run[^1].Price));
            (bar.Volume, bar.QuoteVolume).ShouldBe((run.Sum(t => t.Quantity), run.Sum(t => t.Price * t.Quantity)));
            bar.BuyVolume.ShouldBe(run.Where(t => !t.IsBuyerMaker).Sum(t => t.Quantity));
            index++;
            run.Clear();
        }
        index.ShouldBe(bars.Count);
        (result.OpenTradeCount, result.OpenVolume).ShouldBe((run.Count, run.Sum(t => t.Quantity)));
    }

    [SharedFilesFact]
    public void A_recorded_day_has_as_many_bars_as_the_reference_counted()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedFiles.Golden("real/expected/features.csv.gz")), CompressionMode.Decompress));
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
        OfflineRebuild.Run(SharedFiles.Data(Ape), Options).BarCount.ShouldBe(rows);
    }

    [SharedFilesFact]
    public void The_bars_of_the_golden_tape_are_the_golden_bars()
    {
        var bars = new List<Bar>();
        OfflineRebuild.Run(SharedFiles.Golden("inputs/aggtrades.csv.gz"), Options with { VolumeThreshold = 5m }, onBar: b => bars.Add(b.Bar));
        var expected = File.ReadLines(SharedFiles.Golden("expected/volume_bars.csv")).Skip(1).ToList();
        bars.Count.ShouldBe(expected.Count);
        for (var i = 0; i < bars.Count; i++)
        {
            var bar = bars[i];
            decimal[] values =
            [
                bar.Index, bar.FirstId, bar.LastId, bar.OpenTimeMs, bar.CloseTimeMs, bar.DurationMs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume,
                bar.QuoteVolume, bar.TradeCount, bar.BuyVolume, bar.SellVolume, bar.BuyQuoteVolume, bar.SellQuoteVolume, bar.BuyTradeCount, bar.SellTradeCount,
            ];
            values.ShouldBe(expected[i].Split(',').Select(v => decimal.Parse(v, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void The_digest_is_of_the_trades_and_the_threshold()
    {
        var trades = Trades(1_000);
        var result = OfflineRebuild.Run(trades, Options with { VolumeThreshold = 40m });
        result.BarCount.ShouldBeGreaterThan(10);
        OfflineRebuild.Run(Trades(1_000), Options with { VolumeThreshold = 40m }).BarDigest.ShouldBe(result.BarDigest);
        OfflineRebuild.Run(trades, Options with { VolumeThreshold = 41m }).BarDigest.ShouldNotBe(result.BarDigest);
        trades[7] = trades[7] with { QuantityE8 = trades[7].QuantityE8 + 1 };
        OfflineRebuild.Run(trades, Options with { VolumeThreshold = 40m }).BarDigest.ShouldNotBe(result.BarDigest);
    }

    [Fact]
    public void Rejected_and_missing_trades_are_counted()
    {
        var trades = Trades(100);
        trades[50] = trades[50] with { TimeMs = trades[49].TimeMs - 1 };
        trades[60] = trades[60] with { PriceE8 = trades[60].PriceE8 * 2 };
        trades[70] = trades[70] with { QuantityE8 = 0 };
        trades.RemoveAt(80);
        trades.Add(trades[^1]);
        var result = OfflineRebuild.Run(trades, Options);
        (result.TradeCount, result.AcceptedCount, result.MissingCount).ShouldBe((99, 96, 1));
        result.Rejects.ShouldBe([new(TradeReject.Duplicate, 1), new(TradeReject.Invalid, 1), new(TradeReject.TimeReversed, 1), new(TradeReject.Outlier, 1)]);
    }

    [Fact]
    public void A_wrong_tape_is_an_error_and_no_trades_are_no_bars()
    {
        Should.Throw<TapeException>(() => OfflineRebuild.Run("no-such-tape.csv", Options)).Defect.ShouldBe(TapeDefect.FileMissing);
        var nothing = OfflineRebuild.Run([], Options);
        (nothing.TradeCount, nothing.BarCount, nothing.FirstId, nothing.LastBar).ShouldBe((0, 0, 0, null));
    }

    private static List<AggTrade> Trades(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(1, count).Select(i => new AggTrade(
            i, 1_729_209_600_000 + (i * 100), (1_000 + random.Next(20)) * Fixed8.One, random.Next(1, 500) * 1_000_000L, i, 1, random.Next(2) == 0))];
    }
}
