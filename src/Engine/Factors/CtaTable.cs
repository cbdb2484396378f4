using Granary.Engine.Market;
using Granary.Engine.Statistics;

namespace Granary.Engine.Factors;

/// <summary>Minute factors of whole files of candles, as tables; the rows begin where the sentiment does.</summary>
public static class CtaTable
{
    /// <summary>The columns by name, each with its value in a row: a long, int, double or null.</summary>
    public static IReadOnlyDictionary<string, Func<MinuteFactorRow, object?>> Columns { get; } = new Dictionary<string, Func<MinuteFactorRow, object?>>
    {
        ["open_time"] = row => row.OpenTimeMs,
        ["funding_rate"] = row => row.FundingRate,
        ["log_return"] = row => row.LogReturn,
        ["taker_sell_volume"] = row => row.TakerSellVolume,
        ["buy_sell_diff"] = row => row.BuySellDiff,
        ["roll_vol"] = row => row.RollVol,
        ["cfo"] = row => row.Cfo,
        ["pwma"] = row => row.Pwma,
        ["rvi"] = row => row.Rvi,
        ["rvi_signal"] = row => row.RviSignal,
        ["funding_smooth"] = row => row.FundingSmooth,
        ["ofr"] = row => row.Ofr,
        ["sent_short"] = row => row.SentShort,
        ["roll_funding"] = row => row.RollFunding,
        ["roll_bs"] = row => row.RollBuySell,
        ["t1_raw"] = row => row.T1Raw,
        ["sent_medium"] = row => row.SentMedium,
        ["low_q"] = row => row.LowVol,
        ["high_q"] = row => row.HighVol,
        ["w_short"] = row => row.ShortWeight,
        ["w_medium"] = row => row.MediumWeight,
        ["cta_base"] = row => row.CtaBase,
        ["aligned"] = row => row.IsAligned is { } aligned ? (aligned ? 1 : 0) : null,
        ["cta_temp"] = row => row.CtaTemp,
        ["delta_bs"] = row => row.DeltaBuySell,
        ["delta_vol"] = row => row.DeltaVolume,
        ["cta_dov"] = row => row.Dov,
        ["cta_dov_clipped"] = row => row.DovClipped,
        ["excess_pos"] = row => row.ExcessPositive,
        ["excess_neg"] = row => row.ExcessNegative,
        ["cta_factor"] = row => row.CtaFactor,
    };

    /// <summary>The rows that <see cref="MinuteFactors"/> gives of the candles, filled minutes included, from the first with a sentiment on.</summary>
    /// <param name="candles">One-minute candles of one symbol, in order of time.</param>
    /// <param name="funding">Funding settlements of the symbol, in any order.</param>
    /// <param name="options">The parameters.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or a candle out of order or contradicting itself; the message names it.</exception>
    public static List<MinuteFactorRow> Causal(ReadOnlySpan<Kline> candles, ReadOnlySpan<FundingRate> funding, MinuteFactorOptions options)
    {
        var factors = new MinuteFactors(options);
        var settlements = funding.ToArray();
        Array.Sort(settlements, (a, b) => a.TimeMs.CompareTo(b.TimeMs));
        var nextSettlement = 0;
        var rows = new List<MinuteFactorRow>(candles.Length);
        foreach (ref readonly var candle in candles)
        {
            while (factors.IsMissingBefore(candle.OpenTimeMs))
            {
                FeedFunding(factors.NextOpenTimeMs ?? candle.OpenTimeMs);
                Keep(factors.AddMissing());
            }
            FeedFunding(candle.OpenTimeMs);
            Keep(factors.Add(candle));
        }
        return rows;

        void FeedFunding(long upToMs)
        {
            // Of several that are due only the last is ever seen: a file may begin years before the first candle.
            var due = nextSettlement;
            while (due < settlements.Length && settlements[due].TimeMs <= upToMs) due++;
            if (due > nextSettlement) factors.Add(settlements[due - 1]);
            nextSettlement = due;
        }

        void Keep(in MinuteFactorRow row)
        {
            if (row.IsStarted) rows.Add(row);
        }
    }

    /// <summary>
    /// The rows as the published notebook computes them: both volatility quantiles are taken over all rows, later ones included. This looks ahead and is
    /// not for trading; it exists to compare with the notebook, and nothing that trades may use it (formulas §6.5).
    /// </summary>
    /// <param name="candles">One-minute candles of one symbol, in order of time.</param>
    /// <param name="funding">Funding settlements of the symbol, in any order.</param>
    /// <param name="options">The parameters; the quantile window has no effect.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or a candle out of order or contradicting itself; the message names it.</exception>
    public static List<MinuteFactorRow> NotebookWithLookAhead(ReadOnlySpan<Kline> candles, ReadOnlySpan<FundingRate> funding, MinuteFactorOptions options)
    {
        var rows = Causal(candles, funding, options);
        if (rows.Count == 0) return rows;
        var vols = new double[rows.Count];
        for (var i = 0; i < vols.Length; i++) vols[i] = rows[i].RollVol ?? throw new InvalidOperationException("a row with a sentiment has no volatility");
        Array.Sort(vols);
        double low = SortedWindow.OfSorted(vols, options.LowQuantile), high = SortedWindow.OfSorted(vols, options.HighQuantile);
        for (var i = 0; i < rows.Count; i++) rows[i] = CtaSentiment.Weigh(rows[i], low, high, options);
        return rows;
    }
}
