using Granary.Engine.Market;
using Granary.Engine.Selection;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Tests.Selection;

/// <summary>Made-up candles.</summary>
internal static class Candles
{
    public const long HourMs = 3_600_000;

    /// <summary>Hourly candles of a random walk; every now and then one that jumps or stands still.</summary>
    public static Kline[] Walk(int seed, int count)
    {
        var random = new Random(seed);
        var candles = new Kline[count];
        var close = 100m;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            var step = random.Next(50) switch { 0 => 60m, 1 => -0.4m * close, < 6 => 0m, _ => random.Next(-150, 151) / 100m };
            close = Math.Max(open + step, 0.01m);
            var high = Math.Max(open, close) + (random.Next(100) / 100m);
            var low = Math.Max(Math.Min(open, close) - (random.Next(100) / 100m), 0.005m);
            candles[i] = Make(i, high, low, close, random.Next(1_000_000) / 1_000m) with { Open = open };
        }
        return candles;
    }

    public static Kline Make(int index, decimal high, decimal low, decimal close, decimal quoteVolume = 1) =>
        new(index * HourMs, close, high, low, close, 1, (index * HourMs) + HourMs - 1, quoteVolume, 1, 0, 0);

    public static Kline Flat(int index, decimal close, decimal quoteVolume = 1) => Make(index, close, close, close, quoteVolume);

    public static byte[] Snapshot(ICandleStatistic statistic)
    {
        var writer = new SnapshotWriter();
        statistic.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Feeds a statistic, takes it through a snapshot at a candle into another one, and returns the values at each candle.</summary>
    public static List<object?> Run<T>(Func<T> create, Func<T, object?> value, Kline[] candles, int cut)
        where T : ICandleStatistic
    {
        var values = new List<object?>();
        var statistic = create();
        for (var i = 0; i < candles.Length; i++)
        {
            if (i == cut)
            {
                var reader = new SnapshotReader(Snapshot(statistic));
                statistic = create();

                // State of another life must not shine through.
                statistic.Add(Flat(0, 7, 7));
                statistic.Restore(ref reader);
                reader.AtEnd.ShouldBeTrue();
            }
            statistic.Add(candles[i]);
            values.Add(value(statistic));
        }
        return values;
    }
}
