using System.Globalization;
using Granary.Engine.Indicators;
using Granary.Engine.Market;
using Granary.Engine.Statistics;

namespace Granary.Engine.Factors;

/// <summary>Labels of whole files of candles (formulas §6.7). They look ahead by definition: batch only.</summary>
public static class LabelTable
{
    /// <summary>The columns by name for some horizons, in order: open_time, then fwd_ret_h and up_h (1 or 0) for each.</summary>
    /// <param name="horizons">The horizons that the rows were made with.</param>
    public static IReadOnlyDictionary<string, Func<LabelRow, object?>> Columns(IReadOnlyList<int> horizons)
    {
        ArgumentNullException.ThrowIfNull(horizons);
        var columns = new Dictionary<string, Func<LabelRow, object?>> { ["open_time"] = row => row.OpenTimeMs };
        for (var i = 0; i < horizons.Count; i++)
        {
            var place = i;
            var name = horizons[i].ToString(CultureInfo.InvariantCulture);
            columns["fwd_ret_" + name] = row => row.ForwardReturns[place];
            columns["up_" + name] = row => row.Rises[place] is { } rises ? (rises ? 1 : 0) : null;
        }
        return columns;
    }

    /// <summary>A row of labels for every candle.</summary>
    /// <param name="candles">Candles of one symbol, in order of time and without holes: a horizon is counted in rows.</param>
    /// <param name="horizons">Rows ahead, 1 or more each.</param>
    /// <exception cref="ArgumentException">A horizon is below 1, or a candle contradicts itself; the message names it.</exception>
    public static List<LabelRow> Rows(ReadOnlySpan<Kline> candles, IReadOnlyList<int> horizons)
    {
        ArgumentNullException.ThrowIfNull(horizons);
        foreach (var horizon in horizons) ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1, nameof(horizons));
        foreach (ref readonly var candle in candles) CandleCheck.Throw(candle);
        var rows = new List<LabelRow>(candles.Length);
        for (var t = 0; t < candles.Length; t++)
        {
            var returns = new double?[horizons.Count];
            var rises = new bool?[horizons.Count];
            for (var i = 0; i < horizons.Count; i++)
            {
                if (horizons[i] >= candles.Length - t) continue;
                var later = candles[t + horizons[i]].Close;
                returns[i] = LogRatio.Of(later, candles[t].Close);
                rises[i] = later > candles[t].Close;
            }
            rows.Add(new LabelRow(candles[t].OpenTimeMs, returns, rises));
        }
        return rows;
    }
}
