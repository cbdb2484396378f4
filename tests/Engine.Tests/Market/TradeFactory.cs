using Granary.Engine.Market;

namespace Granary.Engine.Tests.Market;

/// <summary>Trades for tests: by hand, or a seeded walk.</summary>
internal static class TradeFactory
{
    public static AggTrade Trade(long id, decimal price = 100, decimal quantity = 1, long timeMs = 0, bool isBuyerMaker = false) =>
        new(id, timeMs, Fixed8.FromDecimal(price), Fixed8.FromDecimal(quantity), id, 1, isBuyerMaker);

    /// <summary>
    /// A clean walk: consecutive ids from 1, prices on a grid of 0.1 in small steps, quantities of 0.001 to 2 with ties and rare big ones, times that stand
    /// still now and then.
    /// </summary>
    public static AggTrade[] Walk(int seed, int count)
    {
        var random = new Random(seed);
        var trades = new AggTrade[count];
        var time = 1_700_000_000_000L;
        var price = 30_000_0L;
        for (var i = 0; i < count; i++)
        {
            time += random.Next(3) == 0 ? 0 : random.Next(500);
            price += random.Next(4) switch { 0 => -random.Next(1, 6), 1 => random.Next(1, 6), _ => 0 };
            var lots = random.Next(200) == 0 ? random.Next(1, 20_000) : random.Next(2) == 0 ? random.Next(1, 5) * 100 : random.Next(1, 2_000);
            trades[i] = new AggTrade(i + 1, time, price * 10_000_000, lots * 100_000L, i + 1, 1, random.Next(2) == 0);
        }
        return trades;
    }
}
