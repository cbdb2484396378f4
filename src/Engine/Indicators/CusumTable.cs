using Granary.Engine.Market;
using Granary.Engine.Statistics;

namespace Granary.Engine.Indicators;

/// <summary>The CUSUM filter (formulas §7.9) over the log returns of whole files of candles.</summary>
public static class CusumTable
{
    /// <summary>The columns by name, each with its value in a row.</summary>
    public static IReadOnlyDictionary<string, Func<CusumEvent, object?>> Columns { get; } = new Dictionary<string, Func<CusumEvent, object?>>
    {
        ["row"] = row => row.Row,
        ["open_time"] = row => row.OpenTimeMs,
        ["direction"] = row => row.Direction,
    };

    /// <summary>The events, in order.</summary>
    /// <param name="candles">Candles of one symbol and interval, in order of time.</param>
    /// <param name="threshold">h, a log return, above 0.</param>
    /// <exception cref="ArgumentException">The threshold is not above 0, or a candle contradicts itself; the message names it.</exception>
    public static List<CusumEvent> Rows(ReadOnlySpan<Kline> candles, double threshold)
    {
        var filter = new CusumFilter(threshold);
        var events = new List<CusumEvent>();
        for (var i = 0; i < candles.Length; i++)
        {
            CandleCheck.Throw(candles[i]);
            if (i == 0) continue;
            var direction = filter.Add(LogRatio.Of(candles[i].Close, candles[i - 1].Close));
            if (direction != 0) events.Add(new CusumEvent(i, candles[i].OpenTimeMs, direction));
        }
        return events;
    }
}
