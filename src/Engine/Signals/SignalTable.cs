using Granary.Engine.Orders;

namespace Granary.Engine.Signals;

/// <summary>
/// The signals as the table that reference implementations write: one row a bar. A condition is shown only once all inputs of its signal have values, a
/// strength only where the signal fires.
/// </summary>
public static class SignalTable
{
    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<SignalColumn> Columns { get; } =
    [
        new("bar_index", row => row.BarIndex),
        new("ema_ofi_a", row => row.Momentum[MomentumConditions.OfiLong].Value),
        new("ema_ofi_b", row => row.Reversion.EmaOfi),
        new("ema_ofi_stop", row => row.EmaOfiStop),
        new("slope_cum_delta", row => row.Momentum[MomentumConditions.DeltaLong].Value),
        new("z_intensity", row => row.Momentum[MomentumConditions.Intensity].Value),
        new("z_large", row => row.Momentum[MomentumConditions.LargeTrades].Value),
        new("z_impact", row => row.Regime.ImpactZ),
        new("vol_short", row => row.Regime.VolatilityShort),
        new("vol_long", row => row.Regime.VolatilityLong),
        new("vol_ratio", row => row.Regime.VolatilityRatio),
        new("vol_ratio_intrabar", row => row.Regime.VolatilityRatioIntraBar),
        new("duration_ma", row => row.Regime.DurationMean),
        new("duration_ratio", row => row.Regime.DurationRatio),
        new("regime", row => row.Regime.Regime.ToString()),
        new("a_valid", row => row.Momentum.Valid),
        new("a1_long", row => Met(row.Momentum, MomentumConditions.OfiLong)),
        new("a2_long", row => Met(row.Momentum, MomentumConditions.DeltaLong)),
        new("a3_long", row => Met(row.Momentum, MomentumConditions.Intensity)),
        new("a4_long", row => Met(row.Momentum, MomentumConditions.LargeTrades)),
        new("a5_long", row => Met(row.Momentum, MomentumConditions.SizeLong)),
        new("a_long", row => When(row.Momentum.Valid, row.Momentum.Side == OrderSide.Buy)),
        new("a_strength_long", row => row.Momentum.Side == OrderSide.Buy ? row.Momentum.Strength : null),
        new("trend_long", row => When(row.Momentum.Valid, row.Momentum.TrendLong)),
        new("a1_short", row => Met(row.Momentum, MomentumConditions.OfiShort)),
        new("a2_short", row => Met(row.Momentum, MomentumConditions.DeltaShort)),
        new("a3_short", row => Met(row.Momentum, MomentumConditions.Intensity)),
        new("a4_short", row => Met(row.Momentum, MomentumConditions.LargeTrades)),
        new("a5_short", row => Met(row.Momentum, MomentumConditions.SizeShort)),
        new("a_short", row => When(row.Momentum.Valid, row.Momentum.Side == OrderSide.Sell)),
        new("a_strength_short", row => row.Momentum.Side == OrderSide.Sell ? row.Momentum.Strength : null),
        new("trend_short", row => When(row.Momentum.Valid, row.Momentum.TrendShort)),
        new("deviation_entry_q", row => row.Reversion.DeviationQuantile),
        new("b_valid", row => row.Reversion.Valid),
        new("deviation_entry", row => row.Reversion.DeviationEntry),
        new("b2", row => Met(row.Reversion, ReversionConditions.OfiNeutral)),
        new("b3", row => Met(row.Reversion, ReversionConditions.VolatilityFalls)),
        new("b1_long", row => Met(row.Reversion, ReversionConditions.DeviationLong)),
        new("b4_long", row => Met(row.Reversion, ReversionConditions.SellVolumeFalls)),
        new("b4_slope_long", row => Met(row.Reversion, ReversionConditions.SellVolumeSlope)),
        new("b_long", row => Fires(row.Reversion, OrderSide.Buy, VolumeDecline.Strict)),
        new("b_slope_long", row => Fires(row.Reversion, OrderSide.Buy, VolumeDecline.Slope)),
        new("b_strength_long", row => Strength(row.Reversion, OrderSide.Buy)),
        new("b1_short", row => Met(row.Reversion, ReversionConditions.DeviationShort)),
        new("b4_short", row => Met(row.Reversion, ReversionConditions.BuyVolumeFalls)),
        new("b4_slope_short", row => Met(row.Reversion, ReversionConditions.BuyVolumeSlope)),
        new("b_short", row => Fires(row.Reversion, OrderSide.Sell, VolumeDecline.Strict)),
        new("b_slope_short", row => Fires(row.Reversion, OrderSide.Sell, VolumeDecline.Slope)),
        new("b_strength_short", row => Strength(row.Reversion, OrderSide.Sell)),
        new("b_exit", row => row.Reversion.Exit),
        new("action", row => Action(row.Combined)),
    ];

    private static object? Met(MomentumDecision decision, string name) => decision.Valid ? decision[name].Met : null;

    private static object? Met(ReversionDecision decision, string name) => decision.Valid ? decision[name].Met : null;

    private static object? When(bool isValid, bool value) => isValid ? value : null;

    private static object? Fires(ReversionDecision decision, OrderSide side, VolumeDecline decline) => When(decision.Valid, decision.Fires(side, decline));

    // A volume that falls strictly also has a falling slope: where the strict signal fires, the configured one does, with this strength.
    private static object? Strength(ReversionDecision decision, OrderSide side) =>
        decision.Fires(side, VolumeDecline.Strict) ? decision.Strength : null;

    private static string Action(CombinedDecision decision)
    {
        if (decision.Action is not (SignalAction.Long or SignalAction.Short)) return decision.Action.ToString();
        var signals = (decision.Has(SignalKind.Momentum) ? "A" : "") + (decision.Has(SignalKind.Reversion) ? "B" : "");
        return signals + decision.Action;
    }
}
