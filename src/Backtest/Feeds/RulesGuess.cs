using Granary.Engine.Market;

namespace Granary.Backtest.Feeds;

/// <summary>
/// A symbol's rules as the decimals of its first prices and quantities tell them, for when the venue's own are not at hand: tick and step are the smallest
/// decimal place in use, the least notional is 5.
/// </summary>
public static class RulesGuess
{
    private const decimal NotionalMin = 5;

    /// <summary>From the first trades.</summary>
    public static SymbolRules Of(string symbol, ReadOnlySpan<AggTrade> trades)
    {
        long price = 0, quantity = 0;
        foreach (ref readonly var trade in trades)
        {
            price = Divisor(price, trade.PriceE8);
            quantity = Divisor(quantity, trade.QuantityE8);
        }
        return Of(symbol, PlaceOf(price), PlaceOf(quantity));
    }

    /// <summary>From candles: the first 4,096.</summary>
    public static SymbolRules Of(string symbol, IReadOnlyList<Kline> candles)
    {
        long price = 0, quantity = 0;
        foreach (var candle in candles.Take(4_096))
        {
            price = Divisor(Divisor(price, (long)(candle.Close * Fixed8.One)), (long)(candle.Open * Fixed8.One));
            quantity = Divisor(quantity, (long)(candle.Volume * Fixed8.One));
        }
        return Of(symbol, PlaceOf(price), PlaceOf(quantity));
    }

    /// <summary>From the greatest common divisors of prices and quantities, times 10^8.</summary>
    internal static SymbolRules Of(string symbol, long priceE8, long quantityE8) => Of(symbol, PlaceOf(priceE8), PlaceOf(quantityE8));

    /// <summary>From a tick and a step.</summary>
    public static SymbolRules Of(string symbol, decimal tick, decimal step) => new(
        symbol, "TRADING", tick, step, step, 1_000_000_000, 1_000_000_000, NotionalMin, tick, 1_000_000_000, 1.1m, 0.9m, 200, Decimals(tick), Decimals(step));

    internal static long Divisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return Math.Abs(a);
    }

    /// <summary>The largest power of ten in a number of units of 10^-8, at most 1.</summary>
    private static decimal PlaceOf(long e8)
    {
        if (e8 == 0) return 0.001m;
        long place = 1;
        while (place < Fixed8.One && e8 % (place * 10) == 0) place *= 10;
        return Fixed8.ToDecimal(place);
    }

    private static int Decimals(decimal value) => value.Scale;
}
