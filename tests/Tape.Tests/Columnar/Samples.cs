using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Market;

namespace Granary.Tape.Tests.Columnar;

/// <summary>Rows of every kind: any at all, and such as markets have.</summary>
internal static class Samples
{
    private static readonly long[] Extremes = [long.MinValue, long.MinValue + 1, -1, 0, 1, long.MaxValue - 1, long.MaxValue];

    /// <summary>Any 64 bits: extremes, small numbers, round numbers, anything.</summary>
    public static Gen<long> Integer { get; } = Gen.OneOf(
        Gen.Elements(Extremes), Gen.Choose(-3, 3).Select(v => (long)v), Gen.Choose(-5_000, 5_000).Select(v => v * 100_000_000L),
        ArbMap.Default.GeneratorFor<long>(), Gen.Choose(int.MinValue, int.MaxValue).Two().Select(p => ((long)p.Item1 << 32) ^ p.Item2));

    /// <summary>Any decimal: extremes, trailing zeros, 28 places.</summary>
    public static Gen<decimal> Decimal { get; } = Gen.OneOf(
        Gen.Elements(decimal.MinValue, decimal.MaxValue, 0m, -0.0m, 1.500m, 0.0000000000000000000000000001m, -0.00010000m, 92233720368547758.07m, 92233720368547758.08m),
        Gen.Choose(-1_000_000, 1_000_000).Select(v => v / 10_000m),
        Gen.Choose(int.MinValue, int.MaxValue).Three().Select(p => new decimal(p.Item1, p.Item2, p.Item3, p.Item1 < 0, (byte)((uint)p.Item3 % 29))));

    private static Gen<bool> Flag { get; } = Gen.Elements(true, false);

    private static Gen<int> Integer32 { get; } = Gen.OneOf(Gen.Elements(int.MinValue, -1, 0, 1, int.MaxValue), Gen.Choose(1, 60));

    public static Gen<AggTrade> AnyAggTrade { get; } =
        from l in Integer.ListOf(5)
        from count in Integer32
        from maker in Flag
        select new AggTrade(l[0], l[1], l[2], l[3], l[4], count, maker);

    public static Gen<SingleTrade> AnySingleTrade { get; } =
        from l in Integer.ListOf(5)
        from maker in Flag
        from market in Flag
        select new SingleTrade(l[0], l[1], l[2], l[3], l[4], maker, market);

    public static Gen<Kline> AnyKline { get; } =
        from l in Integer.ListOf(2)
        from d in Decimal.ListOf(8)
        from count in Integer32
        select new Kline(l[0], d[0], d[1], d[2], d[3], d[4], l[1], d[5], count, d[6], d[7]);

    public static Gen<FundingRate> AnyFundingRate { get; } =
        from time in Integer
        from rate in Decimal
        select new FundingRate(time, rate);

    public static Gen<BookTicker> AnyBookTicker { get; } =
        from l in Integer.ListOf(6)
        select new BookTicker(l[0], l[1], l[2], l[3], l[4], l[5]);

    public static Gen<MarkPrice> AnyMarkPrice { get; } =
        from l in Integer.ListOf(2)
        from d in Decimal.ListOf(3)
        select new MarkPrice(l[0], d[0], d[1], d[2], l[1]);

    /// <summary>Trades as a market has them; the same for the same seed.</summary>
    public static AggTrade[] Trades(int count, int seed = 5, long firstId = 1_000)
    {
        var random = new Random(seed);
        var trades = new AggTrade[count];
        long time = 1_729_209_600_000, price = 71_230_000, single = 50_000;
        for (var i = 0; i < count; i++)
        {
            time += random.Next(3) == 0 ? random.Next(400) : 0;
            price += random.Next(-2, 3) * 10_000;
            var fills = 1 + (random.Next(4) == 0 ? random.Next(9) : 0);
            if (random.Next(500) == 0) single += 3;
            trades[i] = new AggTrade(firstId + i, time, price, random.Next(1, random.Next(20) == 0 ? 90_000 : 300) * 100_000_000L, single, fills, random.Next(2) == 0);
            single += fills;
        }
        return trades;
    }

    /// <summary>Best bids and asks as a market has them.</summary>
    public static BookTicker[] Tickers(int count, int seed = 6)
    {
        var random = new Random(seed);
        var tickers = new BookTicker[count];
        long id = 7_000_000, time = 1_729_209_600_000, bid = 71_230_000;
        for (var i = 0; i < count; i++)
        {
            id += random.Next(1, 900);
            time += random.Next(5);
            bid += random.Next(-1, 2) * 10_000;
            tickers[i] = new BookTicker(id, time, bid, random.Next(1, 9_000) * 100_000_000L, bid + 10_000, random.Next(1, 9_000) * 100_000_000L);
        }
        return tickers;
    }

    /// <summary>Candles as a market has them.</summary>
    public static Kline[] Klines(int count, int seed = 7)
    {
        var random = new Random(seed);
        var klines = new Kline[count];
        var open = 67_000m;
        for (var i = 0; i < count; i++)
        {
            var close = open + (random.Next(-300, 301) / 10m);
            var volume = random.Next(1, 900_000) / 1_000m;
            klines[i] = new Kline(
                1_700_000_000_000 + (i * 60_000L), open, Math.Max(open, close) + 0.5m, Math.Min(open, close) - 0.3m, close, volume,
                1_700_000_059_999 + (i * 60_000L), volume * close * 1.00000001m, random.Next(5_000), volume / 2, volume * close / 2);
            open = close;
        }
        return klines;
    }
}
