using System.Globalization;
using System.Text;

namespace Granary.Silo.Tests.Replay;

/// <summary>A generated tape whose order flow swings, so that the momentum strategy trades on it; the same bytes for the same arguments.</summary>
internal static class SampleTape
{
    public static string Write(string folder, int trades, int seed = 11)
    {
        var path = Path.Combine(folder, "APEUSDT-aggTrades-sample.csv");
        var random = new Random(seed);
        using var file = new StreamWriter(path, append: false, Encoding.ASCII);
        file.WriteLine("agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker");
        var price = 7_200L;
        var timeMs = 1_729_209_600_000L;
        for (var i = 1; i <= trades; i++)
        {
            var swing = Math.Sin(i / 900.0);
            var isBurst = Math.Abs(swing) > 0.75;
            var buys = random.NextDouble() < 0.5 + (swing * 0.4);
            if (random.NextDouble() < 0.25) price += buys ? 1 : -1;
            timeMs += random.Next(isBurst ? 40 : 2_000);
            var quantity = random.Next(1, isBurst && random.NextDouble() < 0.3 ? 3_000 : 400);
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{i},{price / 10_000m:0.0000},{quantity},{i},{i},{timeMs},{(buys ? "false" : "true")}"));
        }

        return path;
    }
}
