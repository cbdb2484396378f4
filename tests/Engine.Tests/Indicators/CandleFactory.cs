using Granary.Engine.Market;

namespace Granary.Engine.Tests.Indicators;

/// <summary>Seeded one-minute candles.</summary>
internal static class CandleFactory
{
    public const long StartMs = 1_700_000_040_000;

    /// <summary>
    /// A walk on a grid of 0.1 around 30,000: small steps, spells that stand still (equal prices, no volume), and rare outliers a thousand times the usual
    /// size, in price (for one minute) and in volume.
    /// </summary>
    public static Kline[] Walk(int seed, int count)
    {
        var random = new Random(seed);
        var candles = new Kline[count];
        var price = 300_000;
        var still = 0;
        for (var i = 0; i < count; i++)
        {
            if (still > 0) still--;
            else if (random.Next(60) == 0) still = random.Next(1, 25);
            var open = price;
            var close = still > 0 ? price : price + random.Next(-60, 61);
            var spike = still == 0 && random.Next(150) == 0 ? random.Next(10_000, 200_000) : 0;
            var high = Math.Max(open, close) + (still > 0 ? 0 : random.Next(40)) + spike;
            var low = Math.Min(open, close) - (still > 0 ? 0 : random.Next(40));
            var shown = spike > 0 && random.Next(2) == 0 ? high : close;
            var volume = still > 0 ? 0 : random.Next(100) == 0 ? random.Next(100_000_000) : random.Next(200_000);
            var buys = volume == 0 ? 0 : random.Next(volume + 1);
            candles[i] = new Kline(
                StartMs + (i * 60_000L), open / 10m, high / 10m, low / 10m, shown / 10m, volume / 1000m,
                StartMs + (i * 60_000L) + 59_999, volume * open / 10_000m, volume % 1000, buys / 1000m, buys * open / 10_000m);
            price = close;
        }
        return candles;
    }

    /// <summary>Candles that all stand at one price, without volume.</summary>
    public static Kline[] Still(decimal price, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => StartMs + (i * 60_000L))
            .Select(open => new Kline(open, price, price, price, price, 0, open + 59_999, 0, 0, 0, 0)),
    ];
}
