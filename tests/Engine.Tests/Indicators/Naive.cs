using Granary.Engine.Market;

namespace Granary.Engine.Tests.Indicators;

/// <summary>
/// The definitions of formulas §6 and §7 once more, as plainly as they can be written: over whole arrays, in exact decimals where sums cancel. Slow on
/// purpose.
/// </summary>
internal static class Naive
{
    public static double? Sma(decimal[] items, int i, int n) => i < n - 1 ? null : (double)(Window(items, i, n).Sum() / n);

    public static double? Cfo(decimal[] prices, int i, int n)
    {
        if (i < n - 1) return null;
        var y = Window(prices, i, n).ToArray();
        decimal meanX = (n - 1) / 2m, meanY = y.Sum() / n, xy = 0, xx = 0;
        for (var k = 0; k < n; k++)
        {
            xy += (k - meanX) * (y[k] - meanY);
            xx += (k - meanX) * (k - meanX);
        }
        var line = meanY + (xx == 0 ? 0 : xy / xx * (n - 1 - meanX));
        return (double)(100 * (prices[i] - line) / prices[i]);
    }

    public static double? Pwma(decimal[] prices, int i, int n)
    {
        if (i < n - 1) return null;
        decimal sum = 0, weight = 1, total = 0;
        for (var k = 0; k < n; k++)
        {
            sum += weight * prices[i - k];
            total += weight;
            weight = weight * (n - 1 - k) / (k + 1);
        }
        return (double)(sum / total);
    }

    public static double? Rvi(Kline[] candles, int i, int n)
    {
        if (i < n + 2) return null;
        decimal bodies = 0, ranges = 0;
        for (var k = i - n + 1; k <= i; k++)
        {
            bodies += Smooth(j => candles[k - j].Close - candles[k - j].Open);
            ranges += Smooth(j => candles[k - j].High - candles[k - j].Low);
        }
        return ranges == 0 ? 0 : (double)(bodies / ranges);
    }

    public static double? RviSignal(Kline[] candles, int i, int n) =>
        i < n + 5 ? null : (Rvi(candles, i, n) + (2 * Rvi(candles, i - 1, n)) + (2 * Rvi(candles, i - 2, n)) + Rvi(candles, i - 3, n)) / 6;

    public static double?[] Wilder(double?[] items, int n)
    {
        var averages = new double?[items.Length];
        var first = Array.FindIndex(items, item => item.HasValue);
        if (first < 0) return averages;
        for (var i = first + n - 1; i < items.Length; i++)
            averages[i] = i == first + n - 1 ? items[first..(i + 1)].Average() : ((averages[i - 1] * (n - 1)) + items[i]) / n;
        return averages;
    }

    public static double?[] SeededEma(double?[] items, int n)
    {
        var averages = new double?[items.Length];
        var first = Array.FindIndex(items, item => item.HasValue);
        if (first < 0) return averages;
        for (var i = first + n - 1; i < items.Length; i++)
        {
            averages[i] = i == first + n - 1
                ? (double)items[first..(i + 1)].Average(item => (decimal)item!.Value)
                : averages[i - 1] + ((items[i] - averages[i - 1]) * 2 / (n + 1));
        }
        return averages;
    }

    public static double?[] Rsi(decimal[] prices, int n)
    {
        var gains = Wilder([.. prices.Select((price, i) => i == 0 ? (double?)null : (double)Math.Max(price - prices[i - 1], 0))], n);
        var losses = Wilder([.. prices.Select((price, i) => i == 0 ? (double?)null : (double)Math.Max(prices[i - 1] - price, 0))], n);
        return [.. gains.Zip(losses, (gain, loss) => gain + loss == 0 ? 50 : 100 * gain / (gain + loss))];
    }

    public static double?[] TrueRange(Kline[] candles) =>
    [
        .. candles.Select((candle, i) => i == 0
            ? (double?)null
            : (double)Math.Max(candle.High - candle.Low, Math.Max(Math.Abs(candle.High - candles[i - 1].Close), Math.Abs(candle.Low - candles[i - 1].Close)))),
    ];

    public static double?[] Kama(decimal[] prices, int n)
    {
        var averages = new double?[prices.Length];
        if (prices.Length <= n) return averages;
        var previous = (double)prices[n - 1];
        for (var i = n; i < prices.Length; i++)
        {
            var path = Enumerable.Range(i - n + 1, n).Sum(k => Math.Abs(prices[k] - prices[k - 1]));
            var ratio = path == 0 ? 1 : (double)(Math.Abs(prices[i] - prices[i - n]) / path);
            var weight = Math.Pow((ratio * ((2.0 / 3) - (2.0 / 31))) + (2.0 / 31), 2);
            previous += weight * ((double)prices[i] - previous);
            averages[i] = previous;
        }
        return averages;
    }

    public static double? Cmf(Kline[] candles, int i, int n)
    {
        if (i < n - 1) return null;
        var window = candles[(i - n + 1)..(i + 1)];
        var volume = window.Sum(candle => candle.Volume);
        var flow = window.Sum(c => c.High == c.Low ? 0 : (c.Close - c.Low - (c.High - c.Close)) / (c.High - c.Low) * c.Volume);
        return volume == 0 ? 0 : (double)(flow / volume);
    }

    /// <summary>Standard deviation with n - 1, of the exact numbers.</summary>
    public static double Deviation(IReadOnlyList<decimal> items)
    {
        var mean = items.Sum() / items.Count;
        return Math.Sqrt((double)(items.Sum(item => (item - mean) * (item - mean)) / (items.Count - 1)));
    }

    public static double? ZScore(decimal[] prices, int i, int n)
    {
        if (i < n - 1) return null;
        var window = Window(prices, i, n).ToArray();
        return window.Max() == window.Min() ? 0 : (double)(prices[i] - (window.Sum() / n)) / Deviation(window);
    }

    private static ArraySegment<decimal> Window(decimal[] items, int i, int n) => new(items, i - n + 1, n);

    private static decimal Smooth(Func<int, decimal> item) => (item(0) + (2 * item(1)) + (2 * item(2)) + item(3)) / 6;
}
