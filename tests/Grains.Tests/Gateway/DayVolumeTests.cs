using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Gateway;

/// <summary>The size of the volume bars follows the venue's daily candles, and nothing waits for them.</summary>
public sealed class DayVolumeTests
{
    [Fact]
    public void Daily_candles_size_the_bars_before_the_first_trade()
    {
        using var bench = Calibrated();
        for (var day = 1; day <= 7; day++) bench.Venue.Klines.Add(Candle(Today(bench) - (day * VolumeCalibration.DayMs), 3_000m));
        bench.Start(services: true);
        bench.Pass(1);
        bench.SymbolView.VolumeThreshold.ShouldBe(2m);
        bench.Venue.Count("klines 1d").ShouldBe(1);
    }

    [Fact]
    public void Without_enough_days_or_an_answer_the_configured_size_stays_and_trades_go_on()
    {
        using var bench = Calibrated();
        bench.Venue.Klines.Add(Candle(Today(bench) - VolumeCalibration.DayMs, 3_000m));
        bench.Start(services: true);
        bench.Pass(1);
        bench.SymbolView.VolumeThreshold.ShouldBe(Samples.Settings.Symbols[0].Pipeline.VolumeThreshold);

        using var outage = Calibrated();
        outage.Start(services: true);
        outage.Venue.Outage = "503";
        outage.Pass(1);
        outage.Venue.Outage = null;
        outage.Pass(1);
        outage.Venue.Tape.AddRange(Samples.Trades(1, 50));
        foreach (var trade in outage.Venue.Tape) outage.Venue.Market!.OnAggTrade(0, trade, 0);
        outage.Pass(1);
        outage.SymbolView.Trades.ShouldBe(50);
    }

    [Fact]
    public void A_fixed_size_asks_the_venue_for_nothing()
    {
        using var bench = new GrainBench();
        bench.Start(services: true);
        bench.Pass(1);
        bench.Venue.Count("klines").ShouldBe(0);
    }

    private static GrainBench Calibrated()
    {
        var bench = new GrainBench();
        var symbol = bench.Settings.Symbols[0];
        bench.Settings = bench.Settings with { Symbols = [symbol with { Pipeline = symbol.Pipeline with { Calibration = new VolumeCalibrationOptions() } }] };
        return bench;
    }

    private static long Today(GrainBench bench)
    {
        var now = bench.Scheduler.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        return now - (now % VolumeCalibration.DayMs);
    }

    private static Kline Candle(long dayMs, decimal volume) => new(dayMs, 1, 1, 1, 1, volume, dayMs + VolumeCalibration.DayMs - 1, volume, 1, 0, 0);
}
