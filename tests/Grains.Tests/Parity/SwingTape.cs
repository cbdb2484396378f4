using Granary.Engine.Market;

namespace Granary.Grains.Tests.Parity;

/// <summary>A made-up market whose order flow swings to and fro, so that there are entries and exits of all kinds; the same trades for the same arguments.</summary>
internal static class SwingTape
{
    public const long StartMs = 1_729_209_600_000;

    /// <summary>Trades of a market at about 0.72 with a tick of 0.0001 and whole lots, half a second apart on the mean.</summary>
    public static AggTrade[] Make(int count, int seed)
    {
        var random = new Random(seed);
        var (ticks, timeMs) = (7_200L, StartMs);
        var trades = new AggTrade[count];
        for (var i = 0; i < count; i++)
        {
            // Whole numbers alone, so that every machine makes the same: -100 to 100 and back in 5,600 trades.
            var phase = i % 5_600;
            var swing = phase < 2_800 ? (phase / 14) - 100 : 100 - ((phase - 2_800) / 14);
            var isBurst = Math.Abs(swing) > 70;
            var buys = random.Next(1_000) < 500 + (swing * 4);
            if (random.Next(4) == 0) ticks += buys ? 1 : -1;
            timeMs += random.Next(isBurst ? 40 : 1_200);
            var quantity = random.Next(1, isBurst && random.Next(10) < 3 ? 3_000 : 400);
            trades[i] = new AggTrade(i + 1, timeMs, ticks * 10_000, quantity * Fixed8.One, i + 1, 1, !buys);
        }
        return trades;
    }
}
