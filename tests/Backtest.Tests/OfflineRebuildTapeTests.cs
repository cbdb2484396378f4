using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Tape.Columnar;

namespace Granary.Backtest.Tests;

public sealed class OfflineRebuildTapeTests
{
    [Fact]
    public void A_columnar_tape_gives_the_bars_of_its_trades()
    {
        AggTrade[] trades = [.. Enumerable.Range(1, 20_000)
            .Select(i => new AggTrade(i, 1_700_000_000_000 + (i * 20L), Fixed8.FromDecimal(100 + (i % 7)), Fixed8.FromDecimal(0.5m), i, 1, i % 3 == 0))];
        var options = new PipelineOptions { VolumeThreshold = 10m };
        var path = Path.GetTempFileName();
        try
        {
            ColumnarTape.Write(path, "BTCUSDT", trades);
            var fromTape = OfflineRebuild.Run(path, options);
            (fromTape.BarCount, fromTape.BarDigest, fromTape.LastId).ShouldBe((1_000, OfflineRebuild.Run(trades, options).BarDigest, 20_000));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
