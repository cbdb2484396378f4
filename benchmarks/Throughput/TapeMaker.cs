using System.Globalization;
using System.Text;

namespace Granary.Throughput;

/// <summary>Writes a tape of evenly paced trades whose order flow swings slowly, so that the momentum strategy finds something to do.</summary>
internal static class TapeMaker
{
    public static void Write(string path, int tradesPerSecond, int seconds)
    {
        var random = new Random(7);
        using var file = new StreamWriter(path, append: false, Encoding.ASCII);
        file.WriteLine("agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker");
        var price = 600_000L;
        const long StartMs = 1_700_000_000_000;
        for (var i = 0; i < tradesPerSecond * (long)seconds; i++)
        {
            var bias = Math.Sin(i / (tradesPerSecond * 1.5)) * 0.35;
            var buys = random.NextDouble() < 0.5 + bias;
            if (random.NextDouble() < 0.2) price += buys ? 1 : -1;
            var quantity = 1 + random.Next(30);
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{i + 1},{price / 10m:0.0},{quantity / 1000m:0.000},{i + 1},{i + 1},{StartMs + (i * 1000L / tradesPerSecond)},{(buys ? "false" : "true")}"));
        }
    }
}
