using Granary.Engine.Factors;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Indicators;

namespace Granary.Engine.Tests.Factors;

/// <summary>Minute factors with windows so short that everything is warm after a few dozen minutes.</summary>
internal static class MinuteHarness
{
    public static MinuteFactorOptions Short { get; } = new()
    {
        VolWindow = 5,
        CfoWindow = 4,
        PwmaWindow = 3,
        RviWindow = 2,
        FundingSmoothWindow = 3,
        ShortWindow = 2,
        MediumWindow = 9,
        QuantileWindow = 12,
        GapMinutesMax = 10,
    };

    /// <summary>Candles of a walk, some of them missing, and one hole now and then that is too long to fill.</summary>
    public static Kline[] WithHoles(int seed, int count)
    {
        var random = new Random(seed);
        var shift = 0L;
        var candles = new List<Kline>();
        foreach (var candle in CandleFactory.Walk(seed, count))
        {
            if (random.Next(12) == 0) shift += random.Next(1, 6);
            if (random.Next(150) == 0) shift += random.Next(20, 2_000);
            candles.Add(candle with { OpenTimeMs = candle.OpenTimeMs + (shift * 60_000), CloseTimeMs = candle.CloseTimeMs + (shift * 60_000) });
        }
        return [.. candles];
    }

    /// <summary>Settlements every twenty minutes or so, some of them a few milliseconds late, of both signs, small and large.</summary>
    public static FundingRate[] Funding(int seed, long fromMs, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new FundingRate(
            fromMs + (i * 1_200_000L) + (random.Next(2) == 0 ? 0 : random.Next(9)), random.Next(-80_000, 80_000) / 100_000_000m))];
    }

    public static byte[] Snapshot(MinuteFactors factors)
    {
        var writer = new SnapshotWriter();
        factors.Write(writer);
        return writer.ToArray();
    }

    public static MinuteFactors Restore(byte[] snapshot, MinuteFactorOptions options)
    {
        var reader = new SnapshotReader(snapshot);
        var factors = MinuteFactors.Read(ref reader, options);
        reader.AtEnd.ShouldBeTrue();
        return factors;
    }
}
