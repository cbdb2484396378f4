using Granary.Engine.Market;

namespace Granary.Engine.Indicators;

/// <summary>Indicators of whole files of candles, as tables. They come from the same <see cref="IndicatorSet"/> that runs candle by candle.</summary>
public static class IndicatorTable
{
    /// <summary>The columns by name, each with its value in a row: a long, int, decimal, double or null.</summary>
    public static IReadOnlyDictionary<string, Func<IndicatorRow, object?>> Columns { get; } = new Dictionary<string, Func<IndicatorRow, object?>>
    {
        ["open_time"] = row => row.OpenTimeMs,
        ["cfo"] = row => row.Cfo,
        ["pwma"] = row => row.Pwma,
        ["rvi"] = row => row.Rvi,
        ["rvi_signal"] = row => row.RviSignal,
        ["rsi"] = row => row.Rsi,
        ["macd"] = row => row.Macd,
        ["macd_signal"] = row => row.MacdSignal,
        ["macd_hist"] = row => row.MacdHistogram,
        ["true_range"] = row => row.TrueRange,
        ["atr_wilder"] = row => row.AtrWilder,
        ["atr_sma"] = row => row.AtrSimple,
        ["kama"] = row => row.Kama,
        ["cmf"] = row => row.Cmf,
        ["obv"] = row => row.Obv,
        ["sma_fast"] = row => row.SmaFast,
        ["sma_slow"] = row => row.SmaSlow,
        ["ema"] = row => row.Ema,
        ["ema_sma_seeded"] = row => row.EmaSmaSeeded,
        ["sma_signal"] = row => row.SmaSignal,
        ["garch_var_next"] = row => row.GarchVarianceNext,
        ["garch_var_10"] = row => row.GarchVarianceAhead,
        ["zscore"] = row => row.ZScore,
    };

    /// <summary>The indicators of every candle.</summary>
    /// <param name="candles">Candles of one symbol and interval, in order of time.</param>
    /// <param name="options">The parameters.</param>
    /// <returns>A row for each candle.</returns>
    /// <exception cref="ArgumentException">An option is outside its range, or a candle contradicts itself; the message names it.</exception>
    public static List<IndicatorRow> Rows(ReadOnlySpan<Kline> candles, IndicatorOptions options)
    {
        var indicators = new IndicatorSet(options);
        var rows = new List<IndicatorRow>(candles.Length);
        foreach (ref readonly var candle in candles) rows.Add(indicators.Add(candle));
        return rows;
    }
}
