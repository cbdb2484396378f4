using Granary.Engine.Features;
using Granary.Engine.Signals;

namespace Granary.Engine.Tests.Signals;

/// <summary>
/// Signals B and C and their combination straight from formulas §3, slow and without state: every value of a bar is computed afresh from the list of bars up
/// to it.
/// </summary>
internal sealed class SignalOracle(IReadOnlyList<FeatureBar> bars, SignalOptions options)
{
    public Dictionary<string, object?> Row(int k, MomentumDecision a)
    {
        var row = new Dictionary<string, object?>();
        var regime = Regime(k, row);
        Reversion(k, a, regime, row);
        row["action"] = Action(regime, a, row);
        return row;
    }

    private MarketRegime Regime(int k, Dictionary<string, object?> row)
    {
        var c = options.Regime;
        var volShort = Deviation(k, c.VolatilityShortWindow);
        var volLong = Deviation(k, c.VolatilityLongWindow);
        var ratio = Over(volShort, volLong);
        var intraBar = Over(
            Mean(k, c.VolatilityShortWindow, bar => bar.Features.RealizedVolatility), Mean(k, c.VolatilityLongWindow, bar => bar.Features.RealizedVolatility));
        var durationMean = Mean(k, c.DurationWindow, bar => bar.Features.DurationMs);
        var duration = Over(bars[k].Features.DurationMs, durationMean);
        var impact = bars[k].Features.ZScores[ZFeature.PriceImpact, c.SignalZWindow];
        (row["vol_short"], row["vol_long"], row["vol_ratio"], row["vol_ratio_intrabar"]) = (volShort, volLong, ratio, intraBar);
        (row["duration_ma"], row["duration_ratio"], row["z_impact"]) = (durationMean, duration, impact);
        var used = c.Reading == VolatilityReading.CloseToClose ? ratio : intraBar;
        var regime = used is null || duration is null || impact is null ? MarketRegime.Unknown
            : used > c.ExtremeRatio || Math.Abs(impact.Value) > c.ImpactThreshold ? MarketRegime.Extreme
            : used > c.HighRatio && duration < c.HighDurationRatio ? MarketRegime.High
            : used < c.LowRatio && duration > c.LowDurationRatio ? MarketRegime.Low
            : MarketRegime.Normal;
        row["regime"] = regime.ToString();
        return regime;
    }

    private void Reversion(int k, MomentumDecision a, MarketRegime regime, Dictionary<string, object?> row)
    {
        var b = options.Reversion;
        var deviation = bars[k].Features.VwapDeviation;
        double? quantile = null;
        if (k >= b.EntryWindow)
        {
            var before = bars.Skip(k - b.EntryWindow).Take(b.EntryWindow).Select(bar => bar.Features.VwapDeviation).ToArray();
            if (before.All(value => value is not null)) quantile = Quantile([.. before.Select(value => Math.Abs(value!.Value))], b.EntryQuantile);
        }
        var entry = regime == MarketRegime.Low ? quantile * b.LowEntryMultiplier : quantile;
        var ema = 0.0;
        for (var i = 0; i <= k; i++) ema = i == 0 ? bars[i].Features.Ofi : ema + ((bars[i].Features.Ofi - ema) * 2 / (b.OfiLookback + 1));
        var now = Mean(k, b.VolatilityWindow, bar => bar.Features.RealizedVolatility);
        var earlier = k < b.VolatilityWindow ? null : Mean(k - b.VolatilityWindow, b.VolatilityWindow, bar => bar.Features.RealizedVolatility);
        var trendShort = Both(a[MomentumConditions.OfiShort].Met, a[MomentumConditions.DeltaShort].Met);
        var trendLong = Both(a[MomentumConditions.OfiLong].Met, a[MomentumConditions.DeltaLong].Met);
        var valid = deviation is not null && entry is not null && k >= b.OfiLookback - 1 && now is not null && earlier is not null
            && k >= b.VolumeWindow - 1 && trendShort is not null && trendLong is not null;
        (row["deviation_entry_q"], row["deviation_entry"], row["ema_ofi_b"], row["b_valid"]) = (quantile, entry, ema, valid);
        row["b_exit"] = deviation is null ? null : Math.Abs(deviation.Value) <= b.DeviationExit;
        var (two, three) = (Math.Abs(ema) < b.OfiNeutral, now < earlier);
        (row["b2"], row["b3"]) = (When(valid, two), When(valid, three));
        foreach (var (side, direction, trend) in new[] { ("long", -1, trendShort), ("short", 1, trendLong) })
        {
            var volumes = bars.Take(k + 1).TakeLast(b.VolumeWindow)
                .Select(bar => direction < 0 ? bar.Bar.SellVolume : bar.Bar.BuyVolume).ToArray();
            var one = direction * deviation > entry;
            var strict = volumes.Zip(volumes.Skip(1)).All(pair => pair.First > pair.Second);
            var centre = (volumes.Length - 1) / 2m;
            var slope = volumes.Select((value, i) => (i - centre) * value).Sum() < 0;
            var rest = one && two && three && trend == false;
            (row[$"b1_{side}"], row[$"b4_{side}"], row[$"b4_slope_{side}"]) = (When(valid, one), When(valid, strict), When(valid, slope));
            (row[$"b_{side}"], row[$"b_slope_{side}"]) = (When(valid, rest && strict), When(valid, rest && slope));
            row[$"b_strength_{side}"] = !valid || !rest || !strict ? null
                : 0.5 + ((Clip((Math.Abs(deviation!.Value) / entry!.Value) - 1) + Clip(1 - (Math.Abs(ema) / b.OfiNeutral))
                    + Clip(1 - (now!.Value / earlier!.Value)) + Clip(1 - (double)(volumes[^1] / volumes[0]))) / 4);
        }
    }

    private string Action(MarketRegime regime, MomentumDecision a, Dictionary<string, object?> row)
    {
        if (regime == MarketRegime.Unknown) return "None";
        if (regime == MarketRegime.Extreme) return "ForceFlat";
        var slope = options.Reversion.Decline == VolumeDecline.Slope ? "slope_" : "";
        var sideA = regime == MarketRegime.Low || a.Side is null ? 0 : (int)a.Side.Value;
        var sideB = regime == MarketRegime.High ? 0 : row[$"b_{slope}long"] is true ? 1 : row[$"b_{slope}short"] is true ? -1 : 0;
        if (sideA * sideB < 0) return "Conflict";
        return (sideA + sideB) switch
        {
            0 => "None",
            var sum => (sideA != 0 ? "A" : "") + (sideB != 0 ? "B" : "") + (sum > 0 ? "Long" : "Short"),
        };
    }

    private double? Deviation(int k, int window)
    {
        if (k < window) return null;
        var returns = bars.Skip(k - window + 1).Take(window).Select(bar => bar.Features.LogReturn!.Value).ToArray();
        if (returns.Max() == returns.Min()) return 0;
        var mean = returns.Average();
        return Math.Sqrt(returns.Sum(value => (value - mean) * (value - mean)) / (window - 1));
    }

    private double? Mean(int k, int window, Func<FeatureBar, double> value) => k < window - 1 ? null : bars.Skip(k - window + 1).Take(window).Average(value);

    private static double Quantile(double[] values, double level)
    {
        Array.Sort(values);
        var place = level * (values.Length - 1);
        var (lower, upper) = (values[(int)Math.Floor(place)], values[(int)Math.Ceiling(place)]);
        return lower + ((upper - lower) * (place - Math.Floor(place)));
    }

    private static object? When(bool isValid, bool value) => isValid ? value : null;

    private static bool? Both(bool? first, bool? second) => first is null || second is null ? null : first.Value && second.Value;

    private static double? Over(double? value, double? unit) => unit > 0 ? value / unit : null;

    private static double Clip(double score) => Math.Clamp(score, 0, 1);
}
